/**
 * What was pressed and has to be sent: kept on the phone until City Brain has answered, each with the key that it keeps however often it
 * is sent, and with the version that the person saw (`ifMatch`) or the key of the press before it (`afterKey`).
 *
 * An item: `{seq, kind: COMMAND | REPORT, key, on, id, name, body, ifMatch, afterKey, afterResult, needs, incidentId, about, pressedAt, state,
 * tries, isUnanswered, answer}`. `state`: WAITING, DONE, REFUSED. `needs`: SHA-256 of photos that go before it. `afterResult`: the key of a
 * press on a task whose answer tells the incident's version. `isUnanswered`: it was sent, and nothing says yet whether it was carried out.
 */
import { newKey, now } from '../lib/api.js';

/** What City Brain has failed at so often is shown to the person as stuck. It is tried on. */
const MANY_TRIES = 6;

export const isStuck = ({ state, tries }) => state === 'WAITING' && tries >= MANY_TRIES;
export const waiting = (queue) => queue.filter((item) => item.state === 'WAITING');
export const refused = (queue) => queue.filter((item) => item.state === 'REFUSED');

const SUBJECTS = { tasks: 'task', incidents: 'incident', 'check-ins': 'checkIn' };

/** Whether it was carried out, and left a later version of this than the person saw when they began to press the next thing. */
const hasOvertaken = ({ state, answer }, on, version) => state === 'DONE' && answer.body?.[SUBJECTS[on]]?.version > version;

/**
 * On top of the press before it, which may have arrived while this one was written.
 *
 * @param version of what it is on, as the person saw it
 */
export function makeCommand(queue, { on, id, name, body = {}, needs = [], incidentId, about }, version) {
  const counts = (item) => item.state === 'WAITING' || hasOvertaken(item, on, version);
  const before = queue.findLast((item) => item.on === on && item.id === id && counts(item));
  const along = before || on !== 'incidents' ? null : queue.findLast((item) => item.on === 'tasks' && item.incidentId === incidentId && counts(item));
  return {
    kind: 'COMMAND', key: newKey(), on, id, name, body, needs, incidentId, about,
    pressedAt: new Date(now()).toISOString(), state: 'WAITING', tries: 0, answer: null,
    ifMatch: before || along ? null : version, afterKey: before?.key ?? null, afterResult: along?.key ?? null,
  };
}

/** Its `reportId` never changes, so that it counts once however often it is sent. */
export const makeReport = (report, needs, about) => ({
  kind: 'REPORT', key: report.reportId, on: 'reports', id: report.reportId, name: 'report', body: report, needs, incidentId: null, about,
  pressedAt: report.occurredAt, state: 'WAITING', tries: 0, answer: null, ifMatch: null, afterKey: null, afterResult: null,
});

/** As one item of `POST /v1/commands/batch`. */
export const asSent = ({ on, id, name, key, ifMatch, afterKey, body }) => ({
  path: `/v1/${on}/${id}/${name}`,
  idempotencyKey: key,
  ...(afterKey ? { afterKey } : { ifMatch: `"${ifMatch}"` }),
  body,
});

/** Where order counts: an incident, or a report by itself. */
export const placeOf = (item) => item.incidentId ?? item.key;

/**
 * What is to be sent next. Of one incident everything goes in the order in which it was pressed; what is small does not wait for the photos
 * of another incident.
 *
 * @param photos by SHA-256
 * @param aside the places (`placeOf`) of which nothing is sent for now
 * @returns `{batch: […]}`, `{photo, item}`, `{report}`, or null where nothing is left
 */
export function nextToSend(queue, photos, aside = []) {
  const held = new Set(aside);
  const batch = [];
  let later = null;
  for (const item of waiting(queue)) {
    const unsent = item.needs.find((sha256) => photos.get(sha256)?.isWhole === false);
    const place = placeOf(item);
    if (held.has(place)) continue;
    if (unsent) {
      held.add(place);
      later ??= { photo: photos.get(unsent), item };
    } else if (item.kind === 'REPORT') {
      later ??= { report: item };
    } else if (item.afterResult && waiting(queue).some((other) => other.key === item.afterResult)) {
      held.add(place);
    } else if (batch.length < MOST_AT_ONCE) {
      batch.push(item);
    }
  }
  return batch.length ? { batch } : later;
}

const MOST_AT_ONCE = 100;

/** Those that were pressed on top of it: by its key, or by the version that its answer tells. */
export const dependents = (queue, item) => {
  const found = [];
  const keys = new Set([item.key]);
  for (const other of queue) {
    if (other.state !== 'DONE' && (keys.has(other.afterKey) || keys.has(other.afterResult))) {
      found.push(other);
      keys.add(other.key);
    }
  }
  return found;
};

/**
 * Pressed once more, on what is there now: with keys of their own, as these are other commands than those that were refused. What may have
 * been carried out keeps its key, so that it is carried out once.
 */
export function again(queue, item, version) {
  const followers = dependents(queue, item);
  const keys = new Map([item, ...followers].map((one) => [one.key, one.kind === 'REPORT' || one.isUnanswered ? one.key : newKey()]));
  const renewed = (one) => ({
    ...one, key: keys.get(one.key), state: 'WAITING', tries: 0, answer: null, ifMatch: null,
    afterKey: keys.get(one.afterKey) ?? null, afterResult: keys.get(one.afterResult) ?? null,
  });
  return [
    { ...renewed(item), ifMatch: item.kind === 'REPORT' ? null : version, afterKey: null, afterResult: null },
    ...followers.map(renewed),
  ];
}
