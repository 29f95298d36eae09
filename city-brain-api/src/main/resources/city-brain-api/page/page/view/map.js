/**
 * `<city-map>`: the city's tiers, what is open on them, the heat by unit and what can be laid over it. What is decided lies in `map/`; this
 * wires it to the address (`at`, `unit`, `incident`, the filters, `heat`, `layers`), to the live incidents and to the person's hands.
 */
import { Element, html, listen, nothing } from '../lib/element.js';
import { read } from '../lib/api.js';
import { show } from '../lib/address.js';
import { FILTERS } from '../lib/filter.js';
import { size } from '../lib/size.js';
import { everySecond } from '../lib/time.js';
import { word } from '../lib/words.js';
import { baseMapLayer, readBaseMap } from '../map/base-map.js';
import { ChosenBorder, extentOf } from '../map/borders.js';
import { Clusters, toMap } from '../map/clusters.js';
import { FollowIncidents } from '../map/follow.js';
import { Footprints, areFootprintsNear } from '../map/footprints.js';
import { HEAT_MILLIS, MEASURES, readHeat } from '../map/heat.js';
import { LAYERS, Overlays } from '../map/layers.js';
import { Marks } from '../map/marks.js';
import { Names } from '../map/names.js';
import { Staff } from '../map/staff.js';
import { forget, radius } from '../map/sprites.js';
import { ORDER, Tiers, tierAt, tierOf } from '../map/tiers.js';
import { FARTHEST, NEAREST, Viewpoint, lasting } from '../map/viewpoint.js';
import './map-legend.js';
import './map-tip.js';
import './map-unit.js';

const REDRAW_MILLIS = 200;
const SETTLED_MILLIS = 250;
const RESTED_MILLIS = 160;

class CityMap extends Element {
  static properties = {
    live: { attribute: false },
    person: { attribute: false },
    zoom: { state: true },
    heat: { state: true },
    baseMap: { state: true },
    tip: { state: true },
    choice: { state: true },
    message: { state: true },
  };

  #clusters = new Clusters();
  #marks = new Marks(this.#clusters);
  #tiers = new Tiers();
  #names = new Names(this.#tiers);
  #border = new ChosenBorder();
  #footprints = new Footprints();
  #staff = new Staff();
  #timers = new Map();
  #isWaiting = true;
  /** The chosen incident has not come yet: the map goes there when it does. */
  #isSought = false;
  #heatTurn = 0;

