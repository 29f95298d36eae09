/**
 * Which incidents are drawn as one mark at a zoom, and what that mark says. The world is a lattice of squares of so many pixels; what lies
 * in one square is one mark. So a mark stays where it is while the map is moved, one change touches one square of each zoom, and only
 * squares that are looked at are counted. Positions in metres of web Mercator.
 */
import { size } from '../lib/size.js';

const METRES_PER_DEGREE = (6378137 * Math.PI) / 180;
const METRES_PER_PIXEL = (2 * Math.PI * 6378137) / 256;
const ROW = 2 ** 24;

/** From the gravest to the everyday matter. */
export const RANKS = ['I', 'II', 'III', 'IV', 'everyday'];
const RANK = Object.fromEntries(RANKS.map((level, rank) => [level, rank]));

const pixels = (zoom) => (zoom < 14 ? 84 : zoom < 16 ? 60 : 44) * size();
export const metresPerPixel = (zoom) => METRES_PER_PIXEL / 2 ** zoom;

export const toMap = (longitude, latitude) => [
  longitude * METRES_PER_DEGREE,
  6378137 * Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360)),
];

/** @typedef {{count: number, rank: number, graves: number, overdue: number, x: number, y: number, points: object[]}} Mark */

export class Clusters {
  #points = new Map();
  /** zoom → key of a square → square */
  #lattices = new Map();

  get size() {
    return this.#points.size;
  }

  get(id) {
    return this.#points.get(id);
  }

  /** All anew. */
  fill(incidents, at) {
    this.#points = new Map();
    this.#lattices.clear();
    for (const incident of incidents) this.#points.set(incident.id, point(incident, at));
  }

  /** All is drawn larger, or smaller: other squares. */
  resize() {
    this.#lattices.clear();
  }

  put(incident, at) {
    this.remove(incident.id);
    const added = point(incident, at);
    this.#points.set(incident.id, added);
    for (const [zoom, lattice] of this.#lattices) add(lattice, zoom, added);
  }

  remove(id) {
    const gone = this.#points.get(id);
    if (!gone) return;
    this.#points.delete(id);
    for (const [zoom, lattice] of this.#lattices) {
      const key = keyOf(zoom, gone.x, gone.y);
      const square = lattice.get(key);
      square.points.splice(square.points.indexOf(gone), 1);
      square.mark = null;
      if (!square.points.length) lattice.delete(key);
    }
  }

  /** Time goes by: @returns whether a deadline has run out since. */
  tick(at) {
    let isChanged = false;
    for (const one of this.#points.values()) {
      const isOver = one.due < at;
      if (one.isOver === isOver) continue;
      one.isOver = isOver;
      isChanged = true;
      for (const [zoom, lattice] of this.#lattices) lattice.get(keyOf(zoom, one.x, one.y)).mark = null;
    }
    return isChanged;
  }

  /** @returns {Mark[]} what lies in an extent, the gravest last, so that it is drawn on top */
  marks(zoom, [west, south, east, north]) {
    const lattice = this.#lattice(zoom);
    const side = pixels(zoom) * metresPerPixel(zoom);
    const found = [];
    const take = (square) => found.push((square.mark ??= summarize(square.points, side, zoom)));
    const left = column(zoom, west) - 1;
    const right = column(zoom, east) + 1;
    const bottom = column(zoom, south) - 1;
    const top = column(zoom, north) + 1;
    if ((right - left) * (top - bottom) > lattice.size) {
      for (const square of lattice.values()) {
        const { x, y } = square.points[0];
        if (x >= west - side && x <= east + side && y >= south - side && y <= north + side) take(square);
      }
    } else {
      for (let row = bottom; row <= top; row++) {
        for (let at = left; at <= right; at++) {
          const square = lattice.get(at + row * ROW);
          if (square) take(square);
        }
      }
    }
    return found.sort((a, b) => b.rank - a.rank || b.count - a.count);
  }

  #lattice(zoom) {
    let lattice = this.#lattices.get(zoom);
    if (!lattice) {
      lattice = new Map();
      for (const one of this.#points.values()) add(lattice, zoom, one);
      this.#lattices.set(zoom, lattice);
    }
    return lattice;
  }
}

function point(incident, at) {
  const [x, y] = toMap(incident.longitude, incident.latitude);
  const due = incident.dueAt ? Date.parse(incident.dueAt) : Infinity;
  return { id: incident.id, incident, x, y, rank: RANK[incident.level ?? 'everyday'], due, isOver: due < at };
}

// The world's middle is at zero: columns are counted from its west and south, so that none is negative.
const column = (zoom, metres) => Math.floor((metres / metresPerPixel(zoom) + 128 * 2 ** zoom) / pixels(zoom));
const keyOf = (zoom, x, y) => column(zoom, x) + column(zoom, y) * ROW;

function add(lattice, zoom, one) {
  const key = keyOf(zoom, one.x, one.y);
  const square = lattice.get(key);
  if (square) {
    square.points.push(one);
    square.mark = null;
  } else {
    lattice.set(key, { points: [one], mark: null });
  }
}

/** A mark of several stands at their middle, but far enough from its square's edge not to cover its neighbours. */
function summarize(points, side, zoom) {
  const mark = { count: points.length, rank: 9, graves: 0, overdue: 0, x: 0, y: 0, points: [...points] };
  for (const one of points) {
    mark.x += one.x / points.length;
    mark.y += one.y / points.length;
    if (one.isOver) mark.overdue++;
    if (one.rank < mark.rank) {
      mark.rank = one.rank;
      mark.graves = 0;
    }
    if (one.rank === mark.rank) mark.graves++;
  }
  if (points.length > 1) {
    const metres = metresPerPixel(zoom);
    const inner = (value) => {
      const begin = column(zoom, value) * side - 128 * 2 ** zoom * metres;
      return Math.min(Math.max(value, begin + 0.32 * side), begin + 0.68 * side);
    };
    mark.x = inner(mark.x);
    mark.y = inner(mark.y);
  }
  return mark;
}
