/**
 * Whether City Brain can be reached. What the browser believes of its network is not asked: a request that was answered is a line, one
 * that was not is none.
 */
const CHANGE = 'change';
const PATIENCE_MILLIS = 20_000;
/** What stands in front of City Brain says these while it is away. */
const AWAY = new Set([0, 502, 504]);

class Line extends EventTarget {
  /** null: not known yet */
  isThere = null;
  /** When it was last heard of, by this phone's clock. */
  heardAt = null;

  /** @param ask is given a signal that ends it when nothing has come for long */
  async over(ask, patience = PATIENCE_MILLIS) {
    try {
      const answer = await ask(AbortSignal.timeout(patience));
      this.#say(true);
      return answer;
    } catch (refused) {
      this.#say(!isAway(refused));
      throw refused;
    }
  }

  #say(isThere) {
    if (isThere) this.heardAt = Date.now();
    if (this.isThere === isThere) return;
    this.isThere = isThere;
    this.dispatchEvent(new Event(CHANGE));
  }
}

/** There was no answer of City Brain's own: the same again later is right. */
export const isAway = (refused) => AWAY.has(refused.status);

export const line = new Line();
