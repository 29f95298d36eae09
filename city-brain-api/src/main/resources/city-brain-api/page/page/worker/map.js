/** The map of the own grid: its border, the tasks on it by gravity, and where the phone is. Pressing a task opens it. */
import { html, listen, nothing } from '../lib/element.js';
import { show } from '../lib/address.js';
import { colour } from '../lib/theme.js';
import { number, word } from '../lib/words.js';
import { drawMap } from './base-map.js';
import { isSettled } from './expected.js';
import { whereabouts } from './position.js';
import { PocketElement } from './pocket-element.js';

const NEAR_ENOUGH_PIXELS = 14;

class WorkerMap extends PocketElement {
  static properties = { failure: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    whereabouts.follow();
    this.until(listen(whereabouts, 'change', () => {
      this.#drawMarks();
      this.requestUpdate();
    }));
  }

  async firstUpdated() {
    try {
      const unit = this.pocket.boundary?.properties.representativePoint;
      const first = this.pocket.tasksInOrder()[0]?.incident.location;
      const start = unit ?? first ?? whereabouts.here ?? { longitude: 106.55, latitude: 29.56 };
      this.drawn = await drawMap(this.querySelector('.worker-map'), { centre: [start.longitude, start.latitude], marks: (mark) => style(mark) });
      if (!this.isConnected) return this.drawn.stop();
      this.until(() => this.drawn.stop());
      this.until(listen(this.pocket, 'change', () => this.#drawMarks()));
      this.drawn.map.on('singleclick', ({ pixel }) => {
        const mark = this.drawn.map.forEachFeatureAtPixel(pixel, (one) => one.get('task'), { hitTolerance: NEAR_ENOUGH_PIXELS, layerFilter: (layer) => layer.getSource() === this.drawn.marks });
        if (mark) show({ tab: null, incident: mark });
      });
      this.#drawMarks();
    } catch (failure) {
      this.failure = failure;
    }
  }

  #showGrid() {
    this.isPlaced = true;
    this.drawn.map.getView().fit(this.drawn.marks.getFeatureById('grid').getGeometry(), { padding: [40, 40, 90, 40], maxZoom: 17 });
  }

  #drawMarks() {
    if (!this.drawn) return;
    const { ol } = window;
    const marks = [];
    const at = ({ longitude, latitude }) => ol.proj.fromLonLat([longitude, latitude]);
    if (this.pocket.boundary) {
      const grid = new ol.format.GeoJSON({ featureProjection: 'EPSG:3857' }).readFeature(this.pocket.boundary);
      grid.setId('grid');
      grid.set('kind', 'grid');
      marks.push(grid);
    }
    const { here } = whereabouts;
    if (here) {
      marks.push(new ol.Feature({ kind: 'accuracy', geometry: new ol.geom.Circle(at(here), here.accuracy / Math.cos((here.latitude * Math.PI) / 180)) }));
      marks.push(new ol.Feature({ kind: 'here', geometry: new ol.geom.Point(at(here)) }));
    }
    for (const task of this.pocket.tasksInOrder().filter(({ status }) => !isSettled(status)).reverse()) {
      marks.push(new ol.Feature({ kind: 'task', task: task.incidentId, level: task.incident.level, scope: task.incident.scope, geometry: new ol.geom.Point(at(task.incident.location)) }));
    }
    this.drawn.marks.clear(true);
    this.drawn.marks.addFeatures(marks);
    // Once, when it is known; from then on the map is where the person has moved it.
    if (this.pocket.boundary && !this.isPlaced) this.#showGrid();
  }

  #go(to) {
    this.drawn.map.getView().animate({ center: window.ol.proj.fromLonLat([to.longitude, to.latitude]), zoom: 17, duration: duration() });
  }

  render() {
    const { here, failure } = whereabouts;
    return html`
      <div class="worker-map" data-test="map" role="application" aria-label=${word('worker.map.label')}></div>
      ${this.failure ? html`<p class="refused worker-map-note">${word('worker.map.none')}</p>` : nothing}
      <div class="worker-map-tools">
        <button type="button" data-test="map-in" aria-label=${word('worker.map.in')} @click=${() => this.#zoom(1)}>+</button>
        <button type="button" data-test="map-out" aria-label=${word('worker.map.out')} @click=${() => this.#zoom(-1)}>−</button>
        ${this.pocket.boundary ? html`<button type="button" data-test="map-grid" @click=${() => this.#showGrid()}>${word('worker.map.grid')}</button>` : nothing}
        <button type="button" data-test="map-here" ?disabled=${!here} @click=${() => this.#go(here)}>${word('worker.map.here')}</button>
      </div>
      <p class="worker-map-note" role="status">${here
        ? `${word('worker.place.own')} ${word('worker.place.accuracy', { meters: number(Math.round(here.accuracy)) })}`
        : word(failure ? `worker.place.${failure}` : 'worker.place.wait')}</p>`;
  }

  #zoom(by) {
    const view = this.drawn?.map.getView();
    view?.animate({ zoom: view.getZoom() + by, duration: duration() });
  }
}

const duration = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200);

function style(mark) {
  const { ol } = window;
  const fill = (name) => new ol.style.Fill({ color: colour(name) });
  const stroke = (name, width) => new ol.style.Stroke({ color: colour(name), width });
  switch (mark.get('kind')) {
    case 'grid': return new ol.style.Style({ stroke: stroke('accent', 3.5), zIndex: 1 });
    case 'accuracy': return new ol.style.Style({ stroke: stroke('accent', 1), zIndex: 2 });
    case 'here': return new ol.style.Style({ image: new ol.style.Circle({ radius: 7, fill: fill('accent'), stroke: stroke('halo', 3) }), zIndex: 5 });
    default: {
      const level = mark.get('level');
      return new ol.style.Style({
        image: new ol.style.Circle({ radius: 15, fill: fill(level ? `level-${level}` : 'everyday'), stroke: stroke('halo', 3) }),
        text: new ol.style.Text({ text: level ?? mark.get('scope') ?? '', font: '700 13px system-ui, sans-serif', fill: fill('on-level') }),
        zIndex: 4,
      });
    }
  }
}

customElements.define('worker-map', WorkerMap);
