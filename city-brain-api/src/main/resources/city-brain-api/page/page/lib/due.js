/**
 * `<city-due .from .due>`: the light of a deadline (form and colour) and the time that is left, in words. It counts by itself, so whatever
 * it stands in is not drawn anew every second.
 */
import { now } from './api.js';
import { everySecond, light, span } from './time.js';
import { word } from './words.js';

class Due extends HTMLElement {
  #from = null;
  #due = null;
  #parts = null;
  #ends = [];

  set from(value) {
    this.#from = value;
    this.#show();
  }

  set due(value) {
    this.#due = value;
    this.#show();
  }

  connectedCallback() {
    const again = () => this.#show();
    addEventListener('spoken', again);
    // It counts every second: read when it is asked for, not when it changes.
    this.setAttribute('role', 'timer');
    this.#ends = [everySecond(again), () => removeEventListener('spoken', again)];
    this.#show();
  }

  disconnectedCallback() {
    for (const end of this.#ends) end();
  }

  #show() {
    if (!this.isConnected) return;
    if (!this.#parts) {
      const sign = document.createElement('i');
      const text = document.createElement('span');
      sign.setAttribute('aria-hidden', 'true');
      this.replaceChildren(sign, text);
      this.#parts = { sign, text };
    }
    const at = now();
    const state = light(this.#from, this.#due, at);
    const text = state === 'none' ? '' : word(`due.${state}`, { time: span(Math.abs(Date.parse(this.#due) - at)) });
    if (this.dataset.light !== state) {
      this.dataset.light = state;
      this.#parts.sign.className = `light ${state}`;
    }
    if (this.#parts.text.textContent !== text) this.#parts.text.textContent = text;
  }
}

customElements.define('city-due', Due);
