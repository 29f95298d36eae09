/** What the server finds for the words of the search, also among what is not open any more: `GET /v1/incidents?q=`. */
import { read } from '../lib/api.js';
import { learnType } from '../lib/types.js';
import { learnUnit } from '../lib/unit-names.js';

const MOST = 200;
const PAUSE_MILLIS = 350;

export class FindIncidents {
  /** `null` before anything was looked for. */
  items = null;
  more = false;
  isLooking = false;
  refused = null;

  #asked = '';
  #timer = null;

  constructor(changed) {
    this.changed = changed;
  }

  /** Asks once typing has stopped; a question that is not asked any more is not answered either. */
  look(state) {
    const text = state.q?.trim() ?? '';
    const asked = text && JSON.stringify([text, state.unit ?? '']);
    if (asked === this.#asked) return;
    this.#asked = asked;
    clearTimeout(this.#timer);
    this.refused = null;
    this.isLooking = Boolean(text);
    if (!text) this.items = null;
    else this.#timer = setTimeout(() => this.#read(asked, { q: text, unit: state.unit, limit: MOST }), PAUSE_MILLIS);
    this.changed();
  }

  async #read(asked, parameters) {
    try {
      const page = await read('/v1/incidents', parameters);
      if (asked !== this.#asked) return;
      this.more = Boolean(page.nextCursor);
      this.items = page.items.map(asRow);
    } catch (refused) {
      if (asked !== this.#asked) return;
      this.items = [];
      this.refused = refused;
    }
    this.isLooking = false;
    this.changed();
  }
}

/** As `live.incidents` holds one. */
function asRow(found) {
  learnType(found);
  found.chain.forEach(learnUnit);
  learnUnit(found.commandingUnit);
  return {
    id: found.id,
    number: found.number,
    level: found.grade.level,
    scope: found.grade.scope,
    status: found.status,
    type: found.type,
    peopleAffected: found.peopleAffected.value,
    openedAt: found.openedAt,
    commandingUnit: found.commandingUnit.code,
    gridCode: found.chain.at(-1)?.code ?? null,
    version: found.version,
  };
}
