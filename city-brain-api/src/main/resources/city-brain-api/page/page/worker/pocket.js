/**
 * What the worker has in the pocket: tasks, what is known of their incidents, and what was pressed. It is there without a line, and kept in
 * step with City Brain whenever there is one: first what was pressed goes out, then what has changed comes in. Events: `change`, `told`.
 */
import { Refused } from '../lib/api.js';
import { OtherAccount, noteWaiting, whoIsSignedIn } from './account.js';
import { expected, inOrder, isSettled } from './expected.js';
import { line } from './line.js';
import { pullChanges } from './pull.js';
import { again, dependents, makeCommand, makeReport, waiting } from './queue.js';
import { ReadRest } from './read-rest.js';
import { SendLater, sendQueue } from './send-queue.js';

const EVERY_MILLIS = 30_000;
const SOON_MILLIS = 400;
const FIRST_RETRY_MILLIS = 3000;
const STREAM_RETRY_MILLIS = 10_000;
const MOST_SETTLED = 30;
/** What is done is shown for so long. */
const SHOWN_MILLIS = 24 * 3600_000;

export class Pocket extends EventTarget {
  tasks = new Map();
  details = new Map();
  checkIns = [];
  queue = [];
  photos = new Map();
  reports = [];
  boundary = null;
  departments = null;
  types = null;
  /** `signed-out`: nothing is sent; `other`: somebody else has signed in on this phone. */
  standing = 'in';
  isSyncing = false;

  #store;
  #ends = [];
  #timer = null;
  #at = 0;
  #retry = FIRST_RETRY_MILLIS;
  #stream = null;
  #isAsked = false;
  #pressed = new Set();
  #rest;
  #others = new BroadcastChannel('city-brain-worker');

  constructor(person, store) {
    super();
    this.person = person;
    this.#store = store;
    this.#rest = new ReadRest(this, store);
  }

