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
/** What the server cannot do so often is shown to the person. */
const MOST_TRIES = 12;
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
  let results;
  // Kept with the version that it is sent with: sent again it has to be the same command.
  await pocket.settle(batch);
  try {
    const answer = await line.over((signal) => send('POST', '/v1/commands/batch', { commands: batch.map(asSent) }, { signal }), BATCH_PATIENCE_MILLIS);
    results = answer.results;
  } catch (problem) {
    results = batch.map(() => ({ status: problem.status, body: problem.problem }));
    if (LATER.has(problem.status)) {
      if (!isAway(problem) && problem.status !== 401) await pocket.settle(batch.map((item) => later(item, results[0])));
      throw new SendLater(problem.message);
    }
  }
  const settled = batch.map((item, i) => (LATER.has(results[i].status) ? later(item, results[i]) : answered(item, results[i])));
  await pocket.settle(settled);
  if (settled.some((item) => item.state === 'WAITING')) throw new SendLater();
}

const answered = (item, { status, body }) => ({
  ...item,
  state: status < 300 ? 'DONE' : 'REFUSED',
  answer: { status, body, at: now() },
});

const later = (item, result) =>
  item.tries + 1 >= MOST_TRIES ? answered(item, result) : { ...item, tries: item.tries + 1 };

async function sendEvidence(pocket, photo, item) {
  try {
    await sendPhoto(photo, (further) => pocket.keepPhoto(further));
  } catch (problem) {
    if (problem.status === undefined) throw problem;
    if (LATER.has(problem.status)) throw new SendLater(problem.message);
    await pocket.settle([answered(item, { status: problem.status, body: problem.problem })]);
  }
}

async function sendReport(pocket, item) {
  try {
    const body = await line.over((signal) => send('POST', '/v1/reports', item.body, { signal }));
    await pocket.settle([answered(item, { status: 202, body })]);
  } catch (problem) {
    if (problem.status === undefined) throw problem;
    if (LATER.has(problem.status)) throw new SendLater(problem.message);
    await pocket.settle([answered(item, { status: problem.status, body: problem.problem })]);
  }
}
