/**
 * The five tiers of an incident, from the city down: who has which task, whether it is acknowledged, the light and the time that is left;
 * departments below the unit that they serve, and how those came that were whistled for.
 */
import { html, nothing } from '../lib/element.js';
import { short } from '../lib/time.js';
import { unitName } from '../lib/unit-names.js';
import { number, word, wordOr } from '../lib/words.js';
import '../lib/due.js';
import { account, sayActor } from './actors.js';
import { checkIn } from './check-ins.js';
import { delegations } from './delegations.js';
import { deadline, isOwn } from './next.js';

const TIERS = ['CITY', 'DISTRICT', 'STREET', 'COMMUNITY', 'GRID'];
/** A footprint may touch hundreds of grids. */
const MOST_OF_A_TIER = 12;

/** What the timeline tells of each task: who acknowledged it, whether it was late, whether nobody could be told. */
function marks(lines) {
  const of = new Map();
  const mark = (id) => of.get(id) ?? (of.set(id, {}), of.get(id));
  for (const line of lines) {
    const { detail = {} } = line;
    if (line.kind === 'ACKNOWLEDGED') for (const task of detail.tasks ?? []) mark(task.id).acknowledged = { by: line.actor, at: line.recordedAt };
    if (line.kind === 'DEADLINE_MISSED') for (const task of detail.of ?? []) mark(task.task).missed = detail.deadline;
    if (line.kind === 'UNREACHABLE') mark(detail.task).unreachable = line.recordedAt;
    if (line.kind === 'DISPATCHED' || line.kind === 'REOPENED') for (const task of detail.tasks ?? []) if (task.status === 'DISPATCHED') of.delete(task.id);
  }
  return of;
}

function taskRow(task, reading, person, marked, commands) {
  const { from, due, of } = deadline(task, reading.incident);
  const { acknowledged, missed, unreachable } = marked.get(task.id) ?? {};
  const isDone = task.status === 'COMPLETED';
  const who = task.department ?? task.unit;
  return html`
    <li class="task ${task.department ? 'of-department' : ''} ${isOwn(task, person) ? 'own' : ''}" data-test="task" data-tier=${task.tier} data-unit=${task.unit.code}
      data-department=${task.department?.code ?? nothing} data-status=${task.status}>
      <span class="first">
        <b class="who">${who.name}</b>
        ${isOwn(task, person) ? html`<span class="flag own-flag">${word('chain.own')}</span>` : nothing}
        <span class="role">${word(task.digest ? 'role.DIGEST' : `role.${task.role}`)}</span>
        ${due
          ? html`<city-due data-test="task-light" data-tier=${task.tier} data-unit=${task.unit.code} .from=${from} .due=${due}></city-due>`
          : html`<span class="soft" data-test="task-light" data-tier=${task.tier} data-unit=${task.unit.code} data-light="none">${isDone ? '✓' : ''}</span>`}
      </span>
      <span class="second">
        <span>${word(`task.${task.status}`)}${acknowledged ? html` <span class="soft">${word('chain.acknowledged-by', { who: account(acknowledged.by) || sayActor(acknowledged.by), at: short(acknowledged.at) })}</span>` : nothing}</span>
        ${missed && missed !== of ? html`<span class="flag red">${word(`chain.missed.${missed}`)}</span>` : nothing}
        ${unreachable ? html`<span class="flag red" title=${short(unreachable)}>${word('chain.unreachable')}</span>` : nothing}
        ${commands(task)}
      </span>
    </li>`;
}

/** Where a tier has more than are shown at once, one's own and those that nobody has acknowledged come first. */
const inOrder = (tasks, person) => (tasks.length <= MOST_OF_A_TIER ? tasks
  : tasks.toSorted((a, b) => isOwn(b, person) - isOwn(a, person) || (b.status === 'DISPATCHED') - (a.status === 'DISPATCHED')));

/** How the command or the matter climbed: '↑ 双龙湖街道 → 渝北区'. */
const climbs = (lines) => lines.filter((line) => line.kind === 'ESCALATED').slice(-3);

/** @param {{ofTask: (task) => unknown, ofCheckIn: (checkIn) => unknown, ofDelegation: (delegation) => unknown}} commands what is shown to be pressed */
export const chain = (reading, person, commands) => {
  const { incident, tasks, lines } = reading;
  const marked = marks(lines);
  return html`
    <section class="part" id="part-chain" aria-labelledby="chain-title">
      <h3 id="chain-title">${word('incident.chain')}</h3>
      ${climbs(lines).map((line) => html`
        <p class="climb"><span aria-hidden="true">↑</span> ${word('chain.climbed', { from: (line.detail.from ?? []).map(unitName).join('、'), to: unitName(line.detail.to), at: short(line.recordedAt) })}
          <span class="soft">${wordOr(`why.${line.detail.why}`, line.detail.why ?? '')}</span></p>`)}
      <ol class="ladder">${TIERS.map((tier) => {
        const ofTier = inOrder(tasks.filter((task) => task.tier === tier), person);
        const say = (task) => taskRow(task, reading, person, marked, commands.ofTask);
        const unit = incident.chain.find((each) => each.tier === tier);
        const isCommand = incident.commandingUnit.tier === tier;
        return html`
          <li class="tier ${isCommand ? 'command' : ''}" data-test="tier" data-tier=${tier}>
            <span class="tier-name">${word(`tier.${tier}`)}</span>
            ${ofTier.length
              ? html`<ul>${ofTier.slice(0, MOST_OF_A_TIER).map(say)}
                  ${ofTier.length > MOST_OF_A_TIER ? html`<li><details><summary class="soft">${word('chain.more', { count: number(ofTier.length - MOST_OF_A_TIER) })}</summary>
                    <ul>${ofTier.slice(MOST_OF_A_TIER).map(say)}</ul></details></li>` : nothing}</ul>`
              : html`<p class="soft">${unit?.name ?? ''} · ${word('chain.no-task')}</p>`}
          </li>`;
      })}</ol>
      ${incident.checkIns.length ? html`
        <h3>${word('incident.check-ins')}</h3>
        <ul class="check-ins">${incident.checkIns.map((each) => checkIn(each, commands.ofCheckIn(each)))}</ul>` : nothing}
      ${delegations(reading.delegations, commands.ofDelegation)}
    </section>`;
};