  async start() {
    await this.#load();
    const look = () => (document.visibilityState === 'visible' ? this.sync() : this.#stream?.close());
    // The browser's own belief of its network is only a hint to try now.
    for (const [target, name] of [[document, 'visibilitychange'], [window, 'online']]) {
      target.addEventListener(name, look);
      this.#ends.push(() => target.removeEventListener(name, look));
    }
    this.#others.onmessage = ({ data }) => data === this.person.name && this.#load();
    navigator.storage?.persist?.();
    this.sync();
    return this;
  }

  stop() {
    for (const end of this.#ends) end();
    clearTimeout(this.#timer);
    this.#stream?.close();
    this.#others.close();
    this.#store.close();
  }

  async forget() {
    await this.#store.forgetWork();
    this.stop();
  }

  waiting() {
    return waiting(this.queue);
  }

  waitingFor(incidentId) {
    return this.waiting().filter((item) => item.incidentId === incidentId);
  }

  /** As they will be when all has arrived, the gravest and the next due first. */
  tasksInOrder() {
    return [...this.tasks.values()].map((task) => expected(task, this.waitingFor(task.incidentId))).sort(inOrder);
  }

  /** The number of an incident that is seen here; undefined for one in another's grid. */
  numberOf(incidentId) {
    return this.details.get(incidentId)?.incident.number ?? [...this.tasks.values()].find((task) => task.incidentId === incidentId)?.incident.number;
  }

  /** Whether somebody of here was on the spot: as far as this phone knows. */
  hasArrived(task) {
    return this.queue.some((item) => item.name === 'arrive' && item.id === task.id && item.state !== 'REFUSED')
      || (this.details.get(task.incidentId)?.timeline ?? []).some(({ kind, detail }) => kind === 'ARRIVED' && detail?.tasks?.some(({ id }) => id === task.id));
  }

  /** @param photos as `takePhoto` made them; they go before it */
  async press(order, version, photos = []) {
    // A second tap before the first is kept is no second press.
    const pressed = `${order.on}/${order.id}/${order.name}`;
    if (this.#pressed.has(pressed)) return;
    this.#pressed.add(pressed);
    const item = makeCommand(this.queue, { ...order, needs: photos.map(({ sha256 }) => sha256) }, version);
    await this.#enqueue(item, photos).finally(() => this.#pressed.delete(pressed));
  }

  async report(report, about, photos) {
    const item = makeReport(report, photos.map(({ sha256 }) => sha256), about);
    await this.#store.put('reports', { reportId: report.reportId, about, at: report.occurredAt, status: null, incidentId: null });
    await this.#enqueue(item, photos);
  }

  async drop(item) {
    const followers = dependents(this.queue, item).filter((follower) => follower.state === 'WAITING');
    await this.#store.change(['queue', 'reports'], (on) => {
      on('queue').delete(item.seq);
      if (item.kind === 'REPORT') on('reports').delete(item.key);
      // What was pressed on top of it is shown as refused, and may be sent on what is there now.
      for (const follower of followers) on('queue').put({ ...follower, state: 'REFUSED', answer: { status: 409, body: { reason: 'PREVIOUS_NOT_DONE' } } });
    });
    await this.#changed();
  }

  /** On what is there now: the person has seen it. `more`: what they say in addition. */
  async sendAgain(item, more = {}) {
    const said = { ...item, body: { ...item.body, ...more } };
    await this.#store.change(['queue'], (on) => again(this.queue, said, this.versionOf(item)).forEach((one) => on('queue').put(one)));
    await this.#changed();
    this.sync();
  }

  versionOf({ on, id, answer }) {
    const told = answer?.body?.[{ tasks: 'task', incidents: 'incident', 'check-ins': 'checkIn' }[on]]?.version;
    const here = {
      tasks: () => this.tasks.get(id)?.version,
      incidents: () => this.details.get(id)?.incident.version,
      'check-ins': () => this.checkIns.find((one) => one.id === id)?.version,
    }[on]?.();
    return Math.max(told ?? 0, here ?? 0);
  }

  /** Everything at once, one after the other; asked again meanwhile, once more after it. */
  async sync() {
    if (this.isSyncing) {
      this.#isAsked = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = null;
    this.isSyncing = true;
    this.dispatchEvent(new Event('change'));
    let isWhole = false;
    try {
      isWhole = navigator.locks
        ? await navigator.locks.request(`city-brain-worker:${this.person.name}`, { ifAvailable: true }, (lock) => (lock ? this.#keepInStep() : true))
        : await this.#keepInStep();
    } catch (fault) {
      // Of this page's own: told in the console, and the next round is a new chance.
      console.error(fault);
    }
    this.isSyncing = false;
    this.dispatchEvent(new Event('change'));
    if (this.standing !== 'in') return;
    this.#retry = isWhole ? FIRST_RETRY_MILLIS : Math.min(2 * this.#retry, EVERY_MILLIS);
    this.#again(this.#isAsked && isWhole ? SOON_MILLIS : isWhole ? EVERY_MILLIS : this.#retry);
    this.#isAsked = false;
    if (isWhole) this.#listen();
  }

  /** @returns whether all of it was done */
  async #keepInStep() {
    try {
      const wasAway = line.isThere === false;
      await this.mustBeIn();
      if (wasAway) this.#retry = FIRST_RETRY_MILLIS / 2;
      this.standing = 'in';
      let isSent = true;
      try {
        await sendQueue(this);
      } catch (rest) {
        if (!(rest instanceof SendLater)) throw rest;
        isSent = false;
      }
      // It may have taken long: what another person sees is not put in here either.
      await this.mustBeIn();
      const told = await pullChanges(this.#store, this.person);
      await this.#load();
      if (told.length) this.dispatchEvent(new CustomEvent('told', { detail: told }));
      await this.#rest.read();
      await this.#load();
      return isSent;
    } catch (refused) {
      if (refused instanceof OtherAccount) {
        this.standing = 'other';
        return false;
      }
      if (!(refused instanceof Refused)) throw refused;
      if (refused.status === 401) this.standing = 'signed-out';
      return false;
    }
  }

  /** @throws OtherAccount where another person is signed in on this phone by now */
  async mustBeIn() {
    const person = await whoIsSignedIn();
    if (person.name !== this.person.name) throw new OtherAccount();
    this.person = person;
  }

  /** One incident in full: asked for when it is opened and not kept yet. */
  readDetail(incidentId) {
    return this.#rest.readDetail(incidentId);
  }

  /** For `sendQueue`: keeps what has become of some items, and what their answers tell of tasks and incidents. */
  async settle(items) {
    await this.#store.change(['queue', 'tasks', 'details', 'reports', 'photos'], (on) => {
      for (const item of items) {
        on('queue').put(item);
        if (item.kind === 'REPORT' && item.state === 'DONE') {
          on('reports').put({ ...this.reports.find(({ reportId }) => reportId === item.key), reportId: item.key, about: item.about, at: item.pressedAt, status: 'RECEIVED', incidentId: null, lies: new URL(item.answer.body.statusUrl, location.href).search });
        }
        if (item.state === 'DONE') item.needs.forEach((sha256) => on('photos').delete(sha256));
      }
      for (const task of this.#told(items)) on('tasks').put(task);
    });
    await this.#changed();
  }

  /** The tasks as the answers of these items leave them. */
  #told(items) {
    const told = new Map();
    for (const { answer, state } of items) {
      const { task, incident } = answer?.body ?? {};
      if (state === 'WAITING') continue;
      for (const mine of this.tasks.values()) {
        const held = told.get(mine.id) ?? mine;
        if (task?.id === mine.id && task.version > held.version) {
          told.set(mine.id, { ...held, version: task.version, status: task.status, acknowledgeBy: task.acknowledgeBy, resolveBy: task.resolveBy, allowed: null });
        }
        const held2 = told.get(mine.id) ?? mine;
        if (incident?.id === mine.incidentId && incident.version >= held2.incident.version) {
          told.set(mine.id, { ...held2, incident: { ...held2.incident, version: incident.version, status: incident.status, level: incident.level ?? held2.incident.level } });
        }
      }
    }
    return told.values();
  }

  async keepPhoto(photo) {
    await this.#store.put('photos', photo);
    this.photos.set(photo.sha256, photo);
    this.dispatchEvent(new Event('change'));
  }

  async #enqueue(item, photos) {
    await this.#store.change(['queue', 'photos'], (on) => {
      on('queue').add(item);
      for (const photo of photos) if (!this.photos.has(photo.sha256)) on('photos').put(photo);
    });
    await this.#changed();
    this.sync();
  }

