/**
 * Where it happened: by a unit's name or code, by a press on the map, or by coordinates with their datum. `placed` tells
 * `{longitude, latitude, datum, unit}` or null. Beside it stands which units govern the place, from `GET /v1/locate`.
 */
import { Element, html, nothing, live } from '../lib/element.js';
import { read } from '../lib/api.js';
import { word } from '../lib/words.js';
import { refusal } from '../desk/refusal.js';
import { findBelow, findUnits } from './units.js';
import '../desk/choose.js';
import './place-map.js';

const DATUMS = ['WGS84', 'GCJ02', 'BD09', 'CGCS2000'];
/** How near the map goes for a unit of a tier. */
const ZOOMS = { CITY: 8, DISTRICT: 11, STREET: 13.5, COMMUNITY: 15, GRID: 16, MICRO_GRID: 17 };
const LOOK_MILLIS = 250;

class Place extends Element {
  static properties = {
    person: { attribute: false }, place: { attribute: false }, isWrong: { type: Boolean },
    located: { state: true }, refused: { state: true }, centre: { state: true },
  };

  #turn = 0;

  firstUpdated() {
    this.#findCentre();
  }

  /** The map begins at the person's own unit. */
  async #findCentre() {
    try {
      const { representativePoint } = await read(`/v1/units/${this.person.unit.code}`);
      this.centre = [representativePoint.longitude, representativePoint.latitude];
    } catch {
      // It begins at the city as a whole then.
    }
  }

  /** For the next call. */
  clear() {
    this.#fill({ longitude: '', latitude: '' }, '');
  }

  focus() {
    this.querySelector('city-choose').focus();
  }

  willUpdate(changed) {
    if (changed.has('place')) this.#locate();
  }

  async #locate() {
    const turn = ++this.#turn;
    this.located = undefined;
    this.refused = undefined;
    if (!this.place) return;
    const { longitude, latitude, datum } = this.place;
    await new Promise((later) => setTimeout(later, LOOK_MILLIS));
    if (turn !== this.#turn) return;
    try {
      const located = await read('/v1/locate', { longitude, latitude, datum });
      if (turn === this.#turn) this.located = located;
    } catch (refused) {
      if (turn === this.#turn) this.refused = refused;
    }
  }

  #tell(place) {
    this.dispatchEvent(new CustomEvent('placed', { detail: place }));
  }

  #chosen({ detail: choice }) {
    if (!choice) return;
    const { unit } = choice;
    this.#fill(unit.representativePoint, 'WGS84');
    this.#tell({ ...unit.representativePoint, datum: 'WGS84', unit: { code: unit.code, name: unit.name, tier: unit.tier } });
  }

  #fill({ longitude, latitude }, datum) {
    this.querySelector('[name=longitude]').value = longitude;
    this.querySelector('[name=latitude]').value = latitude;
    this.querySelector('[name=datum]').value = datum;
  }

  #typed() {
    const [longitude, latitude] = ['longitude', 'latitude'].map((name) => this.querySelector(`[name=${name}]`).value.trim());
    const datum = this.querySelector('[name=datum]').value;
    const isWhole = longitude && latitude && datum && !Number.isNaN(Number(longitude)) && !Number.isNaN(Number(latitude));
    this.#tell(isWhole ? { longitude: Number(longitude), latitude: Number(latitude), datum } : null);
  }

  /** "106.5784, 29.5582" into one of the two fields fills both. */
  #pasted(event) {
    const pair = event.clipboardData?.getData('text').trim().match(/^(-?\d+(?:\.\d+)?)[,，\s]+(-?\d+(?:\.\d+)?)$/);
    if (!pair) return;
    event.preventDefault();
    this.#fill({ longitude: pair[1], latitude: pair[2] }, this.querySelector('[name=datum]').value);
    this.#typed();
  }

  #pressed({ detail: position }) {
    this.#fill(position, 'WGS84');
    this.#tell({ ...position, datum: 'WGS84', isPressed: true });
  }

  render() {
    const unit = this.place?.unit;
    return html`
      <div class="place">
        <div class="stack">
          <city-choose label=${word('call.where')} placeholder=${word('call.where.hint')} test="call-unit" .isRequired=${true} .isWrong=${this.isWrong}
            .find=${(text) => findUnits(text, this.person)} .picked=${unit ? { value: unit.code, text: unit.name } : null}
            @chosen=${(event) => this.#chosen(event)}></city-choose>
          ${unit && unit.tier !== 'GRID' ? html`
            <city-choose label=${word('call.where.closer', { unit: unit.name })} placeholder=${word('call.where.closer.hint')} test="call-closer"
              .find=${(text) => findBelow(text, unit)} .isOnce=${true} @chosen=${(event) => this.#chosen(event)}></city-choose>` : nothing}
          <fieldset class="coordinates" @input=${() => this.#typed()} @paste=${(event) => this.#pasted(event)}>
            <legend>${word('call.coordinates')}</legend>
            <label>${word('call.longitude')} <input name="longitude" inputmode="decimal" autocomplete="off" data-test="call-longitude" .value=${live(this.#start('longitude'))}></label>
            <label>${word('call.latitude')} <input name="latitude" inputmode="decimal" autocomplete="off" data-test="call-latitude" .value=${live(this.#start('latitude'))}></label>
            <label>${word('call.datum')} <select name="datum" data-test="call-datum">
              <option value="" ?selected=${!this.place?.datum}>${word('call.datum.choose')}</option>
              ${DATUMS.map((datum) => html`<option value=${datum} ?selected=${this.place?.datum === datum}>${word(`call.datum.${datum}`)}</option>`)}
            </select></label>
          </fieldset>
          <div class="located" role="status" data-test="call-located">${this.#says()}</div>
        </div>
        <city-place-map .place=${this.#onMap()} .centre=${this.centre} @pressed=${(event) => this.#pressed(event)}></city-place-map>
      </div>`;
  }

  /** What stands in the field: as it was typed, until another place is chosen. */
  #start(name) {
    return this.querySelector(`[name=${name}]`)?.value ?? this.place?.[name] ?? '';
  }

  #says() {
    if (this.refused) return refusal(this.refused);
    if (!this.place) return html`<span class="soft">${word('call.where.ways')}</span>`;
    if (!this.located) return html`<span class="soft">${word('common.wait')}</span>`;
    const tier = this.place.unit?.tier;
    return html`
      <b>${this.located.chain.slice(1).map((unit) => unit.name).join(' › ')}</b>
      ${tier && tier !== 'GRID' ? html`<span class="soft">${word('call.where.middle', { tier: word(`desk.tier.${tier}`) })}</span>` : nothing}`;
  }

  #onMap() {
    if (!this.place || !this.located) return null;
    const key = JSON.stringify(this.place);
    if (key !== this.onMapKey) {
      this.onMapKey = key;
      this.onMap = { ...this.located.position, isPressed: this.place.isPressed, zoom: ZOOMS[this.place.unit?.tier] };
    }
    return this.onMap;
  }
}

customElements.define('city-place', Place);
