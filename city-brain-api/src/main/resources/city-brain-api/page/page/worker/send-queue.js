/**
 * Empties the queue: small commands by `POST /v1/commands/batch`, photos before what names them, reports by `POST /v1/reports`. Each answer
 * is kept before the next is asked for. Whatever is sent a second time is answered as the first time and does nothing.
 */
import { now, send } from '../lib/api.js';
import { isAway, line } from './line.js';
import { asSent, nextToSend } from './queue.js';
import { sendPhoto } from './send-photo.js';

/** Not the item's fault: the same again later. */
const LATER = new Set([0, 401, 408, 425, 429, 500, 502, 503, 504]);
/** What the server has failed at so often is shown to the person. That it was away, or busy, is no try. */
const MOST_TRIES = 12;
const FAILED = 500;
const BATCH_PATIENCE_MILLIS = 60_000;

/** Thrown where the rest has to wait. */
export class SendLater extends Error {}

/** @param pocket its queue and photos; `settle(items)` and `keepPhoto(photo)` keep what has become of them */
export async function sendQueue(pocket) {
  for (;;) {
    fillVersions(pocket.queue);
    const step = nextToSend(pocket.queue, pocket.photos);
    if (!step) return;
    if (step.batch) await sendBatch(pocket, step.batch);
    else if (step.photo) await sendEvidence(pocket, step.photo, step.item);
    else await sendReport(pocket, step.report);
  }
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

async function sendBatch(pocket, batch) {
  // Kept with the version that it is sent with, and that it was sent: from here on it may have been carried out.
  const sent = batch.map((item) => ({ ...item, isUnanswered: true }));
  await pocket.settle(sent);
  let results;
  try {
    const answer = await line.over((signal) => send('POST', '/v1/commands/batch', { commands: batch.map(asSent) }, { signal }), BATCH_PATIENCE_MILLIS);
    results = answer.results;
  } catch (problem) {
    if (problem.status === undefined) throw problem;
    if (LATER.has(problem.status)) throw new SendLater(problem.message);
    // None of them was read: what is known of each is what was known before.
    await pocket.settle(batch.map((item) => ended(item, { status: problem.status, body: problem.problem })));
    return;
  }
  const settled = settle(sent, results);
  await pocket.settle(settled);
  if (settled.some((item) => item.state === 'WAITING')) throw new SendLater();
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

/** Only where it is this item that the server fails at, it counts. */
function later(item, result) {
  if (result.status !== FAILED) return item;
  const tries = item.tries + 1;
  return tries < MOST_TRIES ? { ...item, tries } : ended({ ...item, tries }, result);
}

async function sendEvidence(pocket, photo, item) {
  try {
    await sendPhoto(photo, (further) => pocket.keepPhoto(further));
  } catch (problem) {
    if (problem.status === undefined) throw problem;
    if (LATER.has(problem.status)) throw new SendLater(problem.message);
    await pocket.settle([ended(item, { status: problem.status, body: problem.problem })]);
  }
}

async function sendReport(pocket, item) {
  try {
    const body = await line.over((signal) => send('POST', '/v1/reports', item.body, { signal }));
    await pocket.settle([ended(item, { status: 202, body })]);
  } catch (problem) {
    if (problem.status === undefined) throw problem;
    if (LATER.has(problem.status)) throw new SendLater(problem.message);
    await pocket.settle([ended(item, { status: problem.status, body: problem.problem })]);
  }
}
