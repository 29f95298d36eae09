/** How departments came when they were summoned, from `GET /v1/departments/scores`; behind each number its lines, `…/{code}/scores/lines`. */
import { Element, html, nothing } from '../lib/element.js';
import { read, readAll } from '../lib/api.js';
import { show } from '../lib/address.js';
import { short } from '../lib/time.js';
import { number, word } from '../lib/words.js';
import { refusal } from '../desk/refusal.js';
import { saveTable } from '../desk/save.js';

/** Each count with the outcomes of the lines behind it. */
const COUNTS = [
  { key: 'summoned', outcome: [] },
  { key: 'onTime', outcome: ['ON_TIME'] },
  { key: 'late', outcome: ['LATE'] },
  { key: 'absent', outcome: ['ABSENT'] },
  { key: 'waiting', outcome: ['WAITING'] },
  { key: 'released', outcome: ['RELEASED'] },
];
const MOST_LINES = 200;

class DepartmentScores extends Element {
  static properties = { unit: {}, span: { attribute: false }, scores: { state: true }, refused: { state: true }, opened: { state: true }, lines: { state: true } };

  willUpdate(changed) {
    if (changed.has('unit') || changed.has('span')) this.#read();
  }

  #of() {
    return { unit: this.unit, from: this.span.from, to: this.span.to };
  }

  async #read() {
    try {
      const first = await read('/v1/departments/scores', { ...this.#of(), limit: 200 });
      const rest = first.nextCursor ? await readAll('/v1/departments/scores', { ...this.#of(), limit: 200, cursor: first.nextCursor }) : [];
      this.scores = { ...first, items: [...first.items, ...rest].sort((a, b) => (a.score ?? 1e9) - (b.score ?? 1e9)) };
      this.refused = undefined;
    } catch (refused) {
      this.refused = refused;
    }
  }

  async #open(code, { key, outcome }) {
    const name = `${code} ${key}`;
    if (this.opened === name) {
      this.opened = undefined;
      return;
    }
    this.opened = name;
    this.lines = undefined;
    try {
      const page = await read(`/v1/departments/${code}/scores/lines`, { ...this.#of(), outcome, limit: MOST_LINES });
      if (this.opened === name) this.lines = page;
    } catch (refused) {
      this.refused = refused;
    }
  }

  render() {
    return html`
      <section class="panel stack" aria-labelledby="scores-title" data-test="department-scores">
        <div class="row"><h2 id="scores-title">${word('numbers.departments')}</h2>
          <span class="soft">${(this.scores?.policies ?? []).map(({ version, points }) => word('numbers.points', { version, ...points }))}</span><span class="grow"></span>
          ${this.scores?.items.length ? html`<button type="button" class="plain" @click=${() => this.#save()}>${word('numbers.save')}</button>` : nothing}</div>
        ${this.refused ? refusal(this.refused) : nothing}
        ${this.scores && !this.scores.items.length ? html`<p class="soft">${word('numbers.departments.none')}</p>` : nothing}
        ${this.scores?.items.length ? html`<div class="scroll" tabindex="0"><table>
          <thead><tr><th scope="col">${word('numbers.column.department')}</th><th scope="col" class="right" title=${word('numbers.means.score')}>${word('numbers.score')}</th>
            ${COUNTS.map(({ key }) => html`<th scope="col" class="right" title=${word(`numbers.means.${key}`)}>${word(`numbers.score.${key}`)}</th>`)}
            <th scope="col" class="right">${word('numbers.score.ineffective')}</th><th scope="col" class="right">${word('numbers.score.points')}</th></tr></thead>
          <tbody>${this.scores.items.map((score) => this.#row(score))}</tbody></table></div>` : nothing}
      </section>`;
  }

  #row(score) {
    const { code, name } = score.department;
    return html`
      <tr><th scope="row">${name} <span class="soft">${code}</span></th><td class="number"><b>${number(score.score)}</b></td>
        ${COUNTS.map((count) => html`<td class="number">${score[count.key]
          ? html`<button type="button" class="plain" aria-expanded=${this.opened === `${code} ${count.key}` ? 'true' : 'false'} @click=${() => this.#open(code, count)}>${number(score[count.key])}</button>`
          : '0'}</td>`)}
        <td class="number">${number(score.ineffective)}</td><td class="number">${number(score.points)}</td></tr>
      ${this.opened?.startsWith(`${code} `) ? html`<tr><td colspan="10">${this.#lines()}</td></tr>` : nothing}`;
  }

  #lines() {
    if (!this.lines) return word('common.wait');
    return html`
      <table class="inner"><thead><tr>${['incident', 'whistled-by', 'whistled-at', 'due', 'checked-in', 'outcome', 'rating', 'points'].map((name) => html`<th scope="col">${word(`numbers.line.${name}`)}</th>`)}</tr></thead>
        <tbody>${this.lines.items.map((line) => html`
          <tr><td><button type="button" class="plain" @click=${() => show({ view: 'map', incident: line.incidentId })}>${line.incidentNumber}</button></td><td>${line.whistledBy.name}</td><td>${short(line.whistledAt)}</td><td>${short(line.dueAt)}</td>
            <td>${short(line.checkedInAt)}${line.outsideSurroundings ? html` <span class="soft">${word('numbers.line.outside')}</span>` : nothing}</td>
            <td>${word(`outcome.${line.outcome}`)}</td><td>${line.rating ? word(`rating.${line.rating}`) : '–'}</td><td class="number">${number(line.points)}</td></tr>`)}</tbody></table>
      ${this.lines.nextCursor ? html`<p class="soft">${word('numbers.line.first', { count: MOST_LINES })}</p>` : nothing}`;
  }

  #save() {
    const keys = ['score', ...COUNTS.map(({ key }) => key), 'effective', 'ineffective', 'points'];
    saveTable(word('numbers.departments'), [word('numbers.column.code'), word('numbers.column.department'), ...keys],
      this.scores.items.map((score) => [score.department.code, score.department.name, ...keys.map((key) => score[key])]));
  }
}

customElements.define('city-department-scores', DepartmentScores);
