/** How often each source was right, from what people said of its incidents: `GET /v1/sources/alarm-rates`. */
import { Element, html, nothing } from '../lib/element.js';
import { readAll } from '../lib/api.js';
import { number, percent, word } from '../lib/words.js';
import { refusal } from '../desk/refusal.js';
import { saveTable } from '../desk/save.js';

class AlarmRates extends Element {
  static properties = { span: { attribute: false }, rates: { state: true }, refused: { state: true } };

  willUpdate(changed) {
    if (changed.has('span')) this.#read();
  }

  async #read() {
    try {
      const rates = await readAll('/v1/sources/alarm-rates', { from: this.span.from, to: this.span.to, limit: 200 });
      this.rates = rates.sort((a, b) => (b.falseAlarmRate ?? -1) - (a.falseAlarmRate ?? -1));
      this.refused = undefined;
    } catch (refused) {
      this.refused = refused;
    }
  }

  render() {
    return html`
      <section class="panel" aria-labelledby="rates-title" data-test="alarm-rates">
        <div class="row"><h2 id="rates-title">${word('numbers.rates')}</h2><span class="soft">${word('numbers.rates.means')}</span><span class="grow"></span>
          ${this.rates?.length ? html`<button type="button" class="plain" @click=${() => this.#save()}>${word('numbers.save')}</button>` : nothing}</div>
        ${this.refused ? refusal(this.refused) : nothing}
        ${this.rates && !this.rates.length ? html`<p class="soft">${word('numbers.rates.none')}</p>` : nothing}
        ${this.rates?.length ? html`<div class="scroll" tabindex="0"><table>
          <thead><tr><th scope="col">${word('numbers.column.source')}</th>${['confirmed', 'false', 'missed', 'falseAlarmRate', 'missedAlarmRate'].map((key) => html`<th scope="col" class="right">${word(`numbers.rates.${key}`)}</th>`)}</tr></thead>
          <tbody>${this.rates.map((rate) => html`
            <tr><th scope="row">${rate.sourceId} <span class="soft">${word(`source.${rate.sourceKind}`)}</span></th><td class="number">${number(rate.confirmed)}</td><td class="number">${number(rate.false)}</td><td class="number">${number(rate.missed)}</td>
              <td class="number">${percent(rate.falseAlarmRate)}</td><td class="number">${percent(rate.missedAlarmRate)}</td></tr>`)}</tbody></table></div>` : nothing}
      </section>`;
  }

  #save() {
    const keys = ['sourceId', 'sourceKind', 'confirmed', 'false', 'missed', 'falseAlarmRate', 'missedAlarmRate'];
    saveTable(word('numbers.rates'), keys, this.rates.map((rate) => keys.map((key) => rate[key])));
  }
}

customElements.define('city-alarm-rates', AlarmRates);
