/**
 * A place for a report, an arrival or a check-in: the phone's own, with its accuracy and its datum, or a point that the person picks on
 * the map where there is none. Event `placed` with `{longitude, latitude, datum}`.
 */
import { Element, html, listen, nothing } from '../lib/element.js';
import { number, word } from '../lib/words.js';
import { drawMap } from './base-map.js';
import { whereabouts } from './position.js';

const DATUM = 'WGS84';
/** About 1 cm. */
const DIGITS = 7;

export const asLocation = ({ longitude, latitude }) => ({ longitude: Number(longitude.toFixed(DIGITS)), latitude: Number(latitude.toFixed(DIGITS)), datum: DATUM });

class WorkerPlace extends Element {
  static properties = { near: { attribute: false }, isPicking: { state: true }, picked: { state: true }, failure: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    whereabouts.follow();
    this.until(listen(whereabouts, 'change', () => this.#tell()));
    this.until(() => this.drawn?.stop());
    this.#tell();
  }

  /** Null where it is not known yet. */
  place() {
    if (this.isPicking) return this.picked ? asLocation(this.picked) : null;
    return whereabouts.here ? asLocation(whereabouts.here) : null;
  }

  #tell() {
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent('placed', { detail: this.place() }));
  }

  async #pick() {
    this.isPicking = true;
    await this.updateComplete;
    const start = whereabouts.here ?? this.near ?? { longitude: 106.55, latitude: 29.56 };
    try {
      this.drawn = await drawMap(this.querySelector('.worker-pick'), {
        centre: [start.longitude, start.latitude],
        zoom: 17,
        marks: () => [],
      });
    } catch (failure) {
      this.failure = failure;
      return;
    }
    const take = () => {
      const [longitude, latitude] = window.ol.proj.toLonLat(this.drawn.map.getView().getCenter());
      this.picked = { longitude, latitude };
      this.#tell();
    };
    this.drawn.map.on('moveend', take);
    take();
  }

  #own() {
    this.drawn?.stop();
    this.drawn = null;
    this.isPicking = false;
    this.picked = null;
    whereabouts.follow();
    this.#tell();
  }

  render() {
    return html`
      <fieldset class="stack" data-test="place">
        <legend>${word('worker.place.title')}</legend>
        ${this.isPicking ? this.#onMap() : this.#ofPhone()}
      </fieldset>`;
  }

  #ofPhone() {
    const { here, failure } = whereabouts;
    return html`
      <p role="status" class=${failure && !here ? 'refused' : ''}>${here
        ? html`<b>${word('worker.place.own')}</b> ${word('worker.place.accuracy', { meters: number(Math.round(here.accuracy)) })}<br>${degrees(here)}`
        : word(failure ? `worker.place.${failure}` : 'worker.place.wait')}</p>
      <button type="button" data-test="place-pick" @click=${() => this.#pick()}>${word('worker.place.pick')}</button>`;
  }

  #onMap() {
    return html`
      <div class="worker-pick-frame">
        <div class="worker-pick" role="application" aria-label=${word('worker.place.move')} tabindex="0"></div>
        <svg class="worker-cross" viewBox="0 0 40 40" aria-hidden="true"><path d="M20 3v12M20 25v12M3 20h12M25 20h12" fill="none" stroke="currentColor" stroke-width="3"/><circle cx="20" cy="20" r="3" fill="currentColor"/></svg>
      </div>
      ${this.failure ? html`<p class="refused">${word('worker.map.none')}</p>` : nothing}
      <p role="status">${word('worker.place.move')}${this.picked ? html`<br>${degrees(this.picked)}` : nothing}</p>
      <button type="button" data-test="place-own" @click=${() => this.#own()}>${word('worker.place.use-own')}</button>`;
  }
}

const degrees = ({ longitude, latitude }) => html`<span class="soft">${longitude.toFixed(5)}, ${latitude.toFixed(5)} · WGS-84</span>`;

customElements.define('worker-place', WorkerPlace);
