/**
 * Who is on duty in the grids in view, as counts: the rosters of their streets, `GET /v1/staff?unit=` of grid-service, each read again after
 * some minutes. Accounts and shifts, never persons' names. A shift is in the city's own time, every day, and may run over midnight.
 */
import { now, readAll } from '../lib/api.js';
import { size } from '../lib/size.js';
import { colour } from '../lib/theme.js';
import { clock } from '../lib/time.js';
import { number } from '../lib/words.js';

const KEPT_MILLIS = 5 * 60_000;
const STREET_DIGITS = 9;
const MOST_STREETS = 12;

export class Staff {
  #source = new ol.source.Vector();
  #rosters = new Map();
  #turn = 0;

  constructor() {
    this.layer = new ol.layer.Vector({ source: this.#source, zIndex: 39, style: (feature) => this.#style(feature) });
  }

  redraw() {
    this.layer.changed();
  }

  /** @param grids `[{code, place}]` in view; none where it is switched off, or too far */
  async show(grids) {
    const turn = ++this.#turn;
    const streets = [...new Set(grids.map(({ code }) => code.slice(0, STREET_DIGITS)))].slice(0, MOST_STREETS);
    const rosters = (await Promise.all(streets.map((street) => this.#roster(street)))).flat();
    if (turn !== this.#turn) return;
    const time = clock(now());
    const onDuty = Map.groupBy(rosters.filter((one) => isOnDuty(one, time)), ({ unit }) => unit);
    this.#source.clear(true);
    this.#source.addFeatures(grids.filter(({ code }) => rosters.some(({ unit }) => unit === code)).map(({ code, name, place }) =>
      new ol.Feature({ geometry: new ol.geom.Point(place), name, onDuty: onDuty.get(code) ?? [] })));
  }

  /** @returns {{name: string, onDuty: object[]}|null} of the grid whose sign is under a pixel */
  at(map, pixel) {
    const feature = map.forEachFeatureAtPixel(pixel, (found) => found, { layerFilter: (layer) => layer === this.layer, hitTolerance: 3 });
    return feature ? feature.getProperties() : null;
  }

  async #roster(street) {
    const kept = this.#rosters.get(street);
    if (kept && now() - kept.at < KEPT_MILLIS) return kept.members;
    const members = await readAll('/v1/staff', { unit: street, limit: 1000 });
    this.#rosters.set(street, { at: now(), members });
    return members;
  }

  /** Nobody on duty is what must be seen: in red, with its nought. */
  #style(feature) {
    const count = feature.get('onDuty').length;
    const paint = colour(count ? 'green' : 'red');
    return new ol.style.Style({
      image: new ol.style.Icon({ img: person(paint), scale: 0.5, displacement: [-7 * size(), 19 * size()] }),
      text: new ol.style.Text({
        text: number(count),
        font: `700 ${12 * size()}px system-ui, "Noto Sans CJK SC", sans-serif`,
        offsetX: 8 * size(),
        offsetY: -19 * size(),
        fill: new ol.style.Fill({ color: paint }),
        stroke: new ol.style.Stroke({ color: colour('halo'), width: 3 * size() }),
      }),
    });
  }
}

export function isOnDuty({ shiftStarts, shiftEnds }, time) {
  return shiftStarts < shiftEnds ? time >= shiftStarts && time < shiftEnds : time >= shiftStarts || time < shiftEnds;
}

/** Head and shoulders, twice as large as they are shown. */
export function person(paint) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = Math.ceil(32 * size());
  const pen = canvas.getContext('2d');
  pen.scale(size(), size());
  pen.beginPath();
  pen.arc(16, 10, 6, 0, 2 * Math.PI);
  pen.moveTo(28, 29);
  pen.arc(16, 29, 12, 0, Math.PI, true);
  pen.closePath();
  pen.strokeStyle = colour('halo');
  pen.lineWidth = 4;
  pen.stroke();
  pen.fillStyle = paint;
  pen.fill();
  return canvas;
}