  async #changed() {
    await this.#load();
    this.#others.postMessage(this.person.name);
  }

  async #load() {
    const [tasks, details, checkIns, queue, photos, reports, boundary, departments, types] = await Promise.all([
      ...['tasks', 'details', 'checkIns', 'queue', 'photos', 'reports'].map((shelf) => this.#store.all(shelf)),
      this.#store.get('kept', 'boundary'), this.#store.get('kept', 'departments'), this.#store.get('kept', 'types'),
    ]);
    const since = Date.now() - SHOWN_MILLIS;
    const over = queue.filter(({ state, answer }) => state === 'DONE' && answer.at < since);
    const settled = tasks.filter((task) => isSettled(task.status)).sort((one, other) => other.dispatchedAt.localeCompare(one.dispatchedAt)).slice(MOST_SETTLED);
    if (over.length || settled.length) {
      await this.#store.change(['queue', 'tasks'], (on) => {
        over.forEach(({ seq }) => on('queue').delete(seq));
        settled.forEach(({ id }) => on('tasks').delete(id));
      });
    }
    this.tasks = new Map(tasks.filter((task) => !settled.includes(task)).map((task) => [task.id, task]));
    this.details = new Map(details.map((detail) => [detail.id, detail]));
    this.checkIns = checkIns;
    this.queue = queue.filter((item) => !over.includes(item));
    this.photos = new Map(photos.map((photo) => [photo.sha256, photo]));
    this.reports = reports.sort((one, other) => other.at.localeCompare(one.at));
    this.boundary = boundary ?? null;
    this.departments = departments ?? null;
    this.types = types ?? null;
    noteWaiting(this.person.name, this.waiting().length);
    this.dispatchEvent(new Event('change'));
  }

  /** The sooner of what was asked for holds, so that a storm of events does not put it off for ever. */
  #again(after) {
    const at = Date.now() + after;
    if (this.#timer !== null && this.#at <= at) return;
    clearTimeout(this.#timer);
    this.#at = at;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (document.visibilityState === 'visible') this.sync();
    }, after);
  }

  /** While the page is looked at: whatever the stream tells is a reason to ask what has changed. */
  #listen() {
    if (document.visibilityState !== 'visible' || (this.#stream && this.#stream.readyState !== EventSource.CLOSED)) return;
    const stream = new EventSource('/v1/stream');
    for (const name of ['incident', 'task', 'resync']) stream.addEventListener(name, () => (this.isSyncing ? (this.#isAsked = true) : this.#again(SOON_MILLIS)));
    // It would try again by itself every few seconds; a phone without a line is asked by the next sync.
    stream.onerror = () => {
      stream.close();
      this.#again(STREAM_RETRY_MILLIS);
    };
    this.#stream = stream;
  }
}
