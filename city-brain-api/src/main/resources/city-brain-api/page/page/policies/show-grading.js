/** The grading table (分级标准): for each category and axis the lower bounds of levels I to III, and where each comes from. */
import { html } from '../lib/element.js';
import { word, wordOr } from '../lib/words.js';

const LEVELS = ['I', 'II', 'III'];

export function showGrading(document, cells) {
  const level = (name) => name;
  return html`
    <div class="scroll high" tabindex="0"><table>
      <caption>${word('policies.grading.caption')}</caption>
      <thead><tr><th scope="col">${word('policies.column.category')}</th><th scope="col">${word('policies.column.axis')}</th><th scope="col">${word('policies.column.types')}</th>
        ${LEVELS.map((name) => html`<th scope="col" class="right"><span class="level level-${name}">${name}</span></th>`)}
        <th scope="col">${word('policies.column.unit')}</th><th scope="col">${word('policies.column.source')}</th></tr></thead>
      <tbody>${document.axes.map((row, i) => html`
        <tr><th scope="row">${row.category ? word(`category.${row.category}`) : word('policies.any-category')}</th><td>${wordOr(`axis.${row.axis}`, row.axis)}</td>
          <td>${row.types ? row.types.join(', ') : html`<span class="soft">${word('policies.all-types')}</span>`}</td>
          ${LEVELS.map((name) => html`<td class="number">${cells.number(`/axes/${i}/thresholds/${name}`, row.thresholds[name], `${wordOr(`axis.${row.axis}`, row.axis)} ${name}`)}</td>`)}
          <td>${wordOr(`axis-unit.${row.unit}`, row.unit)}</td>
          <td>${cells.source(`/axes/${i}/source`, row.source)}</td></tr>`)}</tbody></table></div>
    <table class="narrow"><tbody>
      <tr><th scope="row">${word('policies.grading.key-place')}</th><td>${cells.number('/keyPlace/raisesByLevels', document.keyPlace.raisesByLevels, word('policies.grading.key-place'), { step: 1 })}</td>
        <td>${cells.source('/keyPlace/source', document.keyPlace.source)}</td></tr>
      <tr><th scope="row">${word('policies.grading.uncorroborated')}</th><td>${cells.choice('/uncorroborated/opensAt', document.uncorroborated.opensAt, word('policies.grading.uncorroborated'), ['I', 'II', 'III', 'IV'], level)}</td>
        <td>${cells.source('/uncorroborated/source', document.uncorroborated.source)}</td></tr>
      <tr><th scope="row">${word('policies.grading.streets')}</th><td>${cells.choice('/scope/moreThanOneStreet', document.scope.moreThanOneStreet, word('policies.grading.streets'), ['R1', 'R2', 'R3'], level)}</td>
        <td>${cells.source('/scope/source', document.scope.source)}</td></tr>
    </tbody></table>`;
}
