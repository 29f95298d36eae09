/**
 * A map of the units around: vector tiles of `GET /v1/tiles/{tileset}/{z}/{x}/{y}.mvt`, which the service worker keeps once they were seen.
 * OpenLayers is loaded when the first map is looked at.
 */
import { colour } from '../lib/theme.js';
import { listen } from '../lib/element.js';

const FONT = '"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", system-ui, sans-serif';
const NO_STREET_ZOOM = 11;
const LARGEST_TILE_ZOOM = 17;

let loading = null;

function load() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = '/webjars/ol/dist/ol.js';
    script.onload = resolve;
    script.onerror = () => {
      loading = null;
      reject(new Error('no map'));
    };
    document.head.append(script);
  });
  return loading;
}

/** @returns `{map, marks, stop}`: `marks` is the layer above the units, for what the view shows */
export async function drawMap(target, { centre, zoom = 16, marks }) {
  await load();
  const { ol } = window;
  const units = [['streets', 7, NO_STREET_ZOOM, 1.8], ['communities', 12, 14, 1.3], ['grids', 14, 16, 0.8]].map(([name, from, namesFrom, width]) => tiles(name, from, namesFrom, width));
  const places = keyPlaces();
  const layer = new ol.layer.Vector({ source: new ol.source.Vector(), style: marks, declutter: false, zIndex: 10 });
  const map = new ol.Map({
    target,
    layers: [...units, places, layer],
    controls: [],
    view: new ol.View({ center: ol.proj.fromLonLat(centre), zoom, minZoom: 9, maxZoom: 19, enableRotation: false }),
  });
  const ends = [
    listen(window, 'themed', () => map.getLayers().forEach((one) => one.changed())),
    listen(window, 'spoken', () => map.getLayers().forEach((one) => one.changed())),
  ];
  return {
    map,
    marks: layer.getSource(),
    stop: () => {
      ends.forEach((end) => end());
      map.setTarget(null);
      map.dispose();
    },
  };
}

function source(name, minZoom) {
  const { ol } = window;
  return new ol.source.VectorTile({
    format: new ol.format.MVT(),
    url: `/v1/tiles/${name}/{z}/{x}/{y}.mvt`,
    minZoom,
    maxZoom: LARGEST_TILE_ZOOM,
  });
}

function tiles(name, from, namesFrom, width) {
  const { ol } = window;
  return new ol.layer.VectorTile({
    source: source(name, from),
    minZoom: from,
    declutter: true,
    style: (feature, resolution) => {
      const zoom = Math.log2(156_543.034 / resolution);
      return new ol.style.Style({
        stroke: new ol.style.Stroke({ color: colour('map-line'), width, lineDash: name === 'grids' ? [4, 3] : undefined }),
        text: zoom >= namesFrom && zoom < namesFrom + 2.5
          ? new ol.style.Text({
            text: feature.get('name'), font: `${name === 'streets' ? 14 : 12}px ${FONT}`, overflow: false,
            fill: new ol.style.Fill({ color: colour('map-name') }), stroke: new ol.style.Stroke({ color: colour('halo'), width: 3 }),
          }) : undefined,
      });
    },
  });
}

function keyPlaces() {
  const { ol } = window;
  return new ol.layer.VectorTile({
    source: source('key-places', 13),
    minZoom: 14,
    declutter: true,
    style: (feature) => new ol.style.Style({
      image: new ol.style.RegularShape({ points: 4, radius: 7, angle: Math.PI / 4, fill: new ol.style.Fill({ color: colour('soft') }), stroke: new ol.style.Stroke({ color: colour('halo'), width: 2 }) }),
      text: new ol.style.Text({
        text: feature.get('name'), font: `12px ${FONT}`, offsetY: 15,
        fill: new ol.style.Fill({ color: colour('map-name') }), stroke: new ol.style.Stroke({ color: colour('halo'), width: 3 }),
      }),
    }),
  });
}
