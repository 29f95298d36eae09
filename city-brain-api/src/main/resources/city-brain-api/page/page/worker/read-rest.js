/**
 * What no change tells, and is kept for when there is no line: summonses, incidents in full with the end of their timelines, what became of
 * reports, the border of the own unit, what can be reported, whom one can whistle for.
 */
import { read, readAll } from '../lib/api.js';
import { isAway, line } from './line.js';

/** So many incidents are kept with all that is known of them, the gravest first. */
const MOST_DETAILS = 40;
const LINES_KEPT = 60;
const OVER = new Set(['RATED', 'ABSENT', 'RELEASED']);
const NEVER_AN_INCIDENT = new Set(['REJECTED', 'PARKED']);

/** Not there (any more), or not the reader's: the next change says so. */
const isNotTheirs = ({ status }) => status === 403 || status === 404;

export class ReadRest {
  #pocket;
  #store;
  #hasReadTypes = false;

  constructor(pocket, store) {
    this.#pocket = pocket;
    this.#store = store;
  }

  async read() {
    const checkIns = await this.#readCheckIns();
    for (const incidentId of this.#stale(checkIns)) {
      await this.readDetail(incidentId).catch(async (refused) => {
        if (!isNotTheirs(refused)) throw refused;
        await this.#store.change(['details'], (on) => on('details').delete(incidentId));
      });
    }
    for (const report of this.#pocket.reports) {
      if (report.status && !report.incidentId && !NEVER_AN_INCIDENT.has(report.status)) await this.#follow(report);
    }
    await this.#readSurroundings();
  }

  async #readCheckIns() {
    const { items } = await line.over((signal) => read('/v1/check-ins', { mine: true, limit: 50 }, { signal }));
    await this.#store.change(['checkIns'], (on) => {
      on('checkIns').clear();
      items.forEach((one) => on('checkIns').put(one));
    });
    return items.filter(({ status }) => !OVER.has(status));
  }

  /** The incidents of which another version is known by now than the one that is kept, or that a change has named since they were read. */
  #stale(checkIns) {
    const { details } = this.#pocket;
    const ofTasks = this.#pocket.tasksInOrder().slice(0, MOST_DETAILS).filter((task) => {
      const known = details.get(task.incidentId);
      return known?.incident.version !== task.incident.version || known.taskVersion !== task.version;
    });
    const ofCheckIns = checkIns.slice(0, MOST_DETAILS).filter(({ id, incidentId, version }) =>
      !details.get(incidentId)?.incident.checkIns.some((one) => one.id === id && one.version >= version));
    const named = [...details.values()].filter((detail) => detail.named !== detail.readAfter).map(({ id }) => id);
    return new Set([...[...ofTasks, ...ofCheckIns].map(({ incidentId }) => incidentId), ...named]);
  }

  async #readSurroundings() {
    const { person, boundary, departments } = this.#pocket;
    if (!boundary && person.unit) await this.#keep('boundary', () => read(`/v1/units/${person.unit.code}/boundary`));
    if (!this.#hasReadTypes) {
      this.#hasReadTypes = true;
      await this.#keep('types', async () => (await read('/v1/incident-types')).items);
    }
    if (!departments && !person.roles.includes('DEPARTMENT')) {
      await this.#keep('departments', async () =>
        (await readAll('/v1/departments', { unit: person.unit?.code, limit: 200 })).map(({ code, name, unit }) => ({ code, name, unit })));
    }
  }

  async #keep(name, ask) {
    try {
      await this.#store.put('kept', await line.over(ask), name);
    } catch (refused) {
      // The map, the report and the whistle do without it until the next time.
      if (isAway(refused)) throw refused;
    }
  }

  /** One incident in full, and the end of its timeline. What is kept is shown while it is asked for. */
  async readDetail(incidentId) {
    const readAfter = this.#pocket.details.get(incidentId)?.named;
    const incident = await line.over((signal) => read(`/v1/incidents/${incidentId}`, {}, { signal }));
    const taskVersion = [...this.#pocket.tasks.values()].find((task) => task.incidentId === incidentId)?.version;
    const detail = { id: incidentId, incident, taskVersion, readAfter, ...(await this.#readTimeline(incidentId)) };
    await this.#store.change(['details'], (on) => {
      // A change may have named it while it was read.
      on('details').get(incidentId).onsuccess = ({ target }) => {
        detail.named = target.result?.named;
        on('details').put(detail);
      };
    });
    this.#pocket.details.set(incidentId, detail);
    this.#pocket.dispatchEvent(new Event('change'));
  }

  /** From the page on where the last reading ended: only what came since is read, and only the end is kept. */
  async #readTimeline(incidentId) {
    const known = this.#pocket.details.get(incidentId);
    const lines = new Map((known?.timeline ?? []).map((one) => [one.sequence, one]));
    for (let cursor = known?.cursor; ; ) {
      const page = await line.over((signal) => read(`/v1/incidents/${incidentId}/timeline`, { limit: 200, cursor }, { signal }));
      for (const one of page.items) lines.set(one.sequence, one);
      if (!page.nextCursor) return { timeline: [...lines.values()].slice(-LINES_KEPT), cursor };
      cursor = page.nextCursor;
    }
  }

  async #follow(report) {
    try {
      const { status, incidentId } = await line.over((signal) => read(`/v1/reports/${report.reportId}${report.lies ?? ''}`, {}, { signal }));
      await this.#store.put('reports', { ...report, status, incidentId: incidentId ?? null });
    } catch (refused) {
      // Not there yet: asked again the next time.
      if (!isNotTheirs(refused)) throw refused;
    }
  }
}
