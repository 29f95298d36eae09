/**
 * A field with a list to choose from, by typing, arrows and Enter, or by mouse: incident types, units, incidents. `find(text)` gives the
 * choices `{value, text, note, group}`, at once or later; `chosen` tells the one that was taken, null once it is typed over;
 * with `isOnce` the field is empty again for the next.
 */
import { Element, html, nothing, live } from '../lib/element.js';
import { word } from '../lib/words.js';

const SHOWN = 60;
let count = 0;

class Choose extends Element {
  static properties = {
    label: {}, placeholder: {}, test: {}, isRequired: { type: Boolean }, isWrong: { type: Boolean }, isOnce: { type: Boolean },
    find: { attribute: false }, picked: { attribute: false },
    text: { state: true }, choices: { state: true }, at: { state: true }, isOpen: { state: true }, failure: { state: true },
  };

  #turn = 0;
  #id = `choose-${++count}`;

  constructor() {
    super();
    this.text = '';
    this.choices = [];
    this.at = -1;
  }

  willUpdate(changed) {
    if (changed.has('picked')) this.text = this.picked?.text ?? (changed.get('picked') ? '' : this.text);
  }

  focus() {
    this.querySelector('input')?.focus();
  }

  async #look(text) {
    const turn = ++this.#turn;
    try {
      const found = await this.find(text.trim());
      if (turn !== this.#turn) return;
      this.choices = found.slice(0, SHOWN);
      this.at = text && this.choices.length ? 0 : -1;
      this.failure = undefined;
    } catch (refused) {
      if (turn !== this.#turn) return;
      this.choices = [];
      this.failure = refused;
    }
    this.isOpen = true;
  }

  #typed(event) {
    this.text = event.target.value;
    if (this.picked) this.#tell(null);
    this.#look(this.text);
  }

  #tell(choice) {
    this.dispatchEvent(new CustomEvent('chosen', { detail: choice }));
  }

  #take(choice) {
    this.#turn++;
    this.isOpen = false;
    this.text = this.isOnce ? '' : choice.text;
    this.#tell(choice);
  }

  #key(event) {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!this.isOpen) this.#look(this.picked ? '' : this.text);
      else if (this.choices.length) this.at = (this.at + (event.key === 'ArrowDown' ? 1 : -1) + this.choices.length) % this.choices.length;
    } else if (event.key === 'Enter' && this.isOpen) {
      event.preventDefault();
      if (this.choices[this.at]) this.#take(this.choices[this.at]);
    } else if (event.key === 'Escape' && this.isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.isOpen = false;
    }
  }

  updated() {
    this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  render() {
    return html`
      <label for=${this.#id}>${this.label}</label>
      <input id=${this.#id} role="combobox" type="text" autocomplete="off" spellcheck="false" .value=${live(this.text)} placeholder=${this.placeholder ?? nothing}
        aria-expanded=${this.isOpen ? 'true' : 'false'} aria-controls="${this.#id}-list" aria-autocomplete="list" data-test=${this.test ?? nothing}
        aria-activedescendant=${this.isOpen && this.at >= 0 ? `${this.#id}-${this.at}` : nothing}
        aria-required=${this.isRequired ? 'true' : nothing} aria-invalid=${this.isWrong ? 'true' : nothing}
        @input=${(event) => this.#typed(event)} @keydown=${(event) => this.#key(event)}
        @click=${() => this.isOpen || this.#look(this.picked ? '' : this.text)} @blur=${() => { this.isOpen = false; this.#turn++; }}>
      <div id="${this.#id}-list" role="listbox" aria-label=${this.label} class="choose-list" ?hidden=${!this.isOpen}>
        ${this.isOpen ? this.#list() : nothing}
      </div>`;
  }

  #list() {
    if (this.failure) return html`<p class="soft">${this.failure.message}</p>`;
    if (!this.choices.length) return html`<p class="soft">${word('desk.choose.none')}</p>`;
    let group;
    return this.choices.map((choice, i) => {
      const isFirst = choice.group !== group;
      group = choice.group;
      return html`
        ${isFirst && group ? html`<p class="choose-group" role="presentation">${group}</p>` : nothing}
        <div role="option" id="${this.#id}-${i}" aria-selected=${i === this.at ? 'true' : 'false'} data-value=${choice.value}
          @mousedown=${(event) => { event.preventDefault(); this.#take(choice); }}>
          <span>${choice.text}</span>${choice.note ? html`<span class="soft">${choice.note}</span>` : nothing}</div>`;
    });
  }
}

customElements.define('city-choose', Choose);
