/**
 * The tiers of the city as vector tiles of grid-service, `/v1/tiles/{tileset}/{z}/{x}/{y}.mvt`: districts far away, then streets, communities,
 * grids and micro-grids. One layer for each, with its borders, and the colours of a heat map where one is shown.
 */
import { size } from '../lib/size.js';
import { colour } from '../lib/theme.js';

/**
 * Of each tier: the zoom from which its borders are drawn, and a click means it; its tiles; its line. Where few borders are in view it is
 * cheaper to draw them anew in each frame than to keep pictures of tiles, which are made anew at each zoom.
 */
export const TIERS = [
  { tier: 'DISTRICT', tileset: 'districts', from: 0, smallest: 0, largest: 12, width: 2.2, renderMode: 'vector' },
  { tier: 'STREET', tileset: 'streets', from: 9.4, smallest: 6, largest: 14, width: 1.3 },
  { tier: 'COMMUNITY', tileset: 'communities', from: 12, smallest: 9, largest: 15, width: 0.9 },
  { tier: 'GRID', tileset: 'grids', from: 14.5, smallest: 12, largest: 16, width: 0.7, dash: [5, 3], renderMode: 'vector' },
  { tier: 'MICRO_GRID', tileset: 'micro-grids', from: 16.4, smallest: 14, largest: 17, width: 0.6, dash: [2, 3], renderMode: 'vector' },
];

export const ORDER = ['CITY', 'DISTRICT', 'STREET', 'COMMUNITY', 'GRID', 'MICRO_GRID'];

/** The tier that one looks at from a zoom; a micro-grid has no incidents of its own. */
export function tierAt(zoom) {
  let found = TIERS[0];
  for (const one of TIERS) if (one.tier !== 'MICRO_GRID' && zoom >= one.from) found = one;
  return found.tier;
}

/** The tier that a code's length tells of. */
export const tierOf = (code) => ({ 2: 'CITY', 6: 'DISTRICT', 9: 'STREET', 12: 'COMMUNITY', 15: 'GRID', 17: 'MICRO_GRID' })[code.length];

export class Tiers {
  /** @type {{tier: string, colourOf: (code: string) => string|undefined}|null} */
  #heat = null;

  constructor() {
    this.ground = ground();
    this.borders = TIERS.map((tier, i) => this.#layer(tier, i));
    this.layers = [this.ground, ...this.borders];
  }

  bordersOf(tier) {
    return this.borders[TIERS.findIndex((one) => one.tier === tier)];
  }

  heat(heat) {
    const touched = new Set([this.#heat?.tier, heat?.tier]);
    this.#heat = heat;
    for (const tier of touched) this.bordersOf(tier)?.changed();
  }

  redraw() {
    for (const layer of this.layers) layer.changed();
  }

  #layer({ tier, tileset, from, smallest, largest, width, dash, renderMode = 'hybrid' }, i) {
    return new ol.layer.VectorTile({
      source: tiles(tileset, smallest, largest),
      minZoom: from,
      renderMode,
      zIndex: 10 - i,
      style: (feature) => this.#style(tier, feature.get('code'), { width, dash }),
    });
  }

  #style(tier, code, { width, dash }) {
    const heat = this.#heat?.tier === tier ? this.#heat.colourOf(code) : undefined;
    return new ol.style.Style({
      fill: heat ? new ol.style.Fill({ color: heat }) : undefined,
      stroke: new ol.style.Stroke({ color: colour('map-line'), width: width * size(), lineDash: dash }),
    });
  }
}

/** The city itself, under all borders. */
const ground = () =>
  new ol.layer.VectorTile({
    source: tiles('city', 0, 12),
    renderMode: 'vector',
    zIndex: 1,
    style: () => new ol.style.Style({ fill: new ol.style.Fill({ color: colour('map-ground') }) }),
  });

/** Squares of 512 pixels: a quarter of the requests. */
export const tiles = (tileset, smallest, largest) =>
  new ol.source.VectorTile({
    format: new ol.format.MVT(),
    url: `/v1/tiles/${tileset}/{z}/{x}/{y}.mvt`,
    tileGrid: ol.tilegrid.createXYZ({ tileSize: 512, minZoom: smallest, maxZoom: largest }),
    transition: 0,
  });
