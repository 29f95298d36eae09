/**
 * `<city-pick-handlers>`: which units and departments are called. Units by walking down from where the right to call them ends
 * (`GET /v1/units/{code}/children`), departments those that answer here first (`GET /v1/departments?unit=`).
 */
import { Element, html, nothing } from '../lib/element.js';
import { read, readAll } from '../lib/api.js';
import { learnUnit, onUnitNames, unitName } from '../lib/unit-names.js';
import { sayRefused } from '../lib/refusals.js';
import { word } from '../lib/words.js';

const MOST = 50;

class PickHandlers extends Element {
  static properties = {
    incident: { attribute: false }, tasks: { attribute: false }, scope: { attribute: false }, takesUnits: { attribute: false }, isRequired: { attribute: false },
    of: { attribute: false }, value: { attribute: false }, at: { state: true }, below: { state: true }, departments: { state: true }, failure: { state: true }, text: { state: true },
  };

  connectedCallback() {
    super.connectedCallback();
    this.until(onUnitNames(() => this.requestUpdate()));
  }

  firstUpdated() {
    this.#readDepartments();
    if (this.takesUnits) this.#walk(this.#start());
  }

  /** As deep in the incident's chain as its street, so that its neighbours are there at once. */
  #start() {
    const { chain } = this.incident;
    return (chain.findLast((unit) => ['DISTRICT', 'STREET'].includes(unit.tier) && unit.code.startsWith(this.scope)) ?? { code: this.scope || '50' }).code;
  }

  async #walk(code) {
    try {
      const page = await read(`/v1/units/${code}/children`, { limit: 1000 });
      page.items.forEach(learnUnit);
      this.at = code;
      this.text = '';
      this.below = page.items;
    } catch (refused) {
      this.failure = refused;
    }
  }

  async #readDepartments() {
    try {
      const all = await readAll('/v1/departments', { unit: this.of });
      const responsible = new Set((this.incident.picture.departments ?? []).map((department) => department.code));
      this.departments = all
        .filter((department) => department.unit.code.startsWith(this.scope))
        .map((department) => ({ ...department, isResponsible: responsible.has(department.code) }))
        .sort((a, b) => b.isResponsible - a.isResponsible || b.unit.code.length - a.unit.code.length || a.name.localeCompare(b.name));
    } catch (refused) {
      this.failure = refused;
    }
  }

  #toggle(kind, code) {
    const list = this.value[kind];
    const next = list.includes(code) ? list.filter((each) => each !== code) : [...list, code].slice(0, MOST);
    this.dispatchEvent(new CustomEvent('picked', { detail: { ...this.value, [kind]: next } }));
  }

  #path() {
    const codes = [2, 6, 9, 12].filter((length) => length <= this.at.length).map((length) => this.at.slice(0, length));
    return codes.filter((code) => code.startsWith(this.scope));
  }

  render() {
    const busy = new Set(this.tasks.filter((task) => task.role !== 'NOTIFY' && !['COMPLETED', 'RETURNED'].includes(task.status)).map((task) => task.department?.code ?? task.unit.code));
    return html`
      <fieldset class="options handlers"><legend>${word(this.takesUnits ? 'field.handlers' : 'field.departments')}${this.isRequired ? html`<span class="wanted" aria-hidden="true"> *</span>` : nothing}</legend>
        ${this.#chosen()}
        <div class="tall"><b>${word('field.departments')}</b>
          ${this.departments ? this.departments.length ? this.departments.map((department) => html`
            <label class="choice"><input type="checkbox" value=${department.code} data-test="pick-department" ?disabled=${this.takesUnits && busy.has(department.code)} .checked=${this.value.departments.includes(department.code)} @change=${() => this.#toggle('departments', department.code)}>
              ${department.name} <span class="soft">${unitName(department.unit.code)}</span>${department.isResponsible ? html` <span class="flag green">${word('field.responsible')}</span>` : nothing}${busy.has(department.code) ? html` <span class="soft">${word('field.busy')}</span>` : nothing}</label>`)
            : html`<p class="soft">${word('picture.nothing')}</p>` : html`<p class="soft">${word('common.wait')}</p>`}</div>
        ${this.takesUnits && this.below ? html`
          <div class="tall"><b>${word('field.units')}</b>
            <span class="row">${this.#path().map((code) => html`<button type="button" class="plain" @click=${() => this.#walk(code)}>${unitName(code)} ›</button>`)}
              <input type="search" .value=${this.text} placeholder=${word('field.filter')} aria-label=${word('field.filter')} @input=${(event) => { this.text = event.target.value; }}></span>
            ${this.below.filter((unit) => unit.name.includes(this.text)).map((unit) => html`
              <span class="row"><label class="choice grow"><input type="checkbox" value=${unit.code} data-test="pick-unit" ?disabled=${busy.has(unit.code)} .checked=${this.value.units.includes(unit.code)} @change=${() => this.#toggle('units', unit.code)}> ${unit.name}${busy.has(unit.code) ? html` <span class="soft">${word('field.busy')}</span>` : nothing}</label>
                ${unit.tier === 'GRID' || unit.tier === 'MICRO_GRID' ? nothing : html`<button type="button" class="plain" aria-label=${word('field.into-unit', { unit: unit.name })} @click=${() => this.#walk(unit.code)}>›</button>`}</span>`)}</div>` : nothing}
        ${this.failure ? html`<p class="refused" role="alert">${sayRefused(this.failure)}</p>` : nothing}
      </fieldset>`;
  }

  #chosen() {
    const names = new Map((this.departments ?? []).map((department) => [department.code, department.name]));
    const chips = [...this.value.units.map((code) => ['units', code, unitName(code)]), ...this.value.departments.map((code) => ['departments', code, names.get(code) ?? code])];
    return chips.length ? html`<ul class="chips">${chips.map(([kind, code, name]) => html`<li><button type="button" class="chip" @click=${() => this.#toggle(kind, code)}>${name} ×</button></li>`)}</ul>` : nothing;
  }
}

customElements.define('city-pick-handlers', PickHandlers);
