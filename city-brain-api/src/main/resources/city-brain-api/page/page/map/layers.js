/**
 * What can be laid over the map: key places, devices, areas that are watched or answered for, online grids, as vector tiles of grid-service
 * (docs/layers.md); and who is on duty, see staff.js. Each is drawn from the zoom on at which it can be told apart; a place is a sign of one letter, its name is told when it
 * is pointed at.
 */
import { size } from '../lib/size.js';
import { colour } from '../lib/theme.js';
import { wordOr } from '../lib/words.js';
import { tiles } from './tiers.js';

export const LAYERS = [
  { name: 'key-places', from: 11.5, smallest: 9, largest: 14, paint: 'green', form: 'square' },
  { name: 'devices', from: 14, smallest: 13, largest: 15, paint: 'accent', form: 'round' },
  { name: 'staff', from: 15, of: ['OPERATOR', 'ADMIN'] },
  { name: 'watch-areas', from: 9, smallest: 6, largest: 15, paint: 'amber', dash: [8, 4] },
  { name: 'responsibility-areas', from: 9, smallest: 8, largest: 15, paint: 'green', dash: [2, 4] },
  { name: 'online-grids', from: 14, smallest: 12, largest: 16, paint: 'accent', dash: [10, 3, 2, 3] },
];

const PLACES = new Set(LAYERS.filter(({ form }) => form).map(({ name }) => name));
const SIGN_PIXELS = 17;

export class Overlays {
  #layers = new Map();
  #signs = new Map();

  constructor(map) {
    this.map = map;
  }

  /** @param names what is switched on */
  show(names) {
    for (const look of LAYERS.filter(({ smallest }) => smallest)) {
      const isOn = names.includes(look.name);
      if (isOn && !this.#layers.has(look.name)) {
        const layer = this.#layer(look);
        this.#layers.set(look.name, layer);
        this.map.addLayer(layer);
      }
      this.#layers.get(look.name)?.setVisible(isOn);
    }
  }

  redraw() {
    this.#signs.clear();
    for (const layer of this.#layers.values()) layer.changed();
  }

  /** @returns {{layer: string, kind: string, name: string, isPlace: boolean}[]} the places and borders under a pixel, each once */
  at(pixel) {
    const found = new Map();
    this.map.forEachFeatureAtPixel(
      pixel,
      (feature) => {
        const { id, kind, name, layer } = feature.getProperties();
        found.set(id, { layer, kind, name, isPlace: PLACES.has(layer) });
      },
      { hitTolerance: 2, layerFilter: (layer) => [...this.#layers.values()].includes(layer) },
    );
    return [...found.values()];
  }

  #layer(look) {
    return new ol.layer.VectorTile({
      source: tiles(look.name, look.smallest, look.largest),
      minZoom: look.from,
      zIndex: look.form ? 38 : 32,
      declutter: Boolean(look.form),
      style: (feature) => (look.form ? this.#place(look, feature.get('kind')) : area(look)),
    });
  }

  #place(look, kind) {
    const key = `${look.name} ${kind}`;
    let style = this.#signs.get(key);
    if (!style) {
      style = new ol.style.Style({ image: new ol.style.Icon({ img: sign(look, kind), scale: 0.5 }) });
      this.#signs.set(key, style);
    }
    return style;
  }
}

/** The letter of a kind on its form, twice as large as it is shown. */
export function sign({ form, paint }, kind) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = Math.ceil(2 * SIGN_PIXELS * size());
  const pen = canvas.getContext('2d');
  pen.scale(2 * size(), 2 * size());
  pen.beginPath();
  if (form === 'round') pen.arc(SIGN_PIXELS / 2, SIGN_PIXELS / 2, SIGN_PIXELS / 2 - 1.5, 0, 2 * Math.PI);
  else pen.roundRect(1.5, 1.5, SIGN_PIXELS - 3, SIGN_PIXELS - 3, 3);
  pen.fillStyle = colour('panel');
  pen.fill();
  pen.strokeStyle = pen.fillStyle = colour(paint);
  pen.lineWidth = 1.5;
  pen.stroke();
  pen.font = '700 10.5px system-ui, "Noto Sans CJK SC", sans-serif';
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(wordOr(`map.sign.${kind}`, kind.slice(0, 1)), SIGN_PIXELS / 2, SIGN_PIXELS / 2 + 0.5);
  return canvas;
}

/** Dozens of areas lie on each other: only their lines can be told apart. */
const area = ({ paint, dash }) => new ol.style.Style({ stroke: new ol.style.Stroke({ color: colour(paint), width: 2 * size(), lineDash: dash }) });

/** An area's line for the legend, twice as large as it is shown. */
export function line({ paint, dash }) {
  const canvas = document.createElement('canvas');
  canvas.width = 72 * size();
  canvas.height = 12 * size();
  const pen = canvas.getContext('2d');
  pen.scale(2 * size(), 2 * size());
  pen.setLineDash(dash);
  pen.moveTo(0, 3);
  pen.lineTo(36, 3);
  pen.strokeStyle = colour(paint);
  pen.lineWidth = 2;
  pen.stroke();
  return canvas;
}
