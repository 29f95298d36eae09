/** The chosen unit: its border drawn strongly, and what lies outside of it dimmed. Read from `/v1/units/{code}/boundary`, and kept. */
import { read } from '../lib/api.js';
import { size } from '../lib/size.js';
import { colour } from '../lib/theme.js';

const MOST_KEPT = 40;
const WORLD = [[-2.1e7, -2.1e7], [2.1e7, -2.1e7], [2.1e7, 2.1e7], [-2.1e7, 2.1e7], [-2.1e7, -2.1e7]];
const format = new ol.format.GeoJSON({ featureProjection: 'EPSG:3857' });
const kept = new Map();

/** @returns {Promise<ol.geom.Geometry>} in web Mercator */
function border(code) {
  if (!kept.has(code)) {
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value);
    const reading = read(`/v1/units/${code}/boundary`).then((feature) => format.readGeometry(feature.geometry));
    kept.set(code, reading);
    reading.catch(() => kept.delete(code));
  }
  return kept.get(code);
}

/** Of the city itself, which has two digits, the collection tells it, without its long border. */
export async function extentOf(code) {
  if (code.length > 2) return (await border(code)).getExtent();
  const { extent } = await read('/ogc/collections/city');
  return ol.proj.transformExtent(extent.spatial.bbox[0], 'EPSG:4326', 'EPSG:3857');
}

export class ChosenBorder {
  #source = new ol.source.Vector();
  #code = null;

  constructor() {
    this.layer = new ol.layer.Vector({ source: this.#source, zIndex: 45, style: () => this.#style() });
  }

  redraw() {
    this.layer.changed();
  }

  /** @param code a unit below the city, or null for none */
  async choose(code) {
    this.#code = code;
    const geometry = code ? await border(code) : null;
    if (this.#code !== code) return;
    this.#source.clear(true);
    if (geometry) this.#source.addFeature(new ol.Feature({ geometry: withoutIt(geometry) }));
  }

  #style() {
    return new ol.style.Style({
      fill: new ol.style.Fill({ color: colour('map-outside') }),
      stroke: new ol.style.Stroke({ color: colour('accent'), width: 3 * size() }),
    });
  }
}

/** The world with the unit cut out of it. */
function withoutIt(geometry) {
  const polygons = geometry.getType() === 'MultiPolygon' ? geometry.getCoordinates() : [geometry.getCoordinates()];
  return new ol.geom.Polygon([WORLD, ...polygons.map(([shell]) => shell)]);
}