  firstUpdated() {
    this.map = new ol.Map({
      target: this.querySelector('.ground'),
      layers: [...this.#tiers.layers, this.#border.layer, this.#footprints.layer, this.#names.layer, this.#staff.layer, this.#marks.layer],
      controls: [new ol.control.ScaleLine({ minWidth: 70 })],
      interactions: ol.interaction.defaults.defaults({ altShiftDragRotate: false, pinchRotate: false, zoomDuration: lasting(250) }),
      view: new ol.View({ center: [0, 0], zoom: FARTHEST, minZoom: FARTHEST, maxZoom: NEAREST, enableRotation: false }),
    });
    this.viewpoint = new Viewpoint(this.map);
    this.follow = new FollowIncidents(this.live, this.#clusters, this.#marks);
    this.overlays = new Overlays(this.map);
    this.overlays.show(this.shown.layers);
    this.map.on('moveend', () => this.#rested());
    this.map.on('movestart', () => this.#leave());
    this.map.on('pointermove', (event) => !event.dragging && this.#point(event.pixel));
    this.until(listen(this.map.getViewport(), 'pointerleave', () => this.#leave()));
    this.map.on('singleclick', (event) => this.#press(event));
    for (const layer of this.#tiers.borders) layer.getSource().on('tileloadend', () => this.#later('names', SETTLED_MILLIS, () => this.#place()));
    this.until(listen(this.live, 'change', ({ detail }) => this.#changed(detail)));
    this.until(listen(window, 'themed', () => this.#redraw()));
    this.until(listen(window, 'sized', () => this.#sized()));
    this.until(listen(window, 'spoken', () => this.overlays.redraw()));
    this.until(everySecond((at) => this.follow.tick(this.shown, at)));
    const heating = setInterval(() => this.#heat(this.shown), HEAT_MILLIS + 1000);
    this.until(() => clearInterval(heating));
    this.#fill(this.shown);
    this.#drawBorder(this.shown);
    this.#start();
    this.#readBaseMap();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.map?.setTarget(null);
  }

  async #start() {
    if (!this.viewpoint.goTo(this.shown.at)) await this.#fit(this.shown.unit ?? this.#own(), 0);
    this.#isWaiting = false;
    this.#choose(this.shown.incident);
    this.#heat(this.shown);
  }

  addressChanged(state, before) {
    if (!this.map) return;
    if (FILTERS.some((name) => String(state[name] ?? '') !== String(before[name] ?? ''))) this.#fill(state);
    if (state.unit !== before.unit) {
      this.#drawBorder(state);
      if (state.at === before.at) this.#fit(state.unit ?? this.#own());
    }
    if (state.incident !== before.incident) this.#choose(state.incident);
    if (state.heat !== before.heat) this.#heat(state);
    if (state.base !== before.base) this.#showBaseMap(state);
    if (String(state.layers) !== String(before.layers)) {
      this.overlays.show(state.layers);
      this.#showStaff(state);
    }
    if (state.at !== before.at && state.at !== `${this.viewpoint}`) this.viewpoint.goTo(state.at);
  }

  async #readBaseMap() {
    this.baseMap = await readBaseMap();
    if (!this.baseMap) return;
    this.ground = baseMapLayer(this.baseMap);
    this.map.addLayer(this.ground);
    this.#showBaseMap(this.shown);
  }

  /** The city's own plain ground would hide it. */
  #showBaseMap({ base }) {
    this.ground?.setVisible(base !== 'off');
    this.#tiers.ground.setVisible(!this.ground || base === 'off');
  }

  #own() {
    return this.person.unit?.code ?? '';
  }

  // What is open

  #fill(state) {
    this.follow.fill(state);
    this.#names.forget();
    this.#later('names', SETTLED_MILLIS, () => this.#place());
    this.#later('footprints', SETTLED_MILLIS, () => this.#showFootprints());
  }

  #changed(detail) {
    if (detail.all) {
      this.#fill(this.shown);
      if (this.#isSought) this.#choose(this.shown.incident);
      return;
    }
    this.follow.change(detail, this.shown);
    this.#later('marks', REDRAW_MILLIS, () => this.#marks.redraw());
    if (areFootprintsNear(this.zoom)) this.#later('footprints', 4 * REDRAW_MILLIS, () => this.#showFootprints());
  }

  #choose(id) {
    this.#marks.chosen = id ?? null;
    this.#marks.redraw();
    const incident = id && this.live.incidents.get(id);
    this.#isSought = Boolean(id) && (!incident || this.#isWaiting);
    if (!incident || this.#isWaiting) return;
    // Behind the frame in which the incident's own panel makes the map smaller.
    this.#later('chosen', 0, () => this.viewpoint.bringIntoView(toMap(incident.longitude, incident.latitude)) || this.#showFootprints());
  }

  #showFootprints() {
    const { extent } = this.viewpoint;
    const points = areFootprintsNear(this.zoom)
      ? this.#clusters.marks(Math.round(this.zoom), extent).flatMap((mark) => mark.points).filter((one) => ol.extent.containsXY(extent, one.x, one.y))
      : [];
    const chosen = this.#marks.chosen && this.#clusters.get(this.#marks.chosen);
    this.#footprints.show(chosen && !points.includes(chosen) ? [chosen, ...points] : points);
  }

  // Where one looks

  #drawBorder({ unit }) {
    this.#border.choose(below(unit ?? this.#own())).catch((refused) => this.#noBorder(refused));
  }

  #noBorder(refused) {
    this.message = word('map.no-border', { why: refused.message });
  }

  async #fit(code, milliseconds) {
    try {
      this.viewpoint.fit(await extentOf(code), this.#cardWidth(), milliseconds);
    } catch (refused) {
      this.#noBorder(refused);
    }
  }

  /** The card of a unit must not lie on the unit; but on a small screen there is no room beside it. */
  #cardWidth() {
    const width = this.querySelector('.unit-card')?.offsetWidth ?? 0;
    return width < this.clientWidth / 3 ? width : 0;
  }

  #rested() {
    if (this.#isWaiting) return;
    const tier = this.zoom === undefined ? null : tierAt(this.zoom);
    this.zoom = this.viewpoint.zoom;
    if (tierAt(this.zoom) !== tier) this.#heat(this.shown);
    // Between two turns of the wheel the map rests, too.
    clearTimeout(this.#timers.get('rested'));
    this.#timers.delete('rested');
    this.#later('rested', RESTED_MILLIS, () => {
      show({ at: `${this.viewpoint}` }, { replace: true });
      this.#place();
      this.#showFootprints();
    });
  }

  #place() {
    if (this.viewpoint.isMoving || this.zoom === undefined) return;
    const resolution = this.map.getView().getResolution();
    const taken = this.#clusters.marks(Math.round(this.zoom), this.viewpoint.extent).map((mark) => {
      const half = (radius(mark) + 4 * size()) * resolution;
      return [mark.x - half, mark.y - half, mark.x + half, mark.y + half + (mark.count > 1 && mark.rank < 4 ? 8 * size() * resolution : 0)];
    });
    this.#names.place(this.map, taken);
    this.#showStaff(this.shown);
  }

  #showStaff({ layers }) {
    const { from, of } = LAYERS.find(({ name }) => name === 'staff');
    const isOn = layers.includes('staff') && this.zoom >= from && this.person.roles.some((role) => of.includes(role));
    const grids = isOn ? this.#names.units('GRID', this.map).filter(({ code }) => code.startsWith(this.#own())) : [];
    this.#staff.show(grids).catch((refused) => {
      this.message = word('map.no-staff', { why: refused.message });
    });
  }

  // What one points at

