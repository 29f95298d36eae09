/**
 * What this person has subscribed to be told of, docs/being-told.md: from the live stream and, what came while no page was open, from
 * `GET /v1/notices?unread=true`. What was shown is confirmed by `POST /v1/notices/{id}/receipt`; it becomes a line of the timeline.
 */
import { newKey, read, send } from '../lib/api.js';
import { listen } from '../lib/element.js';

const MOST = 30;
/** For operators what is grave in their reach; whoever works in a grid or a department is told of all that is theirs. */
const EVENTS = ['DISPATCHED_TO_UNIT', 'DEADLINE_MISSED', 'ESCALATED', 'SUPERVISED', 'UNREACHABLE', 'WHISTLED', 'SUPPORT_REQUESTED', 'REPORTED_UPWARD'];
const LEVELS = ['I', 'II'];

export class Notices {
  /** The newest first. */
  items = [];
  /** `undefined` before it is known; `null` where there is none. */
  subscription = undefined;

  #confirmed = new Set();

  constructor(changed) {
    this.changed = changed;
  }

  /** @param came hears of each that comes while the page is open */
  start(live, person, came) {
    this.person = person;
    this.#readUnread();
    this.#readSubscription();
    const ends = [
      listen(live, 'notice', (event) => {
        if (event.detail?.id) this.#add([event.detail]).forEach(came);
      }),
      // A notice has no id by which the stream would bring it again: what came while the line was cut is asked for.
      listen(live, 'status', () => live.status === 'live' && this.#readUnread(came)),
    ];
    return () => ends.forEach((end) => end());
  }

  /** @returns those that were not known */
  #add(notices) {
    const known = new Set(this.items.map((notice) => notice.id));
    const fresh = notices.filter((notice) => !known.has(notice.id));
    this.items = [...fresh, ...this.items].slice(0, MOST);
    this.changed();
    return fresh;
  }

  async #readUnread(came = () => {}) {
    try {
      const page = await read('/v1/notices', { unread: true, limit: MOST });
      this.#add(page.items).forEach(came);
    } catch (refused) {
      // Not for this role, or away just now: what comes later is told all the same.
    }
  }

  async #readSubscription() {
    try {
      const { items } = await read('/v1/subscriptions');
      this.subscription = items.find((each) => each.channel === 'LIVE' && each.person === this.person.name && each.status === 'ACTIVE') ?? null;
    } catch (refused) {
      this.subscription = undefined;
    }
    this.changed();
  }

  /** Once somebody can have seen it. */
  async confirm() {
    for (const notice of this.items) {
      if (this.#confirmed.has(notice.id)) continue;
      this.#confirmed.add(notice.id);
      try {
        await send('POST', `/v1/notices/${notice.id}/receipt`);
      } catch (refused) {
        if (refused.status !== 404) this.#confirmed.delete(notice.id);
      }
    }
  }

  async subscribe() {
    const isOperator = this.person.roles.includes('OPERATOR');
    const made = await send('POST', '/v1/subscriptions', { events: EVENTS, channel: 'LIVE', ...(isOperator ? { levels: LEVELS } : {}) }, { key: newKey() });
    this.subscription = made.subscription ?? made;
    this.changed();
  }

  async unsubscribe() {
    await send('DELETE', `/v1/subscriptions/${this.subscription.id}`);
    this.subscription = null;
    this.changed();
  }
}
