/**
 * The names of the units in view: one for each, in the middle of what of it is to be seen, from the pieces that the tiles cut it into. A name
 * stays where it is while the map is moved, as long as that is in view.
 */
import { colour } from '../lib/theme.js';
import { TIERS } from './tiers.js';

const LEAST_PIXELS = 26;
const FONT = 'system-ui, "Noto Sans CJK SC", sans-serif';
/** The names of two tiers at most: the one that is looked at, and the one above it for orientation. */
const LOOKS = [
  { tier: 'DISTRICT', from: 0, to: 12.2, size: 14, weight: 650 },
  { tier: 'STREET', from: 9.9, to: 14.2, size: 13, weight: 500 },
  { tier: 'COMMUNITY', from: 12.6, to: 16, size: 12, weight: 500 },
  { tier: 'GRID', from: 14.6, to: 23, size: 11.5, weight: 400 },
  { tier: 'MICRO_GRID', from: 17, to: 23, size: 11, weight: 400 },
];

export class Names {
  #source = new ol.source.Vector();
  #kept = new Map();
  #keptOf = '';
  #styles = new Map();

  constructor(tiers) {
    this.tiers = tiers;
    this.layer = new ol.layer.Vector({
      source: this.#source,
      declutter: true,
      zIndex: 40,
      style: (feature) => this.#style(feature),
    });
  }

  redraw() {
    this.#styles.clear();
    this.layer.changed();
  }

  /** Where the names stand, by unit: `[x, y]` in metres of web Mercator. */
  placeOf(code) {
    return this.#kept.get(code);
  }

  /** The map has come to rest, or more tiles have come. */
  place(map) {
    const view = map.getView();
    const zoom = view.getZoom();
    const extent = view.calculateExtent(map.getSize());
    const looks = LOOKS.filter((look) => zoom >= look.from && zoom < look.to).slice(-2);
    const of = `${Math.round(zoom * 2)} ${looks.map((look) => look.tier)}`;
    if (of !== this.#keptOf) this.#kept.clear();
    this.#keptOf = of;
    const features = [];
    for (const look of looks) {
      for (const unit of this.#units(look.tier, extent, view.getResolution())) {
        const kept = this.#kept.get(unit.code);
        const place = kept && ol.extent.containsXY(extent, ...kept) ? kept : middle(unit.pieces, extent);
        this.#kept.set(unit.code, place);
        features.push(new ol.Feature({ geometry: new ol.geom.Point(place), name: unit.name, look, population: unit.population }));
      }
    }
    this.#source.clear(true);
    this.#source.addFeatures(features);
  }

  #units(tier, extent, resolution) {
    const units = new Map();
    for (const piece of this.tiers.layerOf(tier).getFeaturesInExtent(extent)) {
      const { code, name, population } = piece.getProperties();
      const unit = units.get(code) ?? { code, name, population, pieces: [], width: 0 };
      unit.pieces.push(piece);
      const seen = ol.extent.getIntersection(piece.getExtent(), extent);
      unit.width = Math.max(unit.width, ol.extent.isEmpty(seen) ? 0 : Math.min(ol.extent.getWidth(seen), 2 * ol.extent.getHeight(seen)));
      units.set(code, unit);
    }
    return [...units.values()].filter((unit) => unit.width / resolution >= LEAST_PIXELS);
  }

  #style(feature) {
    const { name, look } = feature.getProperties();
    const key = `${look.tier} ${name}`;
    let style = this.#styles.get(key);
    if (!style) {
      style = new ol.style.Style({
        text: new ol.style.Text({
          text: name,
          font: `${look.weight} ${look.size}px ${FONT}`,
          fill: new ol.style.Fill({ color: colour('map-name') }),
          stroke: new ol.style.Stroke({ color: colour('halo'), width: 3 }),
          padding: [3, 6, 3, 6],
        }),
        zIndex: -TIERS.findIndex((one) => one.tier === look.tier),
      });
      if (this.#styles.size > 2000) this.#styles.clear();
      this.#styles.set(key, style);
    }
    return style;
  }
}

/** The middle of the pieces if that lies in one of them, else a point inside the largest. */
function middle(pieces, extent) {
  let weight = 0;
  let x = 0;
  let y = 0;
  let largest = null;
  for (const piece of pieces) {
    const seen = ol.extent.getIntersection(piece.getExtent(), extent);
    const area = ol.extent.isEmpty(seen) ? 0 : ol.extent.getArea(seen);
    const [cx, cy] = area ? ol.extent.getCenter(seen) : [0, 0];
    weight += area;
    x += area * cx;
    y += area * cy;
    if (!largest || area > largest.area) largest = { piece, area };
  }
  const point = [x / weight, y / weight];
  if (weight && pieces.some((piece) => isInside(piece, point))) return point;
  const inside = largest.piece.getFlatInteriorPoint();
  return [inside[0], inside[1]];
}

/** Counts how often a line to the east crosses the rings. */
function isInside(piece, [x, y]) {
  if (!ol.extent.containsXY(piece.getExtent(), x, y)) return false;
  const flat = piece.getFlatCoordinates();
  let isIn = false;
  let begin = 0;
  for (const end of piece.getEnds().flat()) {
    for (let i = begin, j = end - 2; i < end; j = i, i += 2) {
      if (flat[i + 1] > y !== flat[j + 1] > y && x < ((flat[j] - flat[i]) * (y - flat[i + 1])) / (flat[j + 1] - flat[i + 1]) + flat[i]) {
        isIn = !isIn;
      }
    }
    begin = end;
  }
  return isIn;
}
