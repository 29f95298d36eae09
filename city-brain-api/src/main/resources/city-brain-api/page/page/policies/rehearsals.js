/** Rehearsals of a version (docs/rehearsal.md): begins one, shows how far it is, ends it, and lists those before; what one has found is in findings.js. */
import { Element, html, nothing, repeat } from '../lib/element.js';
import { read, send } from '../lib/api.js';
import { show } from '../lib/address.js';
import { fromField, short } from '../lib/time.js';
import { number, percent, word } from '../lib/words.js';
import { refusal } from '../desk/refusal.js';
import './findings.js';

const POLL_MILLIS = 500;

class Rehearsals extends Element {
  static properties = {
    person: { attribute: false }, kind: {}, version: { type: Number }, status: {}, chosen: {},
    items: { state: true }, current: { state: true }, refused: { state: true }, isAsking: { state: true },
  };

  connectedCallback() {
    super.connectedCallback();
    this.until(() => clearTimeout(this.timer));
  }

  willUpdate(changed) {
    if (changed.has('kind') || changed.has('version')) {
      this.items = undefined;
      this.current = undefined;
      this.refused = undefined;
      this.#list();
    }
    if (changed.has('chosen')) this.#read();
  }

  #path(id = '') {
    return `/v1/policies/${this.kind}/${this.version}/rehearsals${id && `/${id}`}`;
  }

  async #list() {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    try {
      const { items } = await read(this.#path(), { limit: 20 });
      if (turn !== this.turn) return;
      this.items = items;
      const running = items.find((item) => item.status === 'RUNNING');
      if (running && !this.chosen) show({ rehearsal: running.id }, { replace: true });
    } catch (refused) {
      this.refused = refused;
    }
  }

  async #read() {
    clearTimeout(this.timer);
    const id = this.chosen;
    if (!id) {
      this.current = undefined;
      return;
    }
    try {
      const current = await read(this.#path(id));
      if (id !== this.chosen || !this.isConnected) return;
      const hasEnded = this.current?.id === id && this.current.status === 'RUNNING' && current.status !== 'RUNNING';
      this.current = current;
      if (current.status === 'RUNNING') this.timer = setTimeout(() => this.#read(), POLL_MILLIS);
      else if (hasEnded) {
        this.#list();
        this.dispatchEvent(new Event('ended'));
      }
    } catch (refused) {
      this.refused = refused;
    }
  }

  async #begin(form) {
    this.refused = undefined;
    this.isAsking = true;
    const field = (name) => { const { value } = form.elements[name]; return value ? fromField(`${value}T00:00`) : undefined; };
    try {
      const { id } = await send('POST', this.#path(), { from: field('from'), to: field('to') });
      this.current = { id, status: 'RUNNING', progress: 0 };
      show({ rehearsal: id });
      this.#list();
    } catch (refused) {
      this.refused = refused;
    } finally {
      this.isAsking = false;
    }
  }

  async #cancel() {
    try {
      await send('POST', `${this.#path(this.current.id)}/cancel`, {});
    } catch (refused) {
      if (refused.reason !== 'REHEARSAL_ENDED') this.refused = refused;
    }
  }

  render() {
    const isRunning = this.current?.status === 'RUNNING';
    return html`
      <section class="panel stack" aria-labelledby="rehearsal-title" data-test="rehearsals">
        <div class="row"><h2 id="rehearsal-title">${word('rehearsal.title')}</h2><span class="soft">${word('rehearsal.means')}</span></div>
        <form class="row" @submit=${(event) => { event.preventDefault(); this.#begin(event.target); }}>
          <label class="row">${word('rehearsal.from')} <input type="date" name="from"></label>
          <label class="row">${word('rehearsal.to')} <input type="date" name="to"></label>
          <span class="soft">${word('rehearsal.all')}</span>
          <button data-test="rehearse" ?disabled=${isRunning || this.isAsking} class=${this.status === 'DRAFT' ? 'primary' : ''}>${word('rehearsal.begin')}</button>
        </form>
        ${refusal(this.refused)}
        ${isRunning ? html`
          <div class="row" data-test="rehearsal-running"><progress max="1" value=${this.current.progress} aria-label=${word('rehearsal.progress')}></progress>
            <span class="number" role="status">${percent(this.current.progress)}</span>
            <button type="button" data-test="rehearsal-cancel" @click=${() => this.#cancel()}>${word('rehearsal.cancel')}</button></div>` : nothing}
        ${this.items?.length ? html`
          <ul class="runs" aria-label=${word('rehearsal.list')}>${repeat(this.items, (item) => item.id, (item) => html`
            <li><button type="button" class="plain row" aria-current=${item.id === this.chosen ? 'true' : nothing} @click=${() => show({ rehearsal: item.id === this.chosen ? null : item.id })}>
              <span class="standing ${item.status}">${word(`rehearsal.status.${item.status}`)}</span> <span>${short(item.askedAt)}</span> <span class="soft">${item.askedBy.replace(/^person:/, '')}</span>
              <span class="soft">${item.from ? `${short(item.from)} – ${short(item.to)}` : word('rehearsal.until', { at: short(item.to) })}</span>
              ${item.status === 'DONE' ? html`<span>${word('rehearsal.changed', { changed: number(item.changedIncidents), replayed: number(item.replayed) })}</span>` : nothing}</button></li>`)}</ul>` : nothing}
        ${this.current && !isRunning ? html`<city-findings .person=${this.person} .kind=${this.kind} .version=${this.version} .rehearsal=${this.current}></city-findings>` : nothing}
      </section>`;
  }
}

customElements.define('city-rehearsals', Rehearsals);
