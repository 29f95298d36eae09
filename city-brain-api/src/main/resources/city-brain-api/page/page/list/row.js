/** One incident in the list: how grave, what, where, who has it, how it stands, how long is left. */
import { classMap, html, nothing } from '../lib/element.js';
import { short } from '../lib/time.js';
import { typeName } from '../lib/types.js';
import { knownName, unitName } from '../lib/unit-names.js';
import { number, word, wordOr } from '../lib/words.js';
import '../lib/due.js';

const STREET_DIGITS = 9;

/** Street and grid: the district is in the name of whoever commands it, or on the map. */
function place(incident) {
  const code = incident.gridCode;
  if (!code) return unitName(incident.commandingUnit);
  const grid = unitName(code);
  const street = code.length > STREET_DIGITS ? knownName(code.slice(0, STREET_DIGITS)) : '';
  return street && grid !== code ? `${street} · ${grid}` : grid;
}

/** Whoever commands stands above the grid as a rule: its name comes with that of the grid. */
const commander = ({ commandingUnit, gridCode }) => (gridCode?.startsWith(commandingUnit) ? knownName(commandingUnit) || commandingUnit : unitName(commandingUnit));

export const levelWord = (incident) => (incident.level ? word(`level.${incident.level}`) : word('level.everyday'));

export const levelSign = (incident) => html`
  <span class="level ${incident.level ? `level-${incident.level}` : 'everyday'}" title=${levelWord(incident)}>
    <span aria-hidden="true">${incident.level ?? incident.scope ?? '–'}</span><span class="visually-hidden">${levelWord(incident)}</span></span>`;

/** @param {{isChosen: boolean, isGone: boolean, tabindex: number, open: () => void}} how */
export const row = (incident, { isChosen = false, isGone = false, tabindex = 0, open }) => html`
  <button type="button" class=${classMap({ incident: true, chosen: isChosen, gone: isGone, [`level-${incident.level}`]: incident.level })}
    data-test="incident-row" data-number=${incident.number} data-id=${incident.id} tabindex=${tabindex}
    aria-current=${isChosen ? 'true' : nothing} @click=${open}>
    <span class="first">
      ${levelSign(incident)}
      <b class="what">${typeName(incident.type)}</b>
      ${isGone
        ? html`<span class="soft">${word('list.gone')}</span>`
        : incident.dueAt
          ? html`<city-due class="number" .from=${incident.dueFrom} .due=${incident.dueAt}></city-due>`
          : html`<span class="soft number">${short(incident.openedAt)}</span>`}
    </span>
    <span class="second"><span class="where-at">${place(incident)}</span><span class="status">${wordOr(`status.${incident.status}`, incident.status)}</span></span>
    <span class="third soft">
      <span class="who">${word('list.commanded-by', { unit: commander(incident) })}</span>
      ${incident.peopleAffected ? html`<span class="number">${word('common.people', { count: number(incident.peopleAffected) })}</span>` : nothing}
      <span class="number">${incident.number}</span>
    </span>
  </button>`;
