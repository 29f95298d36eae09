/**
 * How the unit does: what is open, how well it was handled, how departments came, whether every report is accounted for. Each part asks its own
 * endpoint, and is left out for whom the server would refuse it (docs/access.csv). `unit` and `span` are in the address.
 */
import { Element, html, nothing } from '../lib/element.js';
import { show } from '../lib/address.js';
import { word } from '../lib/words.js';
import { SPANS, spanOf } from '../numbers/span.js';
import '../numbers/overview.js';
import '../numbers/departments.js';
import '../numbers/ledger.js';
import '../numbers/alarm-rates.js';

const LOOK_AGAIN_MILLIS = 60_000;

/** The city's operators, its analysts and its administrators. */
const seesSources = ({ roles, unit }) => roles.includes('ANALYST') || roles.includes('ADMIN') || (roles.includes('OPERATOR') && unit?.tier === 'CITY');
const seesOverview = ({ roles }) => ['OPERATOR', 'DEPARTMENT', 'ANALYST', 'GRID_WORKER'].some((role) => roles.includes(role));

class Numbers extends Element {
  static properties = { person: { attribute: false }, span: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.span = spanOf(this.shown.span);
    const timer = setInterval(() => document.hidden || (this.span = spanOf(this.shown.span)), LOOK_AGAIN_MILLIS);
    this.until(() => clearInterval(timer));
  }

  addressChanged(state, before) {
    if (state.span !== before.span) this.span = spanOf(state.span);
  }

  render() {
    const { person, span } = this;
    const unit = this.shown.unit ?? null;
    return html`
      <div class="desk numbers stack" data-test="numbers">
        <div class="row">
          <div class="row segments" role="group" aria-label=${word('numbers.span')}>
            ${Object.keys(SPANS).map((name) => html`
              <button type="button" aria-pressed=${span.name === name ? 'true' : 'false'} data-test="span-${name}" @click=${() => show({ span: name === '24h' ? null : name })}>${word(`numbers.span.${name}`)}</button>`)}
          </div>
          <button type="button" @click=${() => { this.span = spanOf(span.name); }}>${word('numbers.again')}</button>
        </div>
        ${seesOverview(person) ? html`<city-overview .person=${person} .unit=${unit} .span=${span}></city-overview>` : nothing}
        <city-department-scores .unit=${unit} .span=${span}></city-department-scores>
        ${seesSources(person) ? html`<city-ledger .span=${span}></city-ledger>` : nothing}
        ${seesSources(person) ? html`<city-alarm-rates .span=${span}></city-alarm-rates>` : nothing}
      </div>`;
  }
}

customElements.define('city-numbers', Numbers);
