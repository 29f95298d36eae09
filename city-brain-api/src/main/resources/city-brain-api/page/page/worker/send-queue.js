/**
 * Empties the queue: small commands by `POST /v1/commands/batch`, photos before what names them, reports by `POST /v1/reports`. Each answer
 * is kept before the next is asked for. Whatever is sent a second time is answered as the first time and does nothing.
 */
import { now, send } from '../lib/api.js';
import { OtherAccount, expecting } from './account.js';
import { isAway, line } from './line.js';
import { asSent, isStuck, nextToSend, placeOf } from './queue.js';
import { sendPhoto } from './send-photo.js';

/** Not the item's fault: the same again later. */
const LATER = new Set([0, 401, 408, 425, 429, 500, 502, 503, 504]);
/** City Brain, or what stands behind it, failed at it. That it was away altogether, or busy, is no try. */
const FAILED = new Set([500, 502, 504]);
const BATCH_PATIENCE_MILLIS = 60_000;

/** By these City Brain says that it takes nothing at all just now. */
const TAKES_NOTHING = new Set(['OVER_RATE', 'TOO_MANY_AT_ONCE', 'BUSY', 'IDENTITY_UNREACHABLE', 'DATABASE_UNREACHABLE']);

/** Thrown where the rest has to wait. What is stuck is no reason to hurry. */
export class SendLater extends Error {}

/**
 * What has to wait keeps only what is of its own place back.
 *
 * @param pocket its person, queue and photos; `settle(items)` and `keepPhoto(photo)` keep what has become of them, `mustBeIn()` throws
 *     where another person is signed in by now
 * @throws SendLater where something is left
 * @throws OtherAccount where it would be sent in another's name
 */
export async function sendQueue(pocket) {
  const aside = new Set();
  let isRest = false;
  for (;;) {
    fillVersions(pocket.queue);
    const step = nextToSend(pocket.queue, pocket.photos, aside);
    if (!step) break;
    await pocket.mustBeIn();
    const left = await (step.batch ? sendBatch(pocket, step.batch) : sendAlone(pocket, step));
    left.forEach((item) => aside.add(placeOf(item)));
    isRest ||= left.some((item) => !isStuck(item));
  }
  if (isRest) throw new SendLater();
}

/** @throws OtherAccount @throws SendLater where there is no line, or nothing else would get through either */
function mustGoOn(problem) {
  if (problem.status === undefined) throw problem;
  if (problem.reason === 'OTHER_ACCOUNT') throw new OtherAccount(problem.message);
  const isNobodyThere = isAway(problem) && (problem.status === 0 || !problem.reason);
  if (isNobodyThere || problem.status === 401 || TAKES_NOTHING.has(problem.reason)) throw new SendLater(problem.message);
}

/** A press on the incident that came after one on its task is decided on the version that the task's answer told. */
function fillVersions(queue) {
  for (const item of queue) {
    if (item.state !== 'WAITING' || !item.afterResult || item.ifMatch !== null) continue;
    const before = queue.find((other) => other.key === item.afterResult);
    if (before?.state === 'DONE') item.ifMatch = before.answer.body.incident.version;
    else if (before?.state !== 'WAITING') item.ifMatch = 0;
  }
}

/** @returns those that have to wait */
async function sendBatch(pocket, batch) {
  // Kept with the version that it is sent with, and that it was sent: from here on it may have been carried out.
  const sent = batch.map((item) => ({ ...item, isUnanswered: true }));
  await pocket.settle(sent);
  let results;
  try {
    const answer = await line.over((signal) => send('POST', '/v1/commands/batch', { commands: batch.map(asSent) }, { signal, headers: expecting(pocket.person.name) }), BATCH_PATIENCE_MILLIS);
    results = answer.results;
  } catch (problem) {
    mustGoOn(problem);
    if (LATER.has(problem.status)) return FAILED.has(problem.status) ? sendParts(pocket, sent, problem) : batch;
    // None of them was read: what is known of each is what was known before.
    await pocket.settle(batch.map((item) => ended(item, { status: problem.status, body: problem.problem })));
    return [];
  }
  const settled = settle(sent, results);
  await pocket.settle(settled);
  return settled.filter((item) => item.state === 'WAITING');
}

/**
 * A whole batch failed, perhaps for one of its commands: those of one incident by themselves, then the others; of one incident one after the
 * other.
 *
 * @returns those that have to wait
 */
async function sendParts(pocket, batch, problem) {
  const place = placeOf(batch[0]);
  const elsewhere = batch.filter((item) => placeOf(item) !== place);
  if (elsewhere.length) {
    const left = await sendBatch(pocket, batch.filter((item) => placeOf(item) === place));
    return [...left, ...await sendBatch(pocket, elsewhere)];
  }
  const [next, ...behind] = batch;
  if (!behind.length) {
    const tried = later(next, problem);
    await pocket.settle([tried]);
    return [tried];
  }
  const left = await sendBatch(pocket, [next]);
  return left.length ? left : sendBatch(pocket, behind);
}

/** What has become of each of a batch. What was pressed on top of one that has to wait waits with it. */
function settle(batch, results) {
  const waits = new Set();
  return batch.map((item, i) => {
    const isBehind = waits.has(item.afterKey) && results[i].body?.reason === 'PREVIOUS_NOT_DONE';
    const settled = isBehind ? item : LATER.has(results[i].status) ? later(item, results[i]) : { ...ended(item, results[i]), isUnanswered: false };
    if (settled.state === 'WAITING') waits.add(settled.key);
    return settled;
  });
}

const ended = (item, { status, body }) => ({
  ...item,
  state: status < 300 ? 'DONE' : 'REFUSED',
  answer: { status, body, at: now() },
});

/** It counts only where the server failed at this very item. */
const later = (item, { status }) => (FAILED.has(status) ? { ...item, tries: item.tries + 1 } : item);

/** A photo of an item, or a report. @returns the item where it has to wait */
async function sendAlone(pocket, { photo, item, report = item }) {
  try {
    if (photo) await sendPhoto(photo, pocket.person.name, (further) => pocket.keepPhoto(further));
    else await pocket.settle([ended(report, { status: 202, body: await sendReport(report, pocket.person.name) })]);
    return [];
  } catch (problem) {
    mustGoOn(problem);
    const result = { status: problem.status, body: problem.problem };
    const settled = LATER.has(problem.status) ? later(report, result) : ended(report, result);
    if (settled !== report) await pocket.settle([settled]);
    return settled.state === 'WAITING' ? [settled] : [];
  }
}

const sendReport = ({ body }, account) => line.over((signal) => send('POST', '/v1/reports', body, { signal, headers: expecting(account) }));
