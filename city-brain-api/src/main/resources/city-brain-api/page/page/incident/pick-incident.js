/**
 * `<city-pick-incident>`: the incident that another is the same as: those open ones of its kind that lie nearest, or by a number. Only who
 * commands both may merge them: what others command is shown, with who they are, and cannot be chosen.
 */
import { Element, html, nothing } from '../lib/element.js';
import { short } from '../lib/time.js';
import { typeName } from '../lib/types.js';
import { onUnitNames, unitName } from '../lib/unit-names.js';
import { number, word, wordOr } from '../lib/words.js';

const MOST = 8;
const METRES_OF_A_DEGREE = 111_320;
/** What is RESOLVED has to be reopened before it can take in another. */
const TAKES_IN = new Set(['DISPATCHED', 'ACKNOWLEDGED', 'IN_PROGRESS', 'CONTAINED']);

/** Near enough for sorting neighbours. */
const metres = (a, b) => Math.hypot((a.longitude - b.longitude) * Math.cos((a.latitude * Math.PI) / 180), a.latitude - b.latitude) * METRES_OF_A_DEGREE;

class PickIncident extends Element {
  static properties = { incident: { attribute: false }, live: { attribute: false }, person: { attribute: false }, value: { attribute: false }, text: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.text = '';
    this.until(onUnitNames(() => this.requestUpdate()));
  }

  #near() {
    const group = this.incident.type.split('.')[0];
    const text = this.text.trim();
    return [...this.live.incidents.values()]
      .filter((other) => other.id !== this.incident.id && TAKES_IN.has(other.status))
      .filter((other) => (text ? other.number.includes(text) : other.type.startsWith(`${group}.`)))
      .map((other) => ({ other, away: metres(this.incident.location, other), isCommanded: other.commandingUnit.startsWith(this.person.unit?.code ?? '-') }))
      .sort((a, b) => b.isCommanded - a.isCommanded || a.away - b.away)
      .slice(0, MOST);
  }

  render() {
    const near = this.#near();
    return html`
      <fieldset class="options"><legend>${word('field.into')}<span class="wanted" aria-hidden="true"> *</span></legend>
        <input type="search" .value=${this.text} placeholder=${word('field.number')} aria-label=${word('field.number')} data-test="field-into-search" @input=${(event) => { this.text = event.target.value; }}>
        ${near.length ? near.map(({ other, away, isCommanded }) => html`
          <label class="choice"><input type="radio" name="into" required data-test="field-into" value=${other.id} ?disabled=${!isCommanded} .checked=${this.value === other.id}
            @change=${() => this.dispatchEvent(new CustomEvent('picked', { detail: other.id }))}>
            <b>${typeName(other.type)}</b> ${other.level ?? other.scope ?? ''} ${other.number} <span class="soft">${wordOr(`status.${other.status}`, other.status)} · ${unitName(other.gridCode ?? other.commandingUnit)} · ${short(other.openedAt)} · ${word('picture.metres', { metres: number(Math.round(away)) })}${isCommanded ? nothing : html` · <b>${word('field.into-commanded-by', { unit: unitName(other.commandingUnit) })}</b>`}</span></label>`)
          : html`<p class="soft">${word('field.into-none')}</p>`}
      </fieldset>`;
  }
}

customElements.define('city-pick-incident', PickIncident);
