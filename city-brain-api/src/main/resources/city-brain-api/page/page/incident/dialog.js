/**
 * `<city-command .order>`: the dialog of one command: the fields it needs, what became of it, and what was written kept until it is carried
 * out. Decided on the version that was there when it was opened. `closed` when it is done or given up.
 */
import { Element, html, nothing } from '../lib/element.js';
import { now } from '../lib/api.js';
import { word, wordOr } from '../lib/words.js';
import { DANGEROUS, fieldsOf } from './commands.js';
import { body, field, isComplete, preset } from './fields.js';
import { commandWord, outcome } from './outcome.js';

class Command extends Element {
  static properties = {
    order: { attribute: false }, reading: { attribute: false }, revision: { attribute: false }, live: { attribute: false }, person: { attribute: false }, sending: { attribute: false },
    values: { state: true }, wasPressed: { state: true },
  };

  constructor() {
    super();
    this.values = {};
  }

  firstUpdated() {
    this.values = preset(this.order, this.reading);
    const dialog = this.querySelector('dialog');
    dialog.showModal();
    dialog.querySelector('textarea, input:not([type=search]), select')?.focus();
  }

  #set(name, value) {
    this.values = { ...this.values, [name]: value };
  }

  async #send(version = this.order.version) {
    const fields = fieldsOf(this.order.on, this.order.name);
    this.wasPressed = true;
    if (!isComplete(this.order, fields, this.values)) return;
    const { on, id, name, path } = this.order;
    const known = { incident: this.reading.incident, at: now() };
    // Sent again after nobody knew what became of it, it has to be the same to the letter: what depends on the clock is kept.
    const last = this.sending.last;
    const isRetry = last?.state === 'uncertain' && last.id === id && last.name === name;
    const answer = await this.sending.send({ on, id, name, path, version, body: isRetry && this.#lastValues === this.values ? last.body : body(fields, this.values, known) });
    this.#lastValues = this.values;
    if (answer) this.#close();
  }

  #lastValues = null;

  #close() {
    this.querySelector('dialog')?.close();
  }

  #closed() {
    if (this.sending.last?.state !== 'done') this.sending.forget();
    this.dispatchEvent(new CustomEvent('closed'));
  }

  /** The version that it would be decided on now; null where the command is not allowed any more. */
  #versionNow() {
    const { on, id, name } = this.order;
    const { incident, tasks } = this.reading;
    if (on === 'delegations') return undefined;
    const subject = on === 'incidents' ? incident : on === 'tasks' ? tasks.find((task) => task.id === id) : incident.checkIns.find((each) => each.id === id);
    return subject?.allowed.includes(name) ? subject.version : null;
  }

  render() {
    const { on, name, about } = this.order;
    const { sending, reading } = this;
    const fields = fieldsOf(on, name);
    const version = this.#versionNow();
    const isStale = sending.last?.state === 'stale';
    const isMissing = this.wasPressed && !isComplete(this.order, fields, this.values);
    return html`
      <dialog class="command" data-test="command-dialog" data-command=${name} aria-labelledby="command-title" @close=${() => this.#closed()}>
        <form class="stack" @submit=${(event) => { event.preventDefault(); if (!isStale) this.#send(); }}>
          <h2 id="command-title">${commandWord(name)}${about ? html` <span class="soft">${about}</span>` : nothing}</h2>
          <p class="soft">${wordOr(`command-tells.${name}`, '')}</p>
          ${fields.map(({ name: fieldName, isRequired }) => field({
            name: fieldName, isRequired, order: this.order, reading, person: this.person, live: this.live, values: this.values, set: (key, value) => this.#set(key, value),
          }))}
          ${isMissing ? html`<p class="refused" role="alert">${word(this.values.force && !this.values.reason?.trim() ? 'field.force-why' : 'field.missing')}</p>` : nothing}
          ${sending.last?.id === this.order.id && sending.last?.name === name
            ? outcome(sending, reading, { again: version === null ? null : () => this.#send(version) }) : nothing}
          <div class="row">
            <span class="grow"></span>
            <button type="button" data-test="command-cancel" @click=${() => this.#close()}>${word('common.cancel')}</button>
            ${isStale ? nothing : html`<button type="submit" class="primary ${DANGEROUS.has(name) ? 'dangerous' : ''}" data-test="command-send" ?disabled=${sending.isBusy}>${sending.isBusy ? word('command.sending') : commandWord(name)}</button>`}
          </div>
        </form>
      </dialog>`;
  }
}

customElements.define('city-command', Command);
