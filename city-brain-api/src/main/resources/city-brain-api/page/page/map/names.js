/**
 * The names of the units in view: one for each, in the middle of what of it is to be seen, from the pieces that the tiles cut it into. A name
 * stays where it is while the map is moved, as long as that is in view.
 */
import { size } from '../lib/size.js';
import { colour } from '../lib/theme.js';

const LEAST_PIXELS = 26;
const FAMILY = 'system-ui, "Noto Sans CJK SC", sans-serif';
/** The names of two tiers at most: the one that is looked at, and the one above it, bold, for orientation. */
const SEEN = [
  { tier: 'DISTRICT', from: 0, to: 12.3 },
  { tier: 'STREET', from: 9.8, to: 15 },
  { tier: 'COMMUNITY', from: 12, to: 17.2 },
  { tier: 'GRID', from: 14.8, to: 23 },
  { tier: 'MICRO_GRID', from: 17.2, to: 23 },
];
const FONTS = { upper: () => `700 ${14 * size()}px ${FAMILY}`, lower: () => `400 ${12 * size()}px ${FAMILY}` };
const PIXELS_PER_LETTER = 13;
/** Where a name may stand, in pixels of a laptop from the middle, the best first: beside what is marked on the map. */
const BESIDE = [[0, 0], ...[22, 36, 50, 64].flatMap((far) =>
  [90, -90, 45, 135, -45, -135, 0, 180].map((turn) => [far * Math.cos((turn * Math.PI) / 180), far * Math.sin((turn * Math.PI) / 180)]))];
/** How much of a name must have room in its unit. */
const ROOM = 0.55;

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

  /** What is marked on the map is another: names may stand elsewhere. */
  forget() {
    this.#kept.clear();
  }

  /**
   * The map has come to rest, or more tiles have come.
   *
   * @param taken boxes `[west, south, east, north]` that names keep clear of, where there is room beside
   */
  place(map, taken) {
    const view = map.getView();
    const zoom = view.getZoom();
    const extent = view.calculateExtent(map.getSize());
    const seen = SEEN.filter((one) => zoom >= one.from && zoom < one.to).slice(-2);
    const of = `${Math.round(zoom * 2)} ${seen.map((one) => one.tier)}`;
    if (of !== this.#keptOf) this.#kept.clear();
    this.#keptOf = of;
    const features = [];
    const above = new Map();
    for (const [i, { tier }] of seen.entries()) {
      const look = i < seen.length - 1 || tier === 'DISTRICT' ? 'upper' : 'lower';
      for (const unit of this.#units(tier, extent, view.getResolution())) {
        const kept = this.#kept.get(unit.code);
        const place = kept && ol.extent.containsXY(extent, ...kept) ? kept : besides(unit, extent, taken, view.getResolution() * size());
        this.#kept.set(unit.code, place);
        if (look === 'upper') above.set(unit.code, unit.name);
        features.push(new ol.Feature({ geometry: new ol.geom.Point(place), name: within(above, unit), look }));
      }
    }
    this.#source.clear(true);
    this.#source.addFeatures(features);
  }

  /** @returns {{code: string, name: string, place: number[]}[]} the units of a tier in view that are large enough to be told apart */
  units(tier, map) {
    const extent = map.getView().calculateExtent(map.getSize());
    return this.#units(tier, extent, map.getView().getResolution()).map(({ code, name, pieces }) => (
      { code, name, place: this.#kept.get(code) ?? middle(pieces, extent) }));
  }

  #units(tier, extent, resolution) {
    const units = new Map();
    for (const piece of this.tiers.bordersOf(tier).getFeaturesInExtent(extent)) {
      const { code, name } = piece.getProperties();
      const unit = units.get(code) ?? { code, name, pieces: [], width: 0 };
      unit.pieces.push(piece);
      const seen = ol.extent.getIntersection(piece.getExtent(), extent);
      unit.width = Math.max(unit.width, ol.extent.isEmpty(seen) ? 0 : Math.min(ol.extent.getWidth(seen), 2 * ol.extent.getHeight(seen)));
      units.set(code, unit);
    }
    return [...units.values()].filter((unit) => unit.width / (resolution * size()) >= Math.max(LEAST_PIXELS, unit.name.length * PIXELS_PER_LETTER * ROOM));
  }

  #style(feature) {
    const { name, look } = feature.getProperties();
    const key = `${look} ${name}`;
    let style = this.#styles.get(key);
    if (!style) {
      style = new ol.style.Style({
        text: new ol.style.Text({
          text: name,
          font: FONTS[look](),
          fill: new ol.style.Fill({ color: colour('map-name') }),
          stroke: new ol.style.Stroke({ color: colour('halo'), width: 3 * size() }),
          padding: [3, 6, 3, 6],
        }),
        zIndex: look === 'upper' ? 1 : 0,
      });
      if (this.#styles.size > 2000) this.#styles.clear();
      this.#styles.set(key, style);
    }
    return style;
  }
}

/** A micro-grid's name begins with its grid's, which stands there already. */
function within(above, { code, name }) {
  const grid = code.length > 15 ? above.get(code.slice(0, 15)) : null;
  return grid && name.startsWith(grid) && name.length > grid.length ? name.slice(grid.length) : name;
}

/**
 * The middle of a unit, or where there is room beside it.
 *
 * @param resolution metres to a pixel of a laptop
 */
function besides({ name, pieces }, extent, taken, resolution) {
  const [x, y] = middle(pieces, extent);
  const halfWidth = (name.length * PIXELS_PER_LETTER * resolution) / 2;
  const halfHeight = 9 * resolution;
  let best = null;
  for (const [right, down] of BESIDE) {
    const at = [x + right * resolution, y - down * resolution];
    if (right !== 0 && !pieces.some((piece) => isInside(piece, at))) continue;
    const box = [at[0] - halfWidth, at[1] - halfHeight, at[0] + halfWidth, at[1] + halfHeight];
    const covered = taken.reduce((sum, other) => sum + (ol.extent.intersects(box, other) ? ol.extent.getArea(ol.extent.getIntersection(box, other)) : 0), 0);
    if (!best || covered < best.covered) best = { at, covered };
    if (covered === 0) break;
  }
  return best.at;
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
