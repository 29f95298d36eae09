/** What is off the list and may go to a grid after all (下派): who asks, what for, and what was decided. `GET /v1/delegations?incident=`. */
import { html, nothing } from '../lib/element.js';
import { short } from '../lib/time.js';
import { number, word } from '../lib/words.js';

const STREET_DIGITS = 9;

/** By an operator of the grid's street or of a unit above it, never by who asked. */
export const mayDecide = (delegation, person) =>
  delegation.status === 'REQUESTED' && person.roles.includes('OPERATOR') && delegation.requestedBy !== person.name
  && person.unit?.code.length <= STREET_DIGITS && delegation.grid.code.startsWith(person.unit.code);

/** Whether this person may ask that a grid be given it. */
export const mayAsk = ({ incident, lines }, person) =>
  !['CLOSED', 'FALSE_ALARM', 'MERGED'].includes(incident.status) && person.roles.some((role) => role === 'OPERATOR' || role === 'DEPARTMENT')
  && lines.some((line) => line.kind === 'DISPATCHED' && line.detail?.offList);

/** @param commandsOf what may be pressed of one */
export const delegations = (all, commandsOf) => (all.length ? html`
  <h3>${word('delegation.title')}</h3>
  <ul class="check-ins">${all.map((delegation) => html`
    <li class="check-in" data-test="delegation" data-status=${delegation.status}>
      <span class="first"><b class="who">${delegation.grid.name}</b> <span class=${delegation.status === 'REQUESTED' ? 'flag amber' : 'soft'}>${word(`delegation.${delegation.status}`)}</span></span>
      <span>${word('delegation.terms', { yuan: number(delegation.budgetYuan), manual: delegation.manual })}</span>
      <span><q>${delegation.reason}</q> <span class="soft">${delegation.requestedBy} ${short(delegation.requestedAt)}</span></span>
      ${delegation.decidedAt ? html`<span><q>${delegation.decisionReason}</q> <span class="soft">${delegation.decidedBy} ${short(delegation.decidedAt)}</span></span>` : nothing}
      ${commandsOf(delegation)}
    </li>`)}</ul>` : nothing);
