/**
 * The areas of the incidents in view, when near, and that of the chosen one from afar: `footprint` of `GET /v1/incidents/{id}`. The gravest
 * first, at most so many, each read once for each of its versions.
 */
import { read } from '../lib/api.js';
import { size } from '../lib/size.js';
import { colour } from '../lib/theme.js';
import { RANKS } from './clusters.js';

const FROM_ZOOM = 14;
const MOST = 50;
const AT_ONCE = 4;
const MOST_KEPT = 400;
const format = new ol.format.GeoJSON({ featureProjection: 'EPSG:3857' });

export class Footprints {
  #source = new ol.source.Vector();
  /** `id version` → its area, or null where it has none */
  #kept = new Map();
  #turn = 0;

  constructor() {
    this.layer = new ol.layer.Vector({ source: this.#source, zIndex: 46, style: (feature) => this.#style(feature) });
  }

  redraw() {
    this.layer.changed();
  }

  /** @param points what is in view and the chosen one, of clusters.js */
  async show(points) {
    const turn = ++this.#turn;
    const wanted = [...points].sort((a, b) => a.rank - b.rank).slice(0, MOST);
    this.#draw(wanted);
    const missing = wanted.filter((one) => !this.#kept.has(keyOf(one)));
    const next = async () => {
      while (missing.length && turn === this.#turn) {
        const one = missing.shift();
        await this.#read(one);
        if (turn === this.#turn) this.#draw(wanted);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
  }

  async #read(one) {
    try {
      const { footprint } = await read(`/v1/incidents/${one.id}`);
      if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
      this.#kept.set(keyOf(one), footprint ? format.readGeometry(footprint) : null);
    } catch {
      // It is closed, or out of reach just now: it is asked for again when the map moves.
    }
  }

  #draw(wanted) {
    const keys = new Set(wanted.filter((one) => this.#kept.get(keyOf(one))).map(keyOf));
    for (const feature of this.#source.getFeatures()) if (!keys.has(feature.getId())) this.#source.removeFeature(feature);
    for (const one of wanted) {
      const geometry = this.#kept.get(keyOf(one));
      if (!geometry || this.#source.getFeatureById(keyOf(one))) continue;
      const feature = new ol.Feature({ geometry, rank: one.rank });
      feature.setId(keyOf(one));
      this.#source.addFeature(feature);
    }
  }

  #style(feature) {
    const rank = feature.get('rank');
    const paint = colour(rank < 4 ? `level-${RANKS[rank]}` : 'everyday');
    return new ol.style.Style({
      fill: new ol.style.Fill({ color: [...ol.color.asArray(paint).slice(0, 3), 0.16] }),
      stroke: new ol.style.Stroke({ color: paint, width: 2 * size() }),
      zIndex: -rank,
    });
  }
}

export const areFootprintsNear = (zoom) => zoom >= FROM_ZOOM;

const keyOf = ({ id, incident }) => `${id} ${incident.version}`;
