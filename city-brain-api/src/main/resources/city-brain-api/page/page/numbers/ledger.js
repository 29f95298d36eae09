/**
 * Whether every report is accounted for (守恒台账), from `GET /v1/ledger`: what came in and what became of it as two bars of one length, for all time;
 * below them the same for each source and the span, and why reports were refused. Both ends are counted by themselves, neither is derived from the other.
 */
import { Element, html, nothing } from '../lib/element.js';
import { read } from '../lib/api.js';
import { size } from '../lib/size.js';
import { number, word, wordOr } from '../lib/words.js';
import { refusal } from '../desk/refusal.js';
import './chart.js';

const IN = ['received', 'refused'];
const OUT = ['opened', 'merged', 'rejected', 'parked', 'discarded', 'duplicates', 'waiting'];
const COLOURS = {
  received: 'accent', refused: 'red', opened: 'level-II', merged: 'green', rejected: 'red', parked: 'amber', discarded: 'line', duplicates: 'soft', waiting: 'map-line',
};

class Ledger extends Element {
  static properties = { span: { attribute: false }, ledger: { state: true }, ofSpan: { state: true }, refused: { state: true } };

  willUpdate(changed) {
    if (changed.has('span')) this.#read();
  }

  async #read() {
    try {
      const { from, to } = this.span;
      [this.ledger, this.ofSpan] = await Promise.all([read('/v1/ledger'), read('/v1/ledger', { from: hoursAgo(from), to })]);
      this.refused = undefined;
    } catch (refused) {
      this.refused = refused;
    }
  }

  render() {
    return html`
      <section class="stack" aria-labelledby="ledger-title" data-test="ledger">
        <h2 id="ledger-title">${word('numbers.ledger')}</h2>
        ${this.refused ? refusal(this.refused) : nothing}
        ${this.ledger ? this.#balance() : nothing}
        ${this.ofSpan ? [this.#sources(), this.#reasons()] : nothing}
      </section>`;
  }

  #balance() {
    const { totals, counting } = this.ledger;
    const state = counting ? 'counting' : totals.balanced ? 'balanced' : 'unbalanced';
    return html`
      <p class="row balance ${state}" role="status" data-test="ledger-balance"><b>${state === 'balanced' ? '=' : state === 'counting' ? '…' : '≠'}</b>
        ${word(`numbers.ledger.${state}`, { difference: number(totals.difference) })}</p>
      <city-chart name=${word('numbers.ledger.picture')} means=${word('numbers.ledger.means')} test="chart-ledger"
        .columns=${[{ name: word('numbers.ledger.side') }, { name: word('numbers.ledger.kind') }, { name: word('numbers.ledger.reports'), isNumber: true }]}
        .rows=${[...IN.map((kind) => [word('numbers.ledger.in'), word(`ledger.${kind}`), totals[kind]]), ...OUT.map((kind) => [word('numbers.ledger.out'), word(`ledger.${kind}`), totals[kind]])]}
        .option=${(rows, colour) => this.#twoBars(rows, colour)}></city-chart>`;
  }

  #twoBars(rows, colour) {
    const sides = [word('numbers.ledger.in'), word('numbers.ledger.out')];
    const kinds = [...IN, ...OUT];
    return {
      tooltip: { trigger: 'item', formatter: ({ seriesName, value }) => `${seriesName} ${number(value)}` },
      xAxis: { type: 'value' },
      yAxis: { type: 'category', inverse: true, data: sides, axisLabel: { color: colour('text') } },
      series: rows.map(([side, name, count], i) => ({
        name, type: 'bar', stack: 'all', barWidth: 34,
        color: colour(COLOURS[kinds[i]]), itemStyle: { borderColor: colour('panel'), borderWidth: 1 },
        data: sides.map((other) => (other === side ? count : null)),
        label: { show: count > 0, color: colour('on-accent'), formatter: ({ value }) => (value && value * 14 > total(rows) ? number(value) : '') },
      })),
    };
  }

  /** Intake by source, in the span. */
  #sources() {
    const sources = new Map();
    for (const line of this.ofSpan.lines) {
      const row = sources.get(line.source) ?? Object.fromEntries([...IN, ...OUT].map((kind) => [kind, 0]));
      for (const kind of [...IN, ...OUT]) row[kind] += line[kind];
      sources.set(line.source, row);
    }
    const rows = [...sources].map(([source, row]) => [source, row.received + row.refused, ...IN.map((kind) => row[kind]), ...OUT.map((kind) => row[kind])])
      .sort((a, b) => b[1] - a[1]);
    return html`
      <city-chart name=${word('numbers.sources')} means=${word('numbers.sources.means')} test="chart-sources"
        .columns=${[{ name: word('numbers.column.source') }, { name: word('numbers.ledger.in'), isNumber: true }, ...[...IN, ...OUT].map((kind) => ({ name: word(`ledger.${kind}`), isNumber: true }))]}
        .rows=${rows} .option=${(all, colour) => this.#sourceBars(all.slice(0, 12), colour)}></city-chart>`;
  }

  /** What was refused at the gate, by its reason, in the span. */
  #reasons() {
    const reasons = new Map();
    for (const { reason, reports } of this.ofSpan.refusals) reasons.set(reason, (reasons.get(reason) ?? 0) + reports);
    const rows = [...reasons].sort((a, b) => b[1] - a[1]).map(([reason, reports]) => [wordOr(`refused.${reason}`, reason), reports, reason]);
    return rows.length ? html`
      <city-chart name=${word('numbers.refusals')} means=${word('numbers.refusals.means')} test="chart-refusals"
        .columns=${[{ name: word('numbers.column.reason') }, { name: word('numbers.ledger.reports'), isNumber: true }, { name: word('numbers.column.code') }]}
        .rows=${rows} .option=${(all, colour) => this.#reasonBars(all, colour)}></city-chart>` : nothing;
  }

  #reasonBars(rows, colour) {
    return {
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
      xAxis: { type: 'value', minInterval: 1 },
      yAxis: { type: 'category', inverse: true, data: rows.map((row) => row[0]), axisLabel: { color: colour('text') } },
      series: [{ name: word('ledger.refused'), type: 'bar', barMaxWidth: 22 * size(), color: colour('red'), data: rows.map((row) => row[1]) }],
    };
  }

  #sourceBars(rows, colour) {
    return {
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
      xAxis: { type: 'value', minInterval: 1 },
      yAxis: { type: 'category', inverse: true, data: rows.map((row) => row[0]), axisLabel: { color: colour('text') } },
      series: IN.map((kind, i) => ({ name: word(`ledger.${kind}`), type: 'bar', stack: 'in', barMaxWidth: 22 * size(), color: colour(COLOURS[kind]), data: rows.map((row) => row[2 + i]) })),
    };
  }
}

/** The ledger counts whole hours, and at most 31 days of them. */
const hoursAgo = (from) => new Date(Math.ceil(Date.parse(from) / 3_600_000) * 3_600_000).toISOString();
const total = (rows) => rows.slice(0, IN.length).reduce((sum, row) => sum + row[2], 0);

customElements.define('city-ledger', Ledger);
