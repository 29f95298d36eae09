/**
 * One picture of figures and the table behind it, by a press: for screen readers, and to take along. `columns` are `{name, isNumber, show}`,
 * `rows` lists of values; `option(rows, colour)` makes what ECharts draws, in the colours of the page.
 */
/* global echarts */
import { Element, html, listen, nothing } from '../lib/element.js';
import { size } from '../lib/size.js';
import { colour } from '../lib/theme.js';
import { number, word } from '../lib/words.js';
import { saveTable } from '../desk/save.js';

const SCRIPT = '/webjars/echarts/dist/echarts.common.min.js';
const LONGEST_ANIMATION_MILLIS = 200;

let library;

function drawing() {
  library ??= new Promise((loaded, failed) => {
    const script = document.createElement('script');
    script.src = SCRIPT;
    script.onload = () => loaded(globalThis.echarts);
    script.onerror = () => failed(new Error(`${SCRIPT} could not be loaded`));
    document.head.append(script);
  });
  return library;
}

class Chart extends Element {
  static properties = {
    name: {}, means: {}, columns: { attribute: false }, rows: { attribute: false }, option: { attribute: false }, test: {},
    isTable: { state: true }, failure: { state: true },
  };

  connectedCallback() {
    super.connectedCallback();
    for (const name of ['themed', 'sized']) this.until(listen(window, name, () => this.#draw()));
    this.fitting = new ResizeObserver(() => this.chart?.resize());
    this.until(() => {
      this.fitting.disconnect();
      this.chart?.dispose();
      this.chart = undefined;
    });
  }

  updated() {
    this.#draw();
  }

  async #draw() {
    const ground = this.querySelector('.canvas');
    if (!ground || !this.rows?.length) {
      this.chart?.dispose();
      this.chart = undefined;
      return;
    }
    try {
      await drawing();
    } catch (failure) {
      this.failure = failure;
      return;
    }
    if (!ground.isConnected) return;
    if (this.chart?.getDom() !== ground) {
      this.chart?.dispose();
      this.chart = echarts.init(ground);
      this.fitting.disconnect();
      this.fitting.observe(ground);
    }
    // Merged into what is drawn: bars grow from where they are, not from nothing, each time the figures are read again.
    this.chart.setOption(this.#whole());
  }

  #whole() {
    const fontSize = 12 * size();
    const soft = { color: colour('soft'), fontSize };
    const axis = { axisLabel: soft, axisLine: { lineStyle: { color: colour('line') } }, splitLine: { lineStyle: { color: colour('faint') } }, nameTextStyle: soft };
    const option = this.option(this.rows, colour);
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    return {
      animation: !calm, animationDuration: LONGEST_ANIMATION_MILLIS, animationDurationUpdate: LONGEST_ANIMATION_MILLIS,
      textStyle: { fontFamily: getComputedStyle(this).fontFamily, color: colour('text'), fontSize },
      grid: { left: 8, right: 28 * size(), top: (option.legend === false ? 12 : 36) * size(), bottom: 8, containLabel: true },
      ...option,
      tooltip: {
        renderMode: 'richText', confine: true, backgroundColor: colour('panel'), borderColor: colour('line'), textStyle: { color: colour('text'), fontSize },
        valueFormatter: (value) => number(value), ...option.tooltip,
      },
      legend: option.legend === false ? undefined : { top: 4, itemWidth: 25 * size(), itemHeight: 14 * size(), textStyle: { color: colour('text'), fontSize }, inactiveColor: colour('line'), ...option.legend },
      xAxis: option.xAxis && { ...axis, ...option.xAxis, axisLabel: { ...soft, ...option.xAxis.axisLabel } },
      yAxis: option.yAxis && { ...axis, ...option.yAxis, axisLabel: { ...soft, ...option.yAxis.axisLabel } },
    };
  }

  render() {
    return html`
      <figure class="panel chart" data-test=${this.test ?? nothing}>
        <figcaption class="row">
          <h3 title=${this.means ?? nothing} tabindex=${this.means ? 0 : nothing} class=${this.means ? 'means' : ''}>${this.name}</h3><span class="grow"></span>
          <button type="button" class="plain" aria-pressed=${this.isTable ? 'true' : 'false'} @click=${() => { this.isTable = !this.isTable; }}>${word('numbers.table')}</button>
          <button type="button" class="plain" @click=${() => saveTable(this.name, this.columns.map((column) => column.name), this.rows)}>${word('numbers.save')}</button>
        </figcaption>
        ${this.failure ? html`<p class="refused">${this.failure.message}</p>` : nothing}
        ${this.rows?.length ? this.isTable ? this.#table() : html`<div class="canvas" role="img" aria-label=${word('numbers.picture', { name: this.name })}></div>`
          : html`<p class="soft nothing">${word('numbers.nothing')}</p>`}
      </figure>`;
  }

  #table() {
    return html`
      <div class="scroll" tabindex="0"><table><thead><tr>${this.columns.map((column) => html`<th scope="col" class=${column.isNumber ? 'right' : ''}>${column.name}</th>`)}</tr></thead>
        <tbody>${this.rows.map((row) => html`<tr>${row.map((value, i) => (this.columns[i].isNumber
          ? html`<td class="number">${(this.columns[i].show ?? number)(value)}</td>` : html`<td>${value}</td>`))}</tr>`)}</tbody></table></div>`;
  }
}

customElements.define('city-chart', Chart);
