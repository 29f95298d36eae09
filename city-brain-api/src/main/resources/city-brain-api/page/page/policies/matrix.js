/** A change matrix as a picture: from the level on the left to the level above, the deeper the more incidents; ▲ more severe, ▼ less, the diagonal stays. */
import { html, nothing } from '../lib/element.js';
import { number, word } from '../lib/words.js';

const STEPS = 5;

/** @param order from the most severe or highest on */
export function heat({ caption, cells, order, nameOf, test }) {
  if (!cells.length) return nothing;
  const names = order.filter((name) => cells.some(({ from, to }) => from === name || to === name));
  const counts = new Map(cells.map(({ from, to, incidents }) => [`${from} ${to}`, incidents]));
  const most = Math.max(...cells.filter(({ from, to }) => from !== to).map(({ incidents }) => incidents), 1);
  const depth = (count) => Math.max(1, Math.ceil((STEPS * Math.log1p(count)) / Math.log1p(most)));
  return html`
    <div class="scroll"><table class="heat" data-test=${test}><caption>${caption}</caption>
      <thead><tr><td class="soft">${word('rehearsal.from-to')}</td>${names.map((name) => html`<th scope="col" class="right">${nameOf(name)}</th>`)}</tr></thead>
      <tbody>${names.map((from, row) => html`<tr><th scope="row">${nameOf(from)}</th>${names.map((to, column) => {
        const count = counts.get(`${from} ${to}`) ?? 0;
        if (row === column) return html`<td class="number same">${number(count)}</td>`;
        if (!count) return html`<td class="number soft">·</td>`;
        const isUp = column < row;
        return html`<td class="number ${isUp ? 'up' : 'down'} heat-${depth(count)}" title=${word('rehearsal.cell', { count: number(count), from: nameOf(from), to: nameOf(to) })}>${isUp ? '▲' : '▼'} ${number(count)}</td>`;
      })}</tr>`)}</tbody></table></div>`;
}
