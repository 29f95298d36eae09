/** What became of a command, in words: somebody else was faster, refused, not known, done. */
import { html, nothing } from '../lib/element.js';
import { sayRefused } from '../lib/refusals.js';
import { short } from '../lib/time.js';
import { word, wordOr } from '../lib/words.js';
import { sayActor } from './actors.js';
import { gradeWord } from './reasons.js';

export const commandWord = (name) => wordOr(`command.${name}`, name);

/** What others did since the version that was decided on. */
const meanwhile = (reading, version) => reading.lines.filter((line) => line.version > version).slice(-4);

function conflict(sent, reading, again) {
  const { problem } = sent.refused;
  const now = problem.incident ?? problem.task ?? problem.checkIn ?? {};
  const what = problem.incident ? 'incident' : problem.task ? 'task' : 'check-in';
  const status = wordOr(`${what === 'incident' ? 'status' : what}.${now.status}`, now.status ?? '');
  const level = what === 'incident' && (now.level || now.scope) ? `${gradeWord(now)} · ` : '';
  const lines = what === 'incident' ? meanwhile(reading, sent.version) : [];
  return html`
    <div class="refused stack" role="alert" data-test="conflict">
      <b>${word('conflict.title')}</b>
      <p>${word(`conflict.${what}`, { who: sayActor(now.changedBy ?? ''), at: short(now.changedAt), now: level + status })}</p>
      ${lines.length ? html`<ul>${lines.map((line) => html`<li>${short(line.recordedAt)} ${wordOr(`kind.${line.kind}`, line.kind)} <span class="soft">${sayActor(line.actor)}</span></li>`)}</ul>` : nothing}
      <p>${word(again ? 'conflict.kept' : 'conflict.not-any-more', { command: commandWord(sent.name) })}</p>
      ${again ? html`<button type="button" class="primary" data-test="send-again" @click=${again}>${word('conflict.again', { command: commandWord(sent.name) })}</button>` : nothing}
    </div>`;
}

/** Who executes and has not reported back. */
const stillAtWork = (reading) => reading.tasks
  .filter((task) => task.role === 'EXECUTE' && ['DISPATCHED', 'ACKNOWLEDGED', 'IN_PROGRESS'].includes(task.status))
  .map((task) => (task.department ?? task.unit).name)
  .join('、');

/** The commands that a refusal names as allowed instead: '… expected one of verify, reopen'. */
function instead(problem) {
  const names = problem.expected?.match(/^one of (.+)$/)?.[1]?.split(', ') ?? [];
  return names.length ? html`<p class="soft">${word('refused.instead', { commands: names.map(commandWord).join('、') })}</p>` : nothing;
}

/**
 * @param again sends it again as things stand now; null where that is not allowed any more
 * @param insist opens what a refusal asks for; absent where there is none
 */
export function outcome(sending, reading, { again, insist }) {
  const sent = sending.last;
  if (!sent || sent.state === 'sending') return nothing;
  if (sent.state === 'done') return html`<p class="done" role="status" data-test="command-done">${word('command.done', { command: commandWord(sent.name) })}</p>`;
  if (sent.state === 'stale') return conflict(sent, reading, again);
  if (sent.state === 'uncertain') {
    return html`<div class="refused stack" role="alert" data-test="uncertain"><p>${word('conflict.uncertain', { command: commandWord(sent.name) })}</p>
      <button type="button" class="primary" data-test="send-again" @click=${() => sending.send(sent)}>${word('conflict.retry')}</button></div>`;
  }
  return html`<div class="refused stack" role="alert" data-test="refused" data-reason=${sent.refused.reason ?? ''}><p>${sayRefused(sent.refused)}</p>
    ${sent.refused.reason === 'ILLEGAL_MOVE' ? instead(sent.refused.problem) : nothing}
    ${sent.refused.reason === 'STILL_AT_WORK' && insist ? html`<p class="soft">${stillAtWork(reading)}</p><button type="button" @click=${insist}>${word('refused.insist')}</button>` : nothing}</div>`;
}
