/**
 * The map of streets and houses under everything else, from the tile server that whoever runs City Brain has chosen (`GET /v1/base-map`,
 * docs/command-centre.md); without one there is none. Chinese providers draw their tiles in GCJ-02, some hundred metres beside WGS-84:
 * those are moved to where they belong.
 */
import { read } from '../lib/api.js';

/** @returns {Promise<{url: string, attribution: string, datum: string, largestZoom: number}|null>} */
export async function readBaseMap() {
  try {
    const baseMap = await read('/v1/base-map');
    return baseMap.url ? baseMap : null;
  } catch (refused) {
    // The map of the units is whole without it.
    return null;
  }
}

export const baseMapLayer = ({ url, datum, largestZoom }) =>
  new ol.layer.Tile({
    className: 'ol-layer base-map',
    zIndex: -1,
    source: new ol.source.XYZ({ url, maxZoom: largestZoom, projection: datum === 'GCJ02' ? shifted() : undefined }),
  });

// GCJ-02, by its published polynomials on the ellipsoid of Krasovsky 1940

const SEMI_MAJOR_METRES = 6378245;
const ECCENTRICITY_SQUARED = 0.00669342162296594323;
const radians = (degrees) => (degrees * Math.PI) / 180;

const waves = (value) => (20 * Math.sin(6 * value * Math.PI) + 20 * Math.sin(2 * value * Math.PI)) * (2 / 3);
const swell = (value, [first, by], [second, per]) => (first * Math.sin((value / by) * Math.PI) + second * Math.sin((value / per) * Math.PI)) * (2 / 3);

/** By how many degrees a place in WGS-84 is moved. */
function offset([longitude, latitude]) {
  const x = longitude - 105;
  const y = latitude - 35;
  const root = Math.sqrt(Math.abs(x));
  const north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves(x)
    + (20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * (2 / 3) + swell(y, [160, 12], [320, 30]);
  const east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves(x)
    + (20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * (2 / 3) + swell(x, [150, 12], [300, 30]);
  const sine = Math.sin(radians(latitude));
  const flat = 1 - ECCENTRICITY_SQUARED * sine * sine;
  const meridian = (SEMI_MAJOR_METRES * (1 - ECCENTRICITY_SQUARED)) / flat ** 1.5;
  const parallel = (SEMI_MAJOR_METRES / Math.sqrt(flat)) * Math.cos(radians(latitude));
  return [(east * 180) / (parallel * Math.PI), (north * 180) / (meridian * Math.PI)];
}

export function toGcj02([longitude, latitude]) {
  const [east, north] = offset([longitude, latitude]);
  return [longitude + east, latitude + north];
}

/** The offset changes so slowly that a few steps come within a millimetre. */
export function fromGcj02([longitude, latitude]) {
  let place = [longitude, latitude];
  for (let step = 0; step < 4; step++) {
    const [east, north] = offset(place);
    place = [longitude - east, latitude - north];
  }
  return place;
}

let projection = null;

/** Web Mercator of places in GCJ-02. */
function shifted() {
  if (!projection) {
    const plain = ol.proj.get('EPSG:3857');
    projection = new ol.proj.Projection({ code: 'GCJ02', units: 'm', extent: plain.getExtent(), global: true });
    const by = (move) => (place) => ol.proj.fromLonLat(move(ol.proj.toLonLat(place)));
    ol.proj.addCoordinateTransforms(plain, projection, by(toGcj02), by(fromGcj02));
  }
  return projection;
}
