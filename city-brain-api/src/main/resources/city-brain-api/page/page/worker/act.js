/** One press that asks for something: words, photos, a place, departments, a judgement. Event `done` when it is in the queue or was left. */
import { Element, html, nothing } from '../lib/element.js';
import { now } from '../lib/api.js';
import { named, word } from '../lib/words.js';
import { ACTS } from './acts.js';
import './photos.js';
import './place.js';

const SATISFACTION = [5, 4, 3, 2, 1];

class WorkerAct extends Element {
  static properties = {
    pocket: { attribute: false }, name: {}, subject: { attribute: false }, detail: { attribute: false },
    text: { state: true }, wanted: { state: true }, place: { state: true }, chosen: { state: true }, answers: { state: true }, isTried: { state: true }, isPressing: { state: true },
  };

  constructor() {
    super();
    Object.assign(this, { text: '', wanted: '', place: null, photos: [], chosen: [], answers: {} });
  }

  firstUpdated() {
    this.querySelector('dialog').showModal();
  }

  get act() {
    return ACTS[this.name];
  }

  /** What is still missing, as the key of a word; null where nothing is. */
  #missing() {
    if (this.act.place && !this.place) return 'place';
    if (this.act.departments && !this.chosen.length) return 'departments';
    if (this.act.solved && this.answers.solved === undefined) return 'solved';
    if (this.act.rating && !this.answers.rating) return 'rating';
    if (this.act.must && !this.text.trim()) return 'text';
    return null;
  }

  async #press(event) {
    event.preventDefault();
    this.isTried = true;
    if (this.#missing() || this.isPressing) return;
    this.isPressing = true;
    const { act, subject } = this;
    const body = { ...this.answers };
    if (act.text && this.text.trim()) body[act.text] = this.text.trim();
    if (act.place) Object.assign(body, { location: this.place, at: new Date(now()).toISOString() });
    if (act.photos) body.evidence = this.photos.map(act.photos);
    if (act.departments) body.departments = this.chosen;
    const { on } = act;
    await this.pocket.press({ on, id: subject.id, name: this.name, body, incidentId: subject.incidentId, about: subject.about }, subject.version, this.photos);
    this.#leave();
  }

  #leave() {
    this.dispatchEvent(new Event('done'));
  }

  render() {
    const missing = this.isTried ? this.#missing() : null;
    const { act } = this;
    return html`
      <dialog class="worker-sheet" aria-labelledby="act-title" data-test="act" @cancel=${() => this.#leave()}>
        <form class="stack" @submit=${(event) => this.#press(event)} novalidate>
          <h2 id="act-title">${word(`worker.act.${this.name}`)}</h2>
          <p class="soft">${named(this.subject.about.typeNames)} · <span class="number">${this.subject.about.number}</span></p>
          ${act.place ? html`<worker-place .near=${this.subject.near} @placed=${({ detail }) => { this.place = detail; }}></worker-place>` : nothing}
          ${act.departments ? this.#departments() : nothing}
          ${act.solved ? this.#solved() : nothing}
          ${act.rating ? this.#rating() : nothing}
          ${act.text ? html`
            <label>${word(`worker.ask.${this.name}`)}${act.must ? nothing : html` <span class="soft">${word('worker.optional')}</span>`}
              <textarea data-test="act-text" .value=${this.text} maxlength="2000" aria-invalid=${missing === 'text'} @input=${(event) => { this.text = event.target.value; }}></textarea></label>` : nothing}
          ${act.people ? html`
            <label>${word('worker.ask.people')} <span class="soft">${word('worker.optional')}</span>
              <input type="number" inputmode="numeric" min="0" max="40000000" data-test="act-people"
                @input=${({ target }) => { const { peopleAffected, ...rest } = this.answers; this.answers = target.value === '' ? rest : { ...rest, peopleAffected: Math.max(0, Math.trunc(target.valueAsNumber)) }; }}></label>` : nothing}
          ${act.photos ? html`<worker-photos @taken=${({ detail }) => { this.photos = detail; }}></worker-photos>` : nothing}
          ${missing ? html`<p class="refused" role="alert">${word(`worker.missing.${missing}`)}</p>` : nothing}
          <div class="worker-foot">
            <button type="button" data-test="act-cancel" @click=${() => this.#leave()}>${word('common.cancel')}</button>
            <button class="primary grow" data-test="act-send" ?disabled=${this.isPressing}>${word(`worker.act.${this.name}`)}</button>
          </div>
        </form>
      </dialog>`;
  }

  /** Those that answer for this place and type first, by the incident's picture. */
  #departments() {
    const likely = new Map((this.detail?.incident.picture?.departments ?? []).map((one) => [one.code, one]));
    // Then those of the nearer unit: the longer its code, the nearer it is.
    const others = (this.pocket.departments ?? []).filter(({ code }) => !likely.has(code)).sort((one, other) => other.unit.code.length - one.unit.code.length);
    const all = [...likely.values(), ...others].filter(({ code, name }) => this.chosen.includes(code) || name.includes(this.wanted.trim()));
    const summoned = new Set((this.detail?.incident.checkIns ?? []).filter(({ status }) => ['SUMMONED', 'CHECKED_IN', 'SERVED'].includes(status)).map(({ department }) => department.code));
    return html`
      <fieldset class="worker-choices">
        <legend>${word('worker.whistle.whom')}</legend>
        <input type="search" data-test="department-search" aria-label=${word('worker.whistle.search')} placeholder=${word('worker.whistle.search')} @input=${({ target }) => { this.wanted = target.value; }}>
        ${this.pocket.departments || all.length ? nothing : html`<p class="refused">${word('worker.whistle.none-known')}</p>`}
        ${all.map(({ code, name }) => html`
          <label class="worker-choice"><input type="checkbox" .value=${code} .checked=${this.chosen.includes(code)} ?disabled=${summoned.has(code)} data-test="department"
            @change=${({ target }) => { this.chosen = target.checked ? [...this.chosen, code] : this.chosen.filter((one) => one !== code); }}>
            <span>${name}${likely.has(code) ? html` <b class="worker-mark">${word('worker.whistle.answers')}</b>` : nothing}${summoned.has(code) ? html` <span class="soft">${word('worker.whistle.summoned')}</span>` : nothing}</span></label>`)}
      </fieldset>`;
  }

  #one(name, value, label) {
    return html`<label class="worker-choice"><input type="radio" name=${name} data-test=${`${name}-${value}`} .checked=${this.answers[name] === value}
      @change=${() => { this.answers = { ...this.answers, [name]: value }; }}><span>${label}</span></label>`;
  }

  #solved() {
    return html`
      <fieldset class="worker-choices"><legend>${word('worker.feedback.solved')}</legend>
        ${this.#one('solved', true, word('worker.feedback.yes'))}
        ${this.#one('solved', false, word('worker.feedback.no'))}</fieldset>
      <fieldset class="worker-choices"><legend>${word('worker.feedback.satisfaction')} <span class="soft">${word('worker.optional')}</span></legend>
        ${SATISFACTION.map((points) => this.#one('satisfaction', points, word(`worker.feedback.${points}`)))}</fieldset>`;
  }

  #rating() {
    return html`
      <fieldset class="worker-choices"><legend>${word('worker.rate.how')}</legend>
        ${this.#one('rating', 'EFFECTIVE', word('worker.rate.EFFECTIVE'))}
        ${this.#one('rating', 'INEFFECTIVE', word('worker.rate.INEFFECTIVE'))}</fieldset>`;
  }
}

customElements.define('worker-act', WorkerAct);
