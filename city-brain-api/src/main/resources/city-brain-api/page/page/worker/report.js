/** A new report: what, where, what is seen, a photo, how many people. It goes through the queue (`POST /v1/reports`); below it stands what became of earlier ones. */
import { html, nothing, repeat } from '../lib/element.js';
import { show } from '../lib/address.js';
import { newKey, now } from '../lib/api.js';
import { short } from '../lib/time.js';
import { named, word } from '../lib/words.js';
import { findTypes, listTypes } from './catalogue.js';
import { PocketElement } from './pocket-element.js';
import './photos.js';
import './place.js';

const SHOWN_REPORTS = 10;

class WorkerReport extends PocketElement {
  static properties = {
    search: { state: true }, type: { state: true }, place: { state: true },
    isTried: { state: true }, isSent: { state: true }, isSending: { state: true },
  };

  constructor() {
    super();
    this.#empty();
  }

  #empty() {
    Object.assign(this, { search: '', type: null, place: null, photos: [], text: '', people: '', isTried: false, isSending: false });
  }

  #missing() {
    if (!this.type) return 'type';
    return this.place ? null : 'place';
  }

  async #send(event) {
    event.preventDefault();
    this.isTried = true;
    if (this.#missing()) {
      await this.updateComplete;
      this.querySelector('[role=alert]')?.scrollIntoView({ block: 'center' });
      return;
    }
    if (this.isSending) return;
    this.isSending = true;
    const { person } = this.pocket;
    const report = {
      reportId: newKey(),
      source: { kind: person.roles.includes('GRID_WORKER') ? 'GRID_WORKER' : 'OPERATOR', id: person.name },
      type: this.type.code,
      occurredAt: new Date(now()).toISOString(),
      location: this.place,
      ...(this.text.trim() ? { description: this.text.trim() } : {}),
      ...(this.people === '' ? {} : { peopleAffected: Number(this.people) }),
      ...(this.photos.length ? { evidence: this.photos.map(({ sha256, mediaType }) => ({ uri: `citybrain:evidence/${sha256}`, mediaType, sha256 })) } : {}),
    };
    await this.pocket.report(report, { number: null, typeNames: this.type.names }, this.photos);
    this.#empty();
    this.isSent = true;
  }

  render() {
    return html`
      ${this.isSent ? html`<div class="done stack" role="status" data-test="report-kept"><p>${word('worker.report.kept')}</p>
        <button type="button" @click=${() => { this.isSent = false; }}>${word('worker.report.another')}</button></div>` : this.#form()}
      ${this.pocket.reports.length ? html`
        <section><h2>${word('worker.report.mine')}</h2><ul class="worker-cards">${repeat(this.pocket.reports.slice(0, SHOWN_REPORTS), ({ reportId }) => reportId, (report) => this.#became(report))}</ul></section>` : nothing}`;
  }

  #form() {
    const missing = this.isTried ? this.#missing() : null;
    return html`
      <form class="stack" @submit=${(event) => this.#send(event)} novalidate>
        <h2>${word('worker.report.title')}</h2>
        ${this.type ? html`
          <div class="worker-chosen" data-test="type-chosen"><b>${named(this.type.names, this.type.code)}</b>
            <button type="button" @click=${() => { this.type = null; }}>${word('worker.report.other-type')}</button></div>` : this.#search()}
        ${missing === 'type' ? html`<p class="refused" role="alert">${word('worker.missing.type')}</p>` : nothing}
        <worker-place .near=${this.pocket.boundary?.properties.representativePoint} @placed=${({ detail }) => { this.place = detail; }}></worker-place>
        ${missing === 'place' ? html`<p class="refused" role="alert">${word('worker.missing.place')}</p>` : nothing}
        <label>${word('worker.report.text')} <span class="soft">${word('worker.optional')}</span>
          <textarea data-test="report-text" maxlength="2000" .value=${this.text} @input=${({ target }) => { this.text = target.value; }}></textarea></label>
        <label>${word('worker.ask.people')} <span class="soft">${word('worker.optional')}</span>
          <input type="number" inputmode="numeric" min="0" max="40000000" step="1" data-test="report-people" .value=${this.people} @input=${({ target }) => { this.people = target.value; }}></label>
        <worker-photos @taken=${({ detail }) => { this.photos = detail; }}></worker-photos>
        <button class="primary worker-next" data-test="report-send" ?disabled=${this.isSending}>${word('worker.report.send')}</button>
      </form>`;
  }

  #search() {
    return html`
      <label>${word('worker.report.type')}
        <input type="search" data-test="type-search" autocomplete="off" .value=${this.search} placeholder=${word('worker.report.search')} @input=${({ target }) => { this.search = target.value; }}></label>
      <ul class="worker-types" aria-label=${word('worker.report.type')}>${findTypes(listTypes(this.pocket), this.search).map((type) => html`
        <li><button type="button" data-test="type" data-code=${type.code} @click=${() => { this.type = type; }}>${named(type.names, type.code)}</button></li>`)}</ul>`;
  }

  #became({ reportId, about, at, status, incidentId }) {
    const number = this.pocket.numberOf(incidentId);
    const item = this.pocket.queue.find(({ key }) => key === reportId);
    const state = item?.state === 'REFUSED' ? 'REFUSED' : status ?? 'WAITING';
    return html`
      <li class="worker-card" data-test="report" data-status=${state}><div class="worker-open">
        <span class="worker-line"><b>${named(about.typeNames)}</b> <span class="soft number">${short(at)}</span></span>
        <span>${word(`worker.report.${state}`)}${number ? html` <span class="number">${number}</span>` : nothing}</span></div>
        ${number ? html`<button type="button" @click=${() => show({ tab: null, incident: incidentId })}>${word('worker.report.open')}</button>` : nothing}
      </li>`;
  }
}

customElements.define('worker-report', WorkerReport);
