/** The end of a shift and the beginning of the next (docs/operators-day.md): writes a hand-over, and lists the unit's with how things stood; `/v1/hand-overs`. */
import { Element, html } from '../lib/element.js';
import { word } from '../lib/words.js';
import '../hand-over/write.js';
import '../hand-over/list.js';

class HandOver extends Element {
  static properties = { person: { attribute: false }, live: { attribute: false } };

  render() {
    return html`
      <div class="desk hand-over">
        <section class="panel" aria-labelledby="hand-over-write"><h2 id="hand-over-write">${word('hand-over.write')}</h2>
          <city-hand-over-form .person=${this.person} .live=${this.live}
            @handed=${() => this.querySelector('city-hand-overs').reload()}></city-hand-over-form></section>
        <section class="stack" aria-labelledby="hand-over-list"><h2 id="hand-over-list">${word('hand-over.list', { unit: this.person.unit?.name ?? '' })}</h2>
          <city-hand-overs .person=${this.person}></city-hand-overs></section>
      </div>`;
  }
}

customElements.define('city-hand-over', HandOver);