  #point(pixel) {
    const mark = this.#marks.at(pixel);
    const grid = mark ? null : this.#staff.at(this.map, pixel);
    const places = mark || grid ? [] : this.overlays.at(pixel);
    this.querySelector('.ground').classList.toggle('pressable', Boolean(mark));
    const tip = mark || grid || places.length ? { pixel, mark, grid, places } : null;
    if (tip || this.tip) this.tip = tip;
  }

  #leave() {
    if (this.tip) this.tip = null;
  }

  async #press({ pixel, coordinate }) {
    this.choice = null;
    this.tip = null;
    const mark = this.#marks.at(pixel);
    if (mark) this.#open(mark, pixel);
    else if (!this.overlays.at(pixel).some(({ isPlace }) => isPlace)) await this.#goInto(ol.proj.toLonLat(coordinate));
  }

  #open(mark, pixel) {
    if (mark.count === 1) show({ incident: mark.points[0].id });
    else if (!this.viewpoint.goInto(mark.points)) this.choice = { pixel, points: [...mark.points].sort((a, b) => a.rank - b.rank || a.due - b.due) };
  }

  #chosen() {
    this.choice = null;
    this.querySelector('.ground').focus();
  }

  /** The unit under the finger: of the tier that one looks at, or the next below the one that is chosen. */
  async #goInto([longitude, latitude]) {
    let chain;
    try {
      ({ chain } = await read('/v1/locate', { longitude: longitude.toFixed(6), latitude: latitude.toFixed(6), datum: 'WGS84' }));
    } catch {
      return;
    }
    const { unit } = this.shown;
    const isBelow = unit && chain.some(({ code }) => code === unit);
    const tier = Math.max(ORDER.indexOf(tierAt(this.zoom)), isBelow ? ORDER.indexOf(tierOf(unit)) + 1 : 0);
    const found = chain[Math.min(tier, chain.length - 1)];
    if (!found.code.startsWith(this.#own())) this.message = word('map.not-yours', { unit: found.name });
    else if (found.code !== unit) show({ unit: found.code });
  }

  async #heat(state) {
    const turn = ++this.#heatTurn;
    if (!MEASURES.includes(state.heat) || this.zoom === undefined) {
      this.heat = null;
      this.#tiers.heat(null);
      return;
    }
    try {
      const heat = await readHeat(state.heat, tierAt(this.zoom));
      if (turn !== this.#heatTurn) return;
      this.heat = heat;
      this.#tiers.heat(heat);
    } catch (refused) {
      if (turn === this.#heatTurn) this.message = word('map.no-heat', { why: refused.message });
    }
  }

  /** The page was moved to a wall, or back. */
  #sized() {
    this.#clusters.resize();
    this.#names.forget();
    this.#redraw();
    this.#later('names', SETTLED_MILLIS, () => this.#place());
  }

  #redraw() {
    forget();
    for (const one of [this.#tiers, this.#names, this.#border, this.#footprints, this.#staff, this.overlays, this.#marks]) one.redraw();
    this.requestUpdate();
  }

  #later(name, milliseconds, act) {
    if (this.#timers.has(name)) return;
    this.#timers.set(name, setTimeout(() => {
      this.#timers.delete(name);
      act();
    }, milliseconds));
  }

  render() {
    return html`
      <div class="ground" tabindex="0" role="application" aria-label=${word('map.label')} aria-describedby="map-keys"></div>
      <p class="visually-hidden" id="map-keys">${word('map.keys')}</p>
      <city-map-unit .live=${this.live} .person=${this.person}></city-map-unit>
      <div class="tools" role="group" aria-label=${word('map.tools')}>
        <button type="button" aria-label=${word('map.nearer')} title=${word('map.nearer')} @click=${() => this.viewpoint.zoomBy(1)}>+</button>
        <button type="button" aria-label=${word('map.farther')} title=${word('map.farther')} @click=${() => this.viewpoint.zoomBy(-1)}>−</button>
        <button type="button" aria-label=${word('map.whole')} title=${word('map.whole')} @click=${() => this.#fit(this.shown.unit ?? this.#own())}>⌂</button>
      </div>
      <city-map-legend .person=${this.person} .heat=${this.heat} .baseMap=${this.baseMap} .zoom=${this.zoom}></city-map-legend>
      ${this.baseMap?.attribution && this.shown.base !== 'off' ? html`<p class="attribution" data-test="base-map">${this.baseMap.attribution}</p>` : nothing}
      ${this.live.truncated ? html`<p class="note" role="status">${word('map.truncated')}</p>` : nothing}
      ${this.message ? html`
        <p class="note" role="status">${this.message}
          <button type="button" class="plain" aria-label=${word('common.close')} @click=${() => { this.message = null; }}>×</button></p>` : nothing}
      <city-map-tip .tip=${this.tip} .choice=${this.choice} @done=${() => this.#chosen()}></city-map-tip>
    `;
  }
}

/** The city's own border is that of the map. */
const below = (code) => (code.length > 2 ? code : null);

customElements.define('city-map', CityMap);
