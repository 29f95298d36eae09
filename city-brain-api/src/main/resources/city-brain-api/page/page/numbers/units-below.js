/** The units directly below one, with their figures: a press on a column puts them in its order, a press on a name goes into the unit. */
import { Element, html, nothing } from '../lib/element.js';
import { show } from '../lib/address.js';
import { number, percent, word } from '../lib/words.js';
import { saveTable } from '../desk/save.js';
import { minutes } from './minutes.js';

const COLUMNS = [
  { key: 'open', of: (row) => row.open, show: number },
  { key: 'opened', of: (row) => row.figures.opened, show: number },
  { key: 'closed', of: (row) => row.figures.closed, show: number },
  { key: 'onTimeRate', of: (row) => row.figures.onTimeRate, show: percent },
  { key: 'breaches', of: ({ figures: { breaches } }) => breaches.deadlinesMissed + breaches.escalated + breaches.supervised, show: number },
  { key: 'medianSecondsToAcknowledge', of: (row) => row.figures.medianSecondsToAcknowledge, show: minutes },
  { key: 'medianSecondsToResolve', of: (row) => row.figures.medianSecondsToResolve, show: minutes },
];
/** Below a grid there is nothing to go into. */
const GRID_DIGITS = 15;

class UnitsBelow extends Element {
  static properties = { units: { attribute: false }, by: { state: true }, isUp: { state: true } };

  constructor() {
    super();
    this.by = 'open';
  }

  #sorted() {
    const { of } = COLUMNS.find((column) => column.key === this.by);
    const side = this.isUp ? 1 : -1;
    return [...this.units].sort((a, b) => {
      const [left, right] = [of(a), of(b)];
      if (left === right) return a.unit.code.localeCompare(b.unit.code);
      if (left === null || right === null) return left === null ? 1 : -1;
      return side * (left - right);
    });
  }

  #press(key) {
    this.isUp = this.by === key ? !this.isUp : key === 'onTimeRate';
    this.by = key;
  }

  render() {
    if (!this.units?.length) return nothing;
    const rows = this.#sorted();
    const most = Math.max(...rows.map((row) => row.open), 1);
    return html`
      <section class="panel" data-test="units-below">
        <div class="row"><h3>${word('numbers.units')}</h3><span class="soft">${word('numbers.units.border')}</span><span class="grow"></span>
          <button type="button" class="plain" @click=${() => this.#save(rows)}>${word('numbers.save')}</button></div>
        <div class="scroll" tabindex="0"><table>
          <thead><tr><th scope="col">${word('numbers.column.unit')}</th>${COLUMNS.map(({ key }) => html`
            <th scope="col" class="right" aria-sort=${this.by === key ? (this.isUp ? 'ascending' : 'descending') : nothing}>
              <button type="button" class="plain" title=${word(`numbers.means.${key}`)} @click=${() => this.#press(key)}>${word(`numbers.figure.${key}`)}${this.by === key ? (this.isUp ? ' ↑' : ' ↓') : ''}</button></th>`)}</tr></thead>
          <tbody>${rows.map((row) => html`
            <tr><th scope="row">${row.unit.code.length < GRID_DIGITS
              ? html`<button type="button" class="plain" @click=${() => show({ unit: row.unit.code })}>${row.unit.name} ›</button>` : row.unit.name}</th>
              ${COLUMNS.map((column) => html`<td class="number">${column.key === 'open' ? html`<meter min="0" max=${most} value=${row.open} aria-hidden="true"></meter> ` : nothing}${column.show(column.of(row))}</td>`)}</tr>`)}
          </tbody></table></div>
      </section>`;
  }

  #save(rows) {
    saveTable(word('numbers.units'), [word('numbers.column.unit'), word('numbers.column.code'), ...COLUMNS.map(({ key }) => word(`numbers.figure.${key}`))],
      rows.map((row) => [row.unit.name, row.unit.code, ...COLUMNS.map((column) => column.of(row))]));
  }
}

customElements.define('city-units-below', UnitsBelow);
