/**
 * The open incidents that the person sees, kept up to date by the live stream. One copy for the whole page: the map, the list and the
 * figures in the header all show this one.
 *
 * The stream is opened first and the incidents are read after it, so nothing falls in between; what the stream tells meanwhile is applied
 * to what was read. A browser comes back by itself after a break, with the id of the last event it read, and misses nothing.
 */
import { now, query, read } from './api.js';

/** As `GET /v1/map/incidents` names its columns: one incident is `{id, number, longitude, latitude, level, …}`. */
const asObjects = ({ columns, rows }) => rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])));

const OVER = new Set(['CLOSED', 'FALSE_ALARM', 'MERGED']);

/** Comes at least every 15 s; three missed ones are a broken line. */
const SILENCE_MILLIS = 40_000;
/** Deadlines are read again together, not one by one. */
const READ_AGAIN_MILLIS = 500;
const MOST_AT_ONCE = 100;
const MOST_PATIENCE_MILLIS = 3000;

/**
 * Events: `change` with `{changed: Set<id>, removed: Set<id>, all: boolean}` at most once a frame; `line` for each line of a timeline,
 * as the stream tells it; `notice` for what is meant for this person; `status` when the line is cut or whole again.
 */
export class LiveIncidents extends EventTarget {
  /** @type {Map<string, object>} by id */
  incidents = new Map();
  /** `connecting`, `live`, `cut` or `refused` */
  status = 'connecting';
  /** When the stream was last heard of, by the server's clock; null before. */
  heardAt = null;
  /** More are open than were sent; the gravest were. */
  truncated = false;
  /** Whether all that is open has been read once: before that, nothing shown does not mean that nothing is open. */
  isRead = false;

  #changed = new Set();
  #removed = new Set();
  #all = false;
  #waitsForFrame = false;
  #again = new Set();
  #againTimer = null;
  #source = null;
  #watch = null;
  #loading = 0;

  constructor(parameters = {}) {
    super();
    this.parameters = parameters;
  }

  start() {
    this.#open();
    this.#watch = setInterval(() => {
      if (this.heardAt && now() - this.heardAt > SILENCE_MILLIS && this.#source) {
        this.#setStatus('cut');
        this.#open();
      }
    }, 5000);
    return this;
  }

  stop() {
    clearInterval(this.#watch);
    clearTimeout(this.#againTimer);
    this.#source?.close();
    this.#source = null;
  }

  #open() {
    this.#source?.close();
    const source = new EventSource('/v1/stream' + query(this.parameters));
    this.#source = source;
    this.heardAt = now();
    let isFirst = true;
    const on = (name, act) =>
      source.addEventListener(name, (event) => {
        this.heardAt = now();
        this.#setStatus('live');
        act(event.data ? JSON.parse(event.data) : {});
      });
    on('start', () => {
      // A browser that came back by itself goes on behind the last event it read; only a new line has to read all.
      if (isFirst) this.reload();
      isFirst = false;
    });
    // All who read the stream are told at once: they come back one after the other.
    on('resync', () => setTimeout(() => this.#source === source && this.reload(), Math.random() * MOST_PATIENCE_MILLIS));
    on('alive', () => {});
    on('incident', (line) => this.#apply(line));
    on('task', (task) => this.#readAgain(task.incidentId));
    on('notice', (notice) => this.dispatchEvent(new CustomEvent('notice', { detail: notice })));
    source.addEventListener('end', () => this.#setStatus('cut'));
    source.onerror = () => {
      this.#setStatus('cut');
      if (source.readyState === EventSource.CLOSED && this.#source === source) {
        // Refused, or the service is away: a browser does not come back from that by itself.
        setTimeout(() => this.#source === source && this.#open(), 3000);
      }
    };
  }

  /** All that is open, anew. */
  async reload() {
    const turn = ++this.#loading;
    const told = this.#told = new Map();
    try {
      const answer = await read('/v1/map/incidents', this.parameters);
      if (turn !== this.#loading) return;
      this.truncated = answer.truncated;
      this.isRead = true;
      this.incidents = new Map(asObjects(answer).map((incident) => [incident.id, incident]));
      this.#told = null;
      for (const line of told.values()) this.#apply(line);
      this.#all = true;
      this.#soon();
    } catch (refused) {
      if (turn !== this.#loading) return;
      this.#told = null;
      if (refused.status === 401 || refused.status === 403) {
        this.#setStatus('refused');
        this.stop();
      } else {
        setTimeout(() => turn === this.#loading && this.reload(), 3000);
      }
    }
  }

  #told = null;

  #apply(line) {
    this.dispatchEvent(new CustomEvent('line', { detail: line }));
    if (this.#told) {
      this.#told.set(line.id, line);
      return;
    }
    const before = this.incidents.get(line.id);
    if (OVER.has(line.status)) {
      if (this.incidents.delete(line.id)) this.#removed.add(line.id);
      this.#changed.delete(line.id);
      // An answer that is on its way may still hold it as open.
      this.#readAgain(line.id);
    } else {
      this.incidents.set(line.id, {
        ...before,
        id: line.id,
        number: line.number,
        longitude: line.location.longitude,
        latitude: line.location.latitude,
        level: line.level ?? null,
        scope: line.scope ?? null,
        status: line.status,
        type: line.type,
        peopleAffected: line.peopleAffected ?? before?.peopleAffected ?? null,
        openedAt: line.openedAt,
        commandingUnit: line.commandingUnit,
        gridCode: line.gridCode ?? before?.gridCode ?? null,
        version: line.version,
      });
      this.#changed.add(line.id);
      this.#removed.delete(line.id);
      this.#readAgain(line.id);
    }
    this.#soon();
  }

  /** Deadlines depend on all tasks of an incident: the server says which one runs out next. */
  #readAgain(id) {
    this.#again.add(id);
    this.#againTimer ??= setTimeout(() => this.#readThem(), READ_AGAIN_MILLIS);
  }

  async #readThem() {
    const ids = [...this.#again].slice(0, MOST_AT_ONCE);
    for (const id of ids) this.#again.delete(id);
    try {
      const answer = await read('/v1/map/incidents', { ...this.parameters, id: ids });
      const found = new Map(asObjects(answer).map((incident) => [incident.id, incident]));
      for (const id of ids) {
        const incident = found.get(id);
        const before = this.incidents.get(id);
        if (incident && (!before || incident.version >= before.version)) {
          this.incidents.set(id, incident);
          this.#changed.add(id);
        } else if (!incident && before && this.incidents.delete(id)) {
          this.#changed.delete(id);
          this.#removed.add(id);
        }
      }
      this.#soon();
    } catch (later) {
      for (const id of ids) this.#again.add(id);
    } finally {
      this.#againTimer = this.#again.size ? setTimeout(() => this.#readThem(), 2 * READ_AGAIN_MILLIS) : null;
    }
  }

  #soon() {
    if (this.#waitsForFrame) return;
    this.#waitsForFrame = true;
    // A page in the background has no frames; its count-downs and alarm go on all the same.
    (document.hidden ? (act) => setTimeout(act, 200) : requestAnimationFrame)(() => {
      this.#waitsForFrame = false;
      const detail = { changed: this.#changed, removed: this.#removed, all: this.#all };
      this.#changed = new Set();
      this.#removed = new Set();
      this.#all = false;
      this.dispatchEvent(new CustomEvent('change', { detail }));
    });
  }

  #setStatus(status) {
    if (this.status === status) return;
    this.status = status;
    this.dispatchEvent(new Event('status'));
  }
}
