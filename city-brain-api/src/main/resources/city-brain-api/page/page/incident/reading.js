/**
 * One incident as it is now: `GET /v1/incidents/{id}`, its tasks with what this person may send (`GET /v1/tasks?incident=`) and its timeline.
 * Read again whenever the live stream tells of it, several lines together.
 */
import { read } from '../lib/api.js';
import { listen } from '../lib/element.js';
import { learnType } from '../lib/types.js';
import { learnUnit } from '../lib/unit-names.js';

const TOGETHER_MILLIS = 250;
/** A storm of reports on one incident is not read report by report. */
const LEAST_BETWEEN_MILLIS = 1500;
const MOST_LINES = 3000;
const TIERS = ['CITY', 'DISTRICT', 'STREET', 'COMMUNITY', 'GRID'];

export class IncidentReading {
  incident = null;
  tasks = [];
  lines = [];
  delegations = [];
  /** The timeline is longer than what was read of it. */
  hasMoreLines = false;
  refused = null;

  #id = null;
  #turn = 0;
  #timer = null;
  #readAt = 0;
  #cursor = undefined;
  #whole = [];
  #ends = [];

  constructor(changed) {
    this.changed = changed;
  }

  /** Follows one incident from now on. */
  follow(id, live) {
    if (id === this.#id) return;
    this.stop();
    this.#id = id;
    Object.assign(this, { incident: null, tasks: [], lines: [], delegations: [], hasMoreLines: false, refused: null });
    this.#cursor = undefined;
    this.#whole = [];
    if (!id) return;
    const isOfIt = (line) => line.id === id || line.incidentId === id;
    this.#ends = [
      listen(live, 'line', (event) => isOfIt(event.detail) && this.#soon()),
      listen(live, 'change', (event) => (event.detail.all || event.detail.changed.has(id) || event.detail.removed.has(id)) && this.#soon()),
    ];
    this.again();
  }

  stop() {
    for (const end of this.#ends) end();
    this.#ends = [];
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#turn++;
    this.#id = null;
  }

  #soon() {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.again();
    }, Math.max(TOGETHER_MILLIS, this.#readAt + LEAST_BETWEEN_MILLIS - Date.now()));
  }

  /** Reads it all anew. */
  async again() {
    const id = this.#id;
    const turn = ++this.#turn;
    if (!id) return;
    this.#readAt = Date.now();
    try {
      const [incident, tasks] = await Promise.all([
        read(`/v1/incidents/${id}`),
        read('/v1/tasks', { incident: id, limit: 200 }),
      ]);
      if (turn !== this.#turn) return;
      learnType(incident);
      for (const unit of [incident.commandingUnit, ...incident.chain, ...tasks.items.flatMap((task) => [task.unit, task.department])]) learnUnit(unit);
      this.incident = incident;
      this.tasks = tasks.items.sort((a, b) => TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) || a.unit.code.localeCompare(b.unit.code)
        || (a.department?.code ?? '').localeCompare(b.department?.code ?? ''));
      this.refused = null;
      this.changed();
      await this.#readLines(id, turn);
      if (turn === this.#turn && this.lines.some((line) => line.kind === 'DELEGATION_REQUESTED')) {
        const { items } = await read('/v1/delegations', { incident: id });
        if (turn === this.#turn) this.delegations = items;
      }
      if (turn === this.#turn) this.changed();
    } catch (refused) {
      if (turn !== this.#turn) return;
      this.refused = refused;
      this.changed();
      if (refused.status === 0 || refused.status >= 500) this.#timer ??= setTimeout(() => { this.#timer = null; this.again(); }, 3000);
    }
  }

  /** Lines are only ever added: whole pages are kept, the last one is read again. */
  async #readLines(id, turn) {
    for (;;) {
      const page = await read(`/v1/incidents/${id}/timeline`, { cursor: this.#cursor, limit: 200 });
      if (turn !== this.#turn) return;
      const next = page.nextCursor;
      this.lines = [...this.#whole, ...page.items];
      if (!next) {
        this.hasMoreLines = false;
        return;
      }
      this.#whole = this.lines;
      this.#cursor = next;
      if (this.#whole.length >= MOST_LINES) {
        this.hasMoreLines = true;
        return;
      }
    }
  }
}
