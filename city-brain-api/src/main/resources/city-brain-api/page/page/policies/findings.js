/** What a rehearsal has found: how many incidents would have been decided otherwise, from which level to which, and what that costs whom. */
import { Element, html, nothing } from '../lib/element.js';
import { named, number, word, wordOr } from '../lib/words.js';
import { incidentTypes } from '../lib/types.js';
import { heat } from './matrix.js';

const GRADES = ['I', 'II', 'III', 'IV', 'R3', 'R2', 'R1'];
const TIERS = ['CITY', 'DISTRICT', 'STREET', 'COMMUNITY', 'GRID'];
const SHOWN = 12;

class Findings extends Element {
  static properties = { person: { attribute: false }, kind: {}, version: { type: Number }, rehearsal: { attribute: false }, types: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    incidentTypes().then((types) => { this.types = new Map(types.map((type) => [type.code, type.names])); }, () => {});
  }

  render() {
    const { rehearsal } = this;
    if (rehearsal.status !== 'DONE') {
      return html`<p class="refused">${word(`rehearsal.status.${rehearsal.status}.means`)} ${(rehearsal.failures ?? []).join(' ')}</p>`;
    }
    return html`
      <div class="stack" data-test="findings">
        <dl class="tally">
          ${this.#fact('replayed', rehearsal.replayed)}${this.#fact('changedIncidents', rehearsal.changedIncidents)}${this.#fact('unchangedIncidents', rehearsal.unchangedIncidents)}${this.#fact('gradedByPerson', rehearsal.gradedByPerson)}
          ${(rehearsal.notReplayable ?? []).map(({ reason, incidents }) => html`<div class="grave"><dt title=${reason}>${wordOr(`rehearsal.not.${reason}`, reason)}</dt><dd>${number(incidents)}</dd></div>`)}
        </dl>
        ${rehearsal.failures?.length ? html`<div class="refused"><b>${word('rehearsal.failures')}</b><ul>${rehearsal.failures.map((failure) => html`<li>${failure}</li>`)}</ul></div>` : nothing}
        <div class="matrices">
          ${heat({ caption: word('rehearsal.matrix'), cells: rehearsal.matrix ?? [], order: GRADES, nameOf: (grade) => grade, test: 'matrix' })}
          ${heat({ caption: word('rehearsal.command-matrix'), cells: rehearsal.commandMatrix ?? [], order: TIERS, nameOf: (tier) => word(`desk.tier.${tier}`), test: 'command-matrix' })}
        </div>
        ${rehearsal.correlation ? this.#correlation(rehearsal.correlation) : nothing}
        <div class="matrices">
          ${this.#beforeAfter(word('rehearsal.tasks'), (rehearsal.tasks ?? []).map((row) => ({ ...row, name: `${word(`desk.tier.${row.tier}`)} · ${word(`desk.role.${row.role}`)}` })), 100)}
          ${this.#beforeAfter(word('rehearsal.centres'), rehearsal.commandCentres ?? [], SHOWN)}
          ${this.#beforeAfter(word('rehearsal.departments'), rehearsal.departments ?? [], SHOWN)}
        </div>
        ${this.#changes(rehearsal)}
        ${(rehearsal.notes ?? []).map((note) => html`<p class="soft" lang="en">${note}</p>`)}
      </div>`;
  }

  #fact(name, value) {
    return html`<div><dt>${word(`rehearsal.${name}`)}</dt><dd data-test="found-${name}">${number(value)}</dd></div>`;
  }

  #correlation(found) {
    const names = ['reports', 'incidentsBefore', 'incidentsAfter', 'moved', 'mergedMore', 'splitUp', 'otherReports', 'levelChanges', 'leftOut'];
    return html`<dl class="tally">${names.map((name) => html`<div><dt>${word(`rehearsal.correlation.${name}`)}</dt><dd>${number(found[name])}</dd></div>`)}</dl>`;
  }

  #beforeAfter(caption, rows, most) {
    if (!rows.length) return nothing;
    const shown = rows.slice(0, most);
    return html`
      <div class="scroll" tabindex="0"><table><caption>${caption}${rows.length > most ? html` <span class="soft">${word('rehearsal.largest', { count: most })}</span>` : nothing}</caption>
        <thead><tr><th scope="col"></th><th scope="col" class="right">${word('rehearsal.before')}</th><th scope="col" class="right">${word('rehearsal.after')}</th><th scope="col" class="right">±</th></tr></thead>
        <tbody>${shown.map((row) => {
          const difference = row.after - row.before;
          return html`<tr><th scope="row">${row.name}</th><td class="number">${number(row.before)}</td><td class="number">${number(row.after)}</td>
            <td class="number ${difference > 0 ? 'more' : difference < 0 ? 'less' : 'soft'}">${number(difference, { signDisplay: 'exceptZero' })}</td></tr>`;
        })}</tbody></table></div>`;
  }

  #changes({ id, biggestChanges = [] }) {
    if (!biggestChanges.length) return html`<p class="soft">${word('rehearsal.no-changes')}</p>`;
    return html`
      <div class="scroll high" tabindex="0"><table data-test="changes"><caption class="row">${word('rehearsal.changes', { count: biggestChanges.length })}
          <a href="/v1/policies/${this.kind}/${this.version}/rehearsals/${id}/changes.csv" download data-test="changes-csv">CSV</a></caption>
        <thead><tr><th scope="col">${word('rehearsal.incident')}</th><th scope="col">${word('policies.column.type')}</th><th scope="col" class="right">${word('rehearsal.people')}</th><th scope="col">${word('rehearsal.before')}</th><th scope="col">${word('rehearsal.after')}</th></tr></thead>
        <tbody>${biggestChanges.map((change) => html`
          <tr><th scope="row" class="number">${change.number ?? word('rehearsal.new')}</th><td>${named(this.types?.get(change.type), change.type)}</td><td class="number">${number(change.people)}</td>
            <td>${this.#decided(change.before)}</td><td>${this.#decided(change.after)}</td></tr>`)}</tbody></table></div>`;
  }

  /** Level, command and by what it was reached. */
  #decided(side) {
    if (!side) return html`<span class="soft">–</span>`;
    const grade = side.level ?? side.scope ?? side.record?.level ?? side.record?.scope;
    const axes = (side.record?.axes ?? []).filter((axis) => axis.threshold !== null && axis.threshold !== undefined || axis.axis === 'KEY_PLACE');
    return html`
      ${grade ? html`<span class="level ${grade.startsWith('R') ? 'everyday' : `level-${grade}`}">${grade}</span>` : nothing}
      <span>${word('rehearsal.commanded', { unit: side.commandingUnit ?? '–', tasks: number(side.tasks) })}</span>
      ${axes.map((axis) => html`<div class="soft remark">${wordOr(`axis.${axis.axis}`, axis.axis)} ${number(axis.value)}${axis.threshold !== null && axis.threshold !== undefined ? ` ≥ ${number(axis.threshold)}` : ''} → ${axis.level ?? axis.scope ?? ''}</div>`)}`;
  }
}

customElements.define('city-findings', Findings);
