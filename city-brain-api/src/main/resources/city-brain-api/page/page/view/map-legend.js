/**
 * `<city-map-legend>`: what the marks mean, the classes of the heat with their numbers, and the switches for heat and layers. What is switched
 * on is in the address: `heat`, `layers`; the base map, where there is one, is on unless `base=off`.
 */
import { Element, html, listen, nothing } from '../lib/element.js';
import { show } from '../lib/address.js';
import { colour } from '../lib/theme.js';
import { number, word } from '../lib/words.js';
import { RANKS } from '../map/clusters.js';
import { HOURS, MEASURES, heatColour } from '../map/heat.js';
import { LAYERS, line, sign } from '../map/layers.js';
import { sample } from '../map/sprites.js';
import { person } from '../map/staff.js';

const KINDS = {
  'key-places': ['SCHOOL', 'HOSPITAL', 'CHEMICAL_PLANT', 'METRO_HUB', 'RESERVOIR'].map((kind) => [kind, `place.${kind}`]),
  devices: ['CAMERA', 'WATER_LEVEL', 'SMOKE', 'GAS', 'AIR', 'TRAFFIC'].map((kind) => [kind, `device.${kind}`]),
};

class MapLegend extends Element {
  static properties = { person: { attribute: false }, heat: { attribute: false }, baseMap: { attribute: false }, zoom: { attribute: false }, isOpen: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    for (const name of ['themed', 'sized']) this.until(listen(window, name, () => this.requestUpdate()));
  }

  render() {
    return html`
      ${this.isOpen ? this.#switches() : nothing}
      <div class="legend">
        <div class="row"><button type="button" class="turn" aria-expanded=${Boolean(this.isOpen)} @click=${() => { this.isOpen = !this.isOpen; }}>
          ${word('map.layers')}${this.#count()}</button>
        <ul class="forms" aria-label=${word('map.legend')}>
          ${RANKS.map((level, rank) => html`
            <li title=${word(`level.${level}`)}>${picture(sample(rank))}${rank < 4 ? nothing : html`<span>${word('screen.everyday')}</span>`}</li>`)}
          <li>${picture(sample(4, true))}<span>${word('screen.overdue')}</span></li>
        </ul></div>
        ${MEASURES.includes(this.shown.heat) ? this.#heat() : nothing}
        ${LAYERS.filter(({ name }) => this.shown.layers.includes(name)).map((layer) => this.#layer(layer))}
      </div>`;
  }

  #count() {
    const on = this.shown.layers.length + (this.shown.heat ? 1 : 0);
    return on ? html` <b class="on">${on}</b>` : nothing;
  }

  #heat() {
    const { heat } = this;
    if (!heat) return html`<p class="heat soft">${word('common.wait')}</p>`;
    return html`
      <div class="heat">
        <p>${word(`map.heat.${heat.measure}`)} <span class="soft">${word(`tier.${heat.tier}`)} · ${word('map.heat.hours', { hours: HOURS })}</span></p>
        ${heat.bounds.length ? html`
          <ol>${heat.bounds.map(({ from, to }, i) => html`
            <li>${swatch(heatColour(i, heat.bounds.length))}<span class="number">${
              to === null ? `≥ ${number(from)}` : from === to ? number(from) : `${number(from)}–${number(to)}`}</span></li>`)}
            <li class="soft">${word(`map.heat.unit.${heat.measure}`)}</li>
          </ol>` : html`<p class="soft">${word('map.heat.nothing')}</p>`}
      </div>`;
  }

  #layer({ name, from, form, paint, dash }) {
    const isFar = this.zoom < from;
    return html`
      <div class="layer">
        <p>${dash ? picture(line({ paint, dash })) : nothing} ${word(`map.layer.${name}`)}${isFar ? html` <span class="soft">${word('map.layer.nearer')}</span>` : nothing}</p>
        ${!isFar && KINDS[name] ? html`<ul>${KINDS[name].map(([kind, key]) => html`<li>${picture(sign({ form, paint }, kind))}<span>${word(key)}</span></li>`)}</ul>` : nothing}
        ${!isFar && name === 'staff' ? html`
          <ul><li>${picture(person(colour('green')))}<span>${word('map.staff.some')}</span></li><li>${picture(person(colour('red')))}<span>${word('map.staff.none')}</span></li></ul>` : nothing}
      </div>`;
  }

  #switches() {
    const { heat, layers } = this.shown;
    const turn = (name, isOn) => show({ layers: isOn ? [...layers, name] : layers.filter((one) => one !== name) });
    return html`
      <div class="switches">
        <fieldset>
          <legend>${word('map.heat')}</legend>
          <label><input type="radio" name="heat" .checked=${!heat} @change=${() => show({ heat: null })}> ${word('map.heat.off')}</label>
          ${MEASURES.map((measure) => html`
            <label><input type="radio" name="heat" .checked=${heat === measure} @change=${() => show({ heat: measure })}> ${word(`map.heat.${measure}`)}</label>`)}
        </fieldset>
        <fieldset>
          <legend>${word('map.layers.over')}</legend>
          ${this.baseMap ? html`
            <label><input type="checkbox" data-test="base-map-switch" .checked=${this.shown.base !== 'off'} @change=${(event) => show({ base: event.target.checked ? null : 'off' })}> ${word('map.layer.base-map')}</label>` : nothing}
          ${LAYERS.filter(({ of }) => !of || this.person.roles.some((role) => of.includes(role))).map(({ name, from }) => html`
            <label><input type="checkbox" .checked=${layers.includes(name)} @change=${(event) => turn(name, event.target.checked)}> ${word(`map.layer.${name}`)}
              ${this.zoom < from ? html`<span class="soft">${word('map.layer.nearer')}</span>` : nothing}</label>`)}
        </fieldset>
      </div>`;
  }
}

/** A canvas as it is drawn on the map, half as large as its pixels; a copy, since the map keeps its own. */
function picture(canvas) {
  const image = document.createElement('canvas');
  image.width = canvas.width;
  image.height = canvas.height;
  image.getContext('2d').drawImage(canvas, 0, 0);
  image.style.width = `${canvas.width / 2}px`;
  image.style.height = `${canvas.height / 2}px`;
  image.setAttribute('aria-hidden', 'true');
  return image;
}

function swatch(paint) {
  const box = document.createElement('i');
  box.className = 'swatch';
  box.style.background = paint;
  return box;
}

customElements.define('city-map-legend', MapLegend);
