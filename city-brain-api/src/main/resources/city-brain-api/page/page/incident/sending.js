/**
 * One command of this person on its way: sent once however often it is pressed, sent again with the same key where nobody knows what became
 * of it, and kept where somebody else was faster.
 */
import { command, newKey, send } from '../lib/api.js';
import { isUncertain } from '../lib/refusals.js';

export class Sending {
  /** `null`, or `{on, id, name, body, version, key, state: 'sending' | 'done' | 'uncertain' | 'stale' | 'refused', refused, answer}` */
  last = null;

  constructor(changed) {
    this.changed = changed;
  }

  get isBusy() {
    return this.last?.state === 'sending';
  }

  /**
   * @param order `{on: 'incidents' | 'tasks' | 'check-ins' | 'delegations', id, name, body, version}`; `path` where it is not theirs
   * @returns what the server answered; null where it was refused or is on its way already
   */
  async send(order) {
    if (this.isBusy) return null;
    const isSame = this.last?.state === 'uncertain' && same(this.last, order);
    const { key, version } = isSame ? this.last : { key: newKey(), version: order.version };
    const sent = { ...order, version, key, state: 'sending', refused: null, answer: null };
    this.last = sent;
    this.changed();
    try {
      sent.answer = order.path
        ? await send('POST', order.path, order.body, { key })
        : await command(order.on, order.id, order.name, order.body, version, key);
      sent.state = 'done';
    } catch (refused) {
      sent.refused = refused;
      sent.state = refused.reason === 'STALE_VERSION' ? 'stale' : isUncertain(refused) ? 'uncertain' : 'refused';
    }
    this.changed();
    return sent.answer;
  }

  forget() {
    if (this.isBusy || !this.last) return;
    this.last = null;
    this.changed();
  }
}

const same = (a, b) => a.on === b.on && a.id === b.id && a.name === b.name && JSON.stringify(a.body) === JSON.stringify(b.body);
