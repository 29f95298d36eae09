/** Writes a hand-over: what the next one has to know, and which incidents need care. How things stand is kept with it by the server. */
import { Element, html, listen, live, nothing, repeat } from '../lib/element.js';
import { newKey, now, send } from '../lib/api.js';
import { span } from '../lib/time.js';
import { incidentTypes } from '../lib/types.js';
import { named, number, word } from '../lib/words.js';
import { keepWhenSignedOut, takeKept } from '../desk/keep.js';
import { refusal } from '../desk/refusal.js';
import '../desk/choose.js';

const LONGEST = 4000;
const MOST = 100;
const LEVELS = ['I', 'II', 'III', 'IV'];

const fresh = (by) => ({ by, key: newKey(), text: '', incidents: [] });

/** Outlives the view, for somebody looks at the map in between, and the session. */
let written = fresh();
keepWhenSignedOut('hand-over', () => (written.text ? written : null));

/** The gravest first, then whose deadline runs out first. */
const byGravity = (a, b) =>
  (LEVELS.indexOf(a.level) + 1 || 9) - (LEVELS.indexOf(b.level) + 1 || 9) || (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9');

class HandOverForm extends Element {
  static properties = { person: { attribute: false }, live: { attribute: false }, refused: { state: true }, isDone: { state: true }, isSending: { state: true }, types: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    if (written.by !== this.person.name) written = takeKept('hand-over', this.person.name) ?? fresh(this.person.name);
    this.until(listen(this.live, 'change', () => this.requestUpdate()));
    incidentTypes().then((types) => { this.types = new Map(types.map((type) => [type.code, type.names])); }, () => { this.types = new Map(); });
  }

  #named(type) {
    return named(this.types?.get(type), type);
  }

  #find(text) {
    const wanted = text.toLowerCase();
    return [...this.live.incidents.values()]
      .filter((incident) => !written.incidents.includes(incident.id))
      .filter((incident) => !wanted || incident.number.includes(wanted) || incident.type.includes(wanted) || this.#named(incident.type).toLowerCase().includes(wanted))
      .sort(byGravity)
      .map((incident) => ({ value: incident.id, text: `${incident.level ?? incident.scope} · ${this.#named(incident.type)} · ${incident.number}`, note: this.#due(incident) }));
  }

  #due({ dueAt }) {
    if (!dueAt) return '';
    const left = Date.parse(dueAt) - now();
    return word(left < 0 ? 'hand-over.over' : 'hand-over.left', { time: span(Math.abs(left)) });
  }

  #change(changes) {
    // Another text is another hand-over; the same sent again is the same.
    written = { ...written, key: newKey(), ...changes };
    this.isDone = false;
    this.refused = undefined;
    this.requestUpdate();
  }

  async #send() {
    if (this.isSending || !written.text.trim()) return;
    this.isSending = true;
    this.refused = undefined;
    try {
      const { key, text, incidents } = written;
      await send('POST', '/v1/hand-overs', { text, incidents }, { key });
      written = fresh(this.person.name);
      this.isDone = true;
      this.dispatchEvent(new Event('handed'));
    } catch (refused) {
      this.refused = refused;
    } finally {
      this.isSending = false;
    }
  }

  render() {
    const incidents = written.incidents;
    return html`
      <form class="stack" @submit=${(event) => { event.preventDefault(); this.#send(); }}>
        <div><label for="hand-over-text">${word('hand-over.text')} <span class="soft">${word('hand-over.text.hint')}</span></label>
          <textarea id="hand-over-text" rows="7" maxlength=${LONGEST} required data-test="hand-over-text" .value=${live(written.text)}
            @input=${(event) => this.#change({ text: event.target.value })}></textarea></div>
        <city-choose label=${word('hand-over.incidents')} placeholder=${word('hand-over.incidents.hint')} test="hand-over-incident"
          .find=${(text) => this.#find(text)} .isOnce=${true}
          @chosen=${(event) => event.detail && incidents.length < MOST && this.#change({ incidents: [...incidents, event.detail.value] })}></city-choose>
        <ul class="picked" aria-label=${word('hand-over.incidents')}>
          ${repeat(incidents, (id) => id, (id) => this.#one(id))}
        </ul>
        <p class="soft">${word('hand-over.kept', { open: `${number(this.live.incidents.size)}${this.live.truncated ? '+' : ''}` })}</p>
        <div class="row"><button class="primary" data-test="hand-over-send" ?disabled=${this.isSending || !written.text.trim()}>${word('hand-over.send')}</button></div>
        <div role="status">${this.isDone ? html`<p class="done">${word('hand-over.done')}</p>` : nothing}</div>
        ${refusal(this.refused)}
      </form>`;
  }

  #one(id) {
    const incident = this.live.incidents.get(id);
    return html`
      <li class="row">
        ${incident ? html`<span class="level level-${incident.level ?? ''} ${incident.level ? '' : 'everyday'}">${incident.level ?? incident.scope}</span>
          <span>${this.#named(incident.type)}</span> <span class="soft number">${incident.number}</span>` : html`<span class="soft">${word('hand-over.closed')}</span>`}
        <span class="grow"></span>
        <button type="button" class="plain" @click=${() => this.#change({ incidents: written.incidents.filter((other) => other !== id) })}
          aria-label=${word('hand-over.leave-out', { number: incident?.number ?? id })}>✕</button>
      </li>`;
  }
}

customElements.define('city-hand-over-form', HandOverForm);
