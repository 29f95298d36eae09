/** The correlation policy (关联规则): which types go together, and for each type within which distance and time reports are one incident. */
import { html, nothing } from '../lib/element.js';
import { read } from '../lib/api.js';
import { named, number, word } from '../lib/words.js';

let types;
let isRead = false;

/** Distances stand in the item catalogue in force; what this policy says replaces them. */
async function readTypes(done) {
  isRead = true;
  try {
    const { items } = await read('/v1/policies/item-catalogue', { status: 'EFFECTIVE' });
    types = (await read(`/v1/policies/item-catalogue/${items[0].version}`)).document.types;
    done();
  } catch {
    isRead = false;
  }
}

const holds = (pattern, code) => (pattern.endsWith('.*') ? code.startsWith(pattern.slice(0, -1)) : code === pattern);

export function showCorrelation(document, cells, { onCatalogue } = {}) {
  if (!isRead) readTypes(() => onCatalogue?.());
  const nameOf = (code) => named(types?.find((type) => type.code === code)?.names, code);
  const distances = document.distances ?? [];
  return html`
    <table class="narrow"><tbody>
      <tr><th scope="row">${word('policies.correlation.days')}</th><td>${cells.number('/mergeableForDays', document.mergeableForDays, word('policies.correlation.days'), { step: 1 })}</td></tr>
      <tr><th scope="row">${word('policies.correlation.together')}</th><td>${document.goesTogether.length
        ? html`<ul class="plain-list">${document.goesTogether.map((group) => html`<li>${group.map(nameOf).join(' + ')} <span class="soft">${group.join(', ')}</span></li>`)}</ul>`
        : word('policies.correlation.alone')}</td></tr>
      <tr><th scope="row">${word('policies.column.source')}</th><td>${cells.source('/source', document.source)}</td></tr>
    </tbody></table>
    ${cells.isForm && distances.length ? html`<table><caption>${word('policies.correlation.rows')}</caption>
      <tbody>${distances.map((row, i) => html`<tr><th scope="row">${row.types.join(', ')}</th>
        <td>${cells.number(`/distances/${i}/meters`, row.meters, word('policies.correlation.meters'), { unit: 'm' })}</td>
        <td>${cells.number(`/distances/${i}/minutes`, row.minutes, word('policies.correlation.minutes'), { unit: word('policies.minutes'), step: 1 })}</td>
        <td>${cells.number(`/distances/${i}/wandersMeters`, row.wandersMeters, word('policies.correlation.wanders'), { unit: 'm' })}</td>
        <td>${cells.source(`/distances/${i}/source`, row.source)}</td></tr>`)}</tbody></table>` : nothing}
    ${types ? html`<div class="scroll high" tabindex="0"><table>
      <caption>${word('policies.correlation.caption')}</caption>
      <thead><tr><th scope="col">${word('policies.column.type')}</th><th scope="col" class="right">${word('policies.correlation.meters')}</th><th scope="col" class="right">${word('policies.correlation.minutes')}</th>
        <th scope="col" class="right">${word('policies.correlation.wanders')}</th><th scope="col">${word('policies.correlation.says')}</th></tr></thead>
      <tbody>${types.map((type) => {
        const row = distances.find(({ types: patterns }) => patterns.some((pattern) => holds(pattern, type.code)));
        return html`<tr><th scope="row">${named(type.names, type.code)} <span class="soft">${type.code}</span></th>
          <td class="number">${number(row?.meters ?? type.correlationMeters)}</td><td class="number">${number(row?.minutes ?? type.correlationMinutes)}</td><td class="number">${number(row?.wandersMeters)}</td>
          <td>${row ? html`<b>${word('policies.correlation.here')}</b>` : word('policies.kind.item-catalogue')}</td></tr>`;
      })}</tbody></table></div>` : nothing}`;
}
