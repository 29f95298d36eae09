/** The item catalogue (事项清单): every incident type with what is assumed of it; searched by name, code or category. */
import { html, live } from '../lib/element.js';
import { named, word } from '../lib/words.js';

const LEVELS = ['I', 'II', 'III', 'IV'];
const SCOPES = ['R1', 'R2', 'R3'];

export function showCatalogue(document, cells, { search = '', onSearch } = {}) {
  const wanted = search.trim().toLowerCase();
  const rows = document.types.map((type, i) => ({ type, i })).filter(({ type }) => !wanted
    || [type.code, ...Object.values(type.names), word(`category.${type.category}`), word(`board.${type.board}`)].some((text) => text.toLowerCase().includes(wanted)));
  return html`
    <div class="row"><label class="row">${word('policies.catalogue.search')}
      <input type="search" data-test="catalogue-search" .value=${live(search)} @input=${({ target }) => onSearch?.(target.value)}></label>
      <span class="soft" role="status">${word('policies.catalogue.count', { shown: rows.length, all: document.types.length })}</span></div>
    <div class="scroll high" tabindex="0"><table>
      <thead><tr><th scope="col">${word('policies.column.type')}</th><th scope="col">${word('policies.column.category')}</th><th scope="col">${word('policies.catalogue.board')}</th>
        <th scope="col">${word('policies.catalogue.level')}</th><th scope="col" class="right">${word('policies.catalogue.people')}</th><th scope="col" class="right">${word('policies.catalogue.area')}</th>
        <th scope="col" class="right">${word('policies.correlation.meters')}</th><th scope="col" class="right">${word('policies.correlation.minutes')}</th>
        <th scope="col">${word('policies.catalogue.delegable')}</th><th scope="col">${word('policies.catalogue.key-place')}</th><th scope="col">${word('policies.column.source')}</th></tr></thead>
      <tbody>${rows.map(({ type, i }) => {
        const at = `/types/${i}`;
        const name = named(type.names, type.code);
        return html`
          <tr><th scope="row">${name} <span class="soft">${type.code}</span></th><td>${word(`category.${type.category}`)}</td><td>${word(`board.${type.board}`)}</td>
            <td>${type.defaultLevel !== undefined
              ? cells.choice(`${at}/defaultLevel`, type.defaultLevel, `${name} ${word('policies.catalogue.level')}`, LEVELS, (level) => level)
              : cells.choice(`${at}/defaultScope`, type.defaultScope, `${name} ${word('policies.catalogue.level')}`, SCOPES, (scope) => scope)}</td>
            <td class="number">${cells.number(`${at}/defaultPeople`, type.defaultPeople, `${name} ${word('policies.catalogue.people')}`, { step: 1 })}</td>
            <td class="number">${cells.number(`${at}/defaultAreaSquareKilometers`, type.defaultAreaSquareKilometers, `${name} ${word('policies.catalogue.area')}`)}</td>
            <td class="number">${cells.number(`${at}/correlationMeters`, type.correlationMeters, `${name} ${word('policies.correlation.meters')}`)}</td>
            <td class="number">${cells.number(`${at}/correlationMinutes`, type.correlationMinutes, `${name} ${word('policies.correlation.minutes')}`, { step: 1 })}</td>
            <td>${cells.flag(`${at}/delegable`, type.delegable, `${name} ${word('policies.catalogue.delegable')}`)}</td>
            <td>${cells.flag(`${at}/keyPlaceRaises`, type.keyPlaceRaises, `${name} ${word('policies.catalogue.key-place')}`)}</td>
            <td>${cells.source(`${at}/source`, type.source ?? (cells.isForm ? undefined : document.source))}</td></tr>`;
      })}</tbody></table></div>`;
}
