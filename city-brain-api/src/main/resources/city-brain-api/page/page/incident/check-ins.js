/** One summons: whistled for, due, there (how far off, how late), served, rated. From `checkIns` of an incident, docs/check-in.md. */
import { html, nothing } from '../lib/element.js';
import { short } from '../lib/time.js';
import { number, word } from '../lib/words.js';
import '../lib/due.js';
import { shownEvidence } from './evidence.js';

const step = (isDone, text) => html`<li class=${isDone ? 'past' : 'to-come'}>${text}</li>`;

export const checkIn = (summons, commands) => {
  const { arrival, service, rating, status } = summons;
  const isEnded = status === 'ABSENT' || status === 'RELEASED';
  return html`
    <li class="check-in" data-test="check-in" data-department=${summons.department.code} data-status=${status}>
      <span class="first">
        <b class="who">${summons.department.name}</b>
        ${summons.round > 1 ? html`<span class="soft">${word('check-in.round', { round: number(summons.round) })}</span>` : nothing}
        ${status === 'SUMMONED'
          ? html`<city-due data-test="check-in-light" .from=${summons.whistledAt} .due=${summons.dueAt}></city-due>`
          : html`<span class=${status === 'ABSENT' ? 'flag red' : 'soft'}>${word(`check-in.${status}`)}</span>`}
      </span>
      <ol class="steps">
        ${step(true, html`${word('check-in.whistled', { who: summons.whistledUnit.name, at: short(summons.whistledAt) })} <span class="soft">${summons.reason}</span>`)}
        ${arrival
          ? step(true, html`${word('check-in.arrived', { who: arrival.by, at: short(arrival.at) })}
              ${arrival.outsideSurroundings ? html`<span class="flag amber">${word('check-in.outside', { metres: number(Math.round(arrival.metersAway)) })}</span>` : html`<span class="soft">${word('check-in.metres', { metres: number(Math.round(arrival.metersAway)) })}</span>`}
              ${arrival.late ? html`<span class="flag red">${word('check-in.late')}</span>` : nothing}`)
          : isEnded ? nothing : step(false, word('check-in.due', { at: short(summons.dueAt) }))}
        ${service ? step(true, html`${word('check-in.served', { at: short(service.at) })} <span class="soft">${service.text}</span> ${shownEvidence(service.evidence)}`) : nothing}
        ${rating ? step(true, html`<b>${word(`rating.${rating.rating}`)}</b> <span class="soft">${rating.by} ${short(rating.at)} ${rating.reason}</span>`) : nothing}
      </ol>
      ${commands}
    </li>`;
};
