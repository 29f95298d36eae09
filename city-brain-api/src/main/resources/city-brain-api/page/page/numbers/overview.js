/** What is open in a unit and how well a span was handled, from `GET /v1/overview`: figures, pictures, and the units below to go into. */
import { Element, html, nothing } from '../lib/element.js';
import { read } from '../lib/api.js';
import { show } from '../lib/address.js';
import { dateTime, short } from '../lib/time.js';
import { number, percent, word } from '../lib/words.js';
import { refusal } from '../desk/refusal.js';
import { breachesChart, onTimeChart, openByLevelChart, openByTierChart, trendChart } from './overview-charts.js';
import { minutes } from './minutes.js';
import './units-below.js';

class Overview extends Element {
  static properties = { person: { attribute: false }, unit: {}, span: { attribute: false }, overview: { state: true }, chain: { state: true }, refused: { state: true } };

  willUpdate(changed) {
    if (changed.has('unit') || changed.has('span')) this.#read(changed.has('unit'));
  }

  async #read(isOther) {
    if (isOther) this.overview = undefined;
    const turn = (this.turn = (this.turn ?? 0) + 1);
    try {
      const overview = await read('/v1/overview', { unit: this.unit, from: this.span.from, to: this.span.to });
      if (turn !== this.turn) return;
      this.overview = overview;
      this.refused = undefined;
      this.#nameWay(overview.unit);
    } catch (refused) {
      if (turn === this.turn) this.refused = refused;
    }
  }

  /** The units between the person's own and the one that is shown, by name. */
  async #nameWay(unit) {
    if (this.chain?.at(-1)?.code === unit.code || unit.code === this.person.unit?.code) return;
    try {
      const { chain } = await read(`/v1/units/${unit.code}/chain`);
      this.chain = chain;
    } catch {
      // Their codes say it as well.
    }
  }

  render() {
    if (this.refused) return html`${refusal(this.refused)}
      ${this.unit ? html`<button type="button" @click=${() => show({ unit: null })}>${word('numbers.own-unit')}</button>` : nothing}`;
    if (!this.overview) return html`<p class="soft">${word('common.wait')}</p>`;
    const { unit, open, figures, asOf } = this.overview;
    return html`
      <section class="stack" aria-labelledby="overview-title">
        <header class="row">
          ${this.#way(unit)}
          <h2 id="overview-title">${unit.name}</h2>
          <span class="soft" role="status">${word('numbers.as-of', { at: dateTime(asOf) })}</span>
        </header>
        <dl class="figures">
          ${this.#figure('open', number(open.count), open.oldestOpenedAt ? word('numbers.oldest', { at: short(open.oldestOpenedAt) }) : '')}
          ${this.#figure('opened', number(figures.opened))}
          ${this.#figure('closed', number(figures.closed), word('numbers.closing-rate', { rate: percent(figures.closingRate) }))}
          ${this.#figure('onTimeRate', percent(figures.onTimeRate), this.#missed(figures))}
          ${this.#figure('breaches', number(figures.breaches.deadlinesMissed + figures.breaches.escalated + figures.breaches.supervised))}
          ${this.#figure('falseAlarms', number(figures.falseAlarms))}
          ${this.#figure('reworkRate', percent(figures.reworkRate), word('numbers.reopened', { count: number(figures.reopened) }))}
          ${this.#figure('medianSecondsToAcknowledge', minutes(figures.medianSecondsToAcknowledge))}
          ${this.#figure('medianSecondsToResolve', minutes(figures.medianSecondsToResolve))}
        </dl>
        <div class="charts">
          ${[openByLevelChart, openByTierChart, onTimeChart, trendChart, breachesChart].map((chart) => this.#chart(chart(this.overview)))}
        </div>
        <city-units-below .units=${this.overview.units}></city-units-below>
      </section>`;
  }

  /** Back up to the own unit, one tier a step. */
  #way(unit) {
    const own = this.person.unit?.code;
    if (!own || unit.code === own) return nothing;
    const above = [2, 6, 9, 12].filter((length) => length < unit.code.length && length >= own.length).map((length) => unit.code.slice(0, length));
    return html`<nav class="row" aria-label=${word('numbers.above')}>
      ${above.map((code) => html`<button type="button" class="plain" @click=${() => show({ unit: code === own ? null : code })}>${this.chain?.find((link) => link.code === code)?.name ?? code} ›</button>`)}</nav>`;
  }

  #missed({ acknowledging, resolving }) {
    const missed = acknowledging.missed + resolving.missed;
    const all = missed + acknowledging.kept + resolving.kept;
    return all ? word('numbers.missed', { missed: number(missed), all: number(all) }) : word('numbers.no-deadlines');
  }

  #figure(name, value, note = '') {
    return html`
      <div class="panel figure" tabindex="0" aria-describedby="means-${name}" data-test="figure-${name}">
        <dt>${word(`numbers.figure.${name}`)}</dt><dd>${value}</dd><dd class="soft remark">${note}</dd>
        <p class="meaning" role="tooltip" id="means-${name}">${word(`numbers.means.${name}`)}</p>
      </div>`;
  }

  #chart({ key, columns, rows, option }) {
    return html`<city-chart name=${word(`numbers.chart.${key}`)} means=${word(`numbers.chart.${key}.means`)} test="chart-${key}"
      .columns=${columns} .rows=${rows} .option=${option} class=${key === 'trend' ? 'broad' : ''}></city-chart>`;
  }
}

customElements.define('city-overview', Overview);
