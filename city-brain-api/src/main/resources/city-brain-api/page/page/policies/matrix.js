/** A change matrix as a picture: from the level on the left to the level above, the deeper the more incidents; ▲ more severe, ▼ less, the diagonal stays. */
import { html, nothing } from '../lib/element.js';
import { number, word } from '../lib/words.js';

const DEEPEST = 5;

/** A step deeper for each power of ten, so that one changed incident looks like one in every matrix. */
const depth = (count) => Math.min(DEEPEST, 1 + Math.floor(Math.log10(count)));

/** @param order from the most severe or highest on */
export function heat({ caption, cells, order, nameOf, test }) {
  if (!cells.length) return nothing;
  const names = order.filter((name) => cells.some(({ from, to }) => from === name || to === name));
  const counts = new Map(cells.map(({ from, to, incidents }) => [`${from} ${to}`, incidents]));
  return html`
    <div class="scroll" tabindex="0"><table class="change-matrix" data-test=${test}><caption>${caption}</caption>
      <thead><tr><td class="soft">${word('rehearsal.from-to')}</td>${names.map((name) => html`<th scope="col" class="right">${nameOf(name)}</th>`)}</tr></thead>
      <tbody>${names.map((from, row) => html`<tr><th scope="row">${nameOf(from)}</th>${names.map((to, column) => {
        const count = counts.get(`${from} ${to}`) ?? 0;
        if (row === column) return html`<td class="number same">${number(count)}</td>`;
        if (!count) return html`<td class="number soft">·</td>`;
        const isUp = column < row;
        return html`<td class="number ${isUp ? 'up' : 'down'} heat-${depth(count)}" title=${word('rehearsal.cell', { count: number(count), from: nameOf(from), to: nameOf(to) })}>${isUp ? '▲' : '▼'} ${number(count)}</td>`;
      })}</tr>`)}</tbody></table></div>`;
}
