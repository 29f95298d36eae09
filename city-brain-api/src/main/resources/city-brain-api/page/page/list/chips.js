/** What the address leaves away from the list, each with a press to take it off; and the choices of type and status. */
import { html, nothing } from '../lib/element.js';
import { show } from '../lib/address.js';
import { knownTypes, typeName } from '../lib/types.js';
import { unitName } from '../lib/unit-names.js';
import { word } from '../lib/words.js';

const OPEN_STATUSES = ['DISPATCHED', 'ACKNOWLEDGED', 'IN_PROGRESS', 'CONTAINED', 'RESOLVED', 'VERIFIED'];
const LEVELS = ['I', 'II', 'III', 'IV', 'everyday'];

const without = (list, value) => list.filter((each) => each !== value);
const toggled = (list, value) => (list.includes(value) ? without(list, value) : [...list, value]);

/** One for each value that the address holds. */
function held(state) {
  const chips = [];
  const lists = { level: (value) => word(`level.${value}`), scope: (value) => word(`scope.${value}`), type: typeName, status: (value) => word(`status.${value}`) };
  for (const [name, say] of Object.entries(lists)) {
    for (const value of state[name] ?? []) chips.push({ name, text: say(value), clear: () => show({ [name]: without(state[name], value) }) });
  }
  if (state.unit) chips.push({ name: 'unit', text: unitName(state.unit), clear: () => show({ unit: null }) });
  if (state.due === 'over') chips.push({ name: 'due', text: word('screen.overdue'), clear: () => show({ due: null }) });
  return chips;
}

export function chips(state) {
  const all = held(state);
  if (!all.length) return nothing;
  return html`
    <ul class="chips" aria-label=${word('list.filters')}>
      ${all.map((chip) => html`
        <li><button type="button" class="chip" data-test="filter-chip" data-name=${chip.name} @click=${chip.clear}
          aria-label=${word('list.clear-one', { what: chip.text })}>${chip.text}<span aria-hidden="true"> ×</span></button></li>`)}
      ${all.length > 1 ? html`
        <li><button type="button" class="plain" @click=${() => show({ level: [], scope: [], type: [], status: [], unit: null, due: null })}>${word('list.clear-all')}</button></li>` : nothing}
    </ul>`;
}

/** @param {Map<string, number>} types how many of each type are open */
export function choices(state, types) {
  const box = (name, value, text) => html`
    <label class="choice"><input type="checkbox" .checked=${state[name].includes(value)}
      @change=${() => show({ [name]: toggled(state[name], value) })}> ${text}</label>`;
  const codes = [...new Set([...types.keys(), ...state.type, ...(types.size ? [] : knownTypes())])]
    .sort((a, b) => (types.get(b) ?? 0) - (types.get(a) ?? 0));
  return html`
    <fieldset><legend>${word('list.by-level')}</legend>
      ${LEVELS.map((level) => box('level', level, word(`level.${level}`)))}
      <label class="choice"><input type="checkbox" .checked=${state.due === 'over'}
        @change=${(event) => show({ due: event.target.checked ? 'over' : null })}> ${word('screen.overdue')}</label>
    </fieldset>
    <fieldset><legend>${word('list.by-status')}</legend>${OPEN_STATUSES.map((status) => box('status', status, word(`status.${status}`)))}</fieldset>
    <fieldset><legend>${word('list.by-type')}</legend>${codes.map((code) => box('type', code, `${typeName(code)} ${types.get(code) ?? 0}`))}</fieldset>`;
}
