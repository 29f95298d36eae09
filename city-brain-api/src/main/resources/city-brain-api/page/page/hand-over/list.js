/** The hand-overs of the person's unit and of all below it, the last first, each with how things stood; `GET /v1/hand-overs`. Somebody else takes one over. */
import { Element, html, nothing, repeat } from '../lib/element.js';
import { read, send } from '../lib/api.js';
import { show } from '../lib/address.js';
import { short } from '../lib/time.js';
import { incidentTypes } from '../lib/types.js';
import { named, number, word, wordOr } from '../lib/words.js';
import { refusal } from '../desk/refusal.js';

const GRAVEST_SHOWN = 8;
const LOOK_AGAIN_MILLIS = 30_000;

class HandOvers extends Element {
  static properties = { person: { attribute: false }, items: { state: true }, cursor: { state: true }, refused: { state: true }, refusedOf: { state: true }, whole: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.whole = new Set();
    this.reload();
    const timer = setInterval(() => this.#lookAgain(), LOOK_AGAIN_MILLIS);
    this.until(() => clearInterval(timer));
    incidentTypes().then((types) => { this.types = new Map(types.map((type) => [type.code, type.names])); this.requestUpdate(); }, () => {});
  }

  async reload() {
    await this.#read();
  }

  async #read(cursor) {
    try {
      const page = await read('/v1/hand-overs', { limit: 20, cursor });
      this.items = cursor ? [...this.items, ...page.items] : page.items;
      this.cursor = page.nextCursor;
      this.refused = undefined;
    } catch (refused) {
      this.refused = refused;
    }
  }

  /** A colleague may have handed over meanwhile; who has read on keeps their place. */
  #lookAgain() {
    if (!document.hidden && (this.items?.length ?? 0) <= 20) this.#read();
  }

  async #takeOver(handOver) {
    this.refusedOf = undefined;
    try {
      const taken = await send('POST', `/v1/hand-overs/${handOver.id}/take-over`, {});
      this.items = this.items.map((other) => (other.id === taken.id ? taken : other));
    } catch (refused) {
      this.refusedOf = { id: handOver.id, refused };
      if (refused.reason === 'TAKEN_OVER') this.#read();
    }
  }

  render() {
    if (this.refused) return refusal(this.refused);
    if (!this.items) return html`<p class="soft">${word('common.wait')}</p>`;
    if (!this.items.length) return html`<p class="panel soft">${word('hand-over.none')}</p>`;
    return html`
      ${repeat(this.items, (handOver) => handOver.id, (handOver) => this.#one(handOver))}
      ${this.cursor ? html`<button type="button" @click=${() => this.#read(this.cursor)}>${word('desk.more')}</button>` : nothing}`;
  }

  #one(handOver) {
    const { situation } = handOver;
    const isOwn = handOver.handedBy === this.person.name;
    return html`
      <article class="panel stack ${handOver.takenOverBy ? '' : 'untaken'}" data-test="hand-over">
        <header class="row">
          <h3>${handOver.unit.name}</h3>
          <span class="soft">${word('hand-over.by', { account: handOver.handedBy, at: short(handOver.handedAt) })}</span>
          <span class="grow"></span>
          ${handOver.takenOverBy
            ? html`<span class="soft">✓ ${word('hand-over.taken', { account: handOver.takenOverBy, at: short(handOver.takenOverAt) })}</span>`
            : isOwn ? html`<span class="soft">${word('hand-over.waits')}</span>`
              : html`<button type="button" class=${handOver.unit.code === this.person.unit?.code ? 'primary' : ''} data-test="take-over" @click=${() => this.#takeOver(handOver)}>${word('hand-over.take')}</button>`}
        </header>
        ${this.refusedOf?.id === handOver.id ? refusal(this.refusedOf.refused) : nothing}
        <p class="words">${handOver.text}</p>
        <dl class="tally">
          <div><dt>${word('hand-over.open')}</dt><dd>${number(situation.open)}</dd></div>
          <div class=${situation.overdue ? 'grave' : ''}><dt>${word('hand-over.overdue')}</dt><dd>${number(situation.overdue)}</dd></div>
          <div><dt>${word('hand-over.to-verify')}</dt><dd>${number(situation.toBeVerified)}</dd></div>
        </dl>
        ${this.#incidents(handOver)}
      </article>`;
  }

  #incidents({ id, incidents, situation }) {
    const gravest = new Map(situation.gravest.map((incident) => [incident.id, incident]));
    const marked = incidents.map((incident) => gravest.get(incident) ?? { id: incident });
    const others = situation.gravest.filter((incident) => !incidents.includes(incident.id));
    const shown = this.whole.has(id) ? others : others.slice(0, Math.max(0, GRAVEST_SHOWN - marked.length));
    return html`
      <ul class="incidents">
        ${marked.map((incident) => this.#incident(incident, true))}
        ${shown.map((incident) => this.#incident(incident, false))}
      </ul>
      ${shown.length < others.length ? html`
        <button type="button" class="plain" @click=${() => { this.whole = new Set(this.whole).add(id); }}>${word('hand-over.all', { count: others.length - shown.length })}</button>` : nothing}`;
  }

  #incident(incident, isMarked) {
    return html`
      <li><button type="button" class="plain row" @click=${() => show({ view: 'map', incident: incident.id })}>
        ${incident.number ? html`
          <span class="level ${incident.level ? `level-${incident.level}` : 'everyday'}">${incident.level ?? incident.scope}</span>
          <span>${named(this.types?.get(incident.type), incident.type)}</span>
          <span class="soft number">${incident.number}</span>
          <span class="soft">${wordOr(`status.${incident.status}`, incident.status)}</span>
          ${incident.overdue ? html`<b class="grave">${word('hand-over.was-overdue')}</b>` : nothing}` : html`<span>${word('hand-over.incident')}</span>`}
        ${isMarked ? html`<b class="marked">${word('hand-over.marked')}</b>` : nothing}
      </button></li>`;
  }
}

customElements.define('city-hand-overs', HandOvers);
