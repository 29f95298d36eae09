/** A small map to press on: the borders and names of the governance map from grid-service's vector tiles; `pressed` tells the place in WGS-84. */
/* global ol */
import { Element, html, listen, nothing } from '../lib/element.js';
import { size } from '../lib/size.js';
import { colour } from '../lib/theme.js';
import { baseMapLayer, readBaseMap } from '../map/base-map.js';
import { word } from '../lib/words.js';

/** Tilesets and up to which zoom their names are written. */
const TIERS = [
  { name: 'districts', from: 0, namesFrom: 8, namesTo: 11 },
  { name: 'streets', from: 9, namesFrom: 11, namesTo: 14 },
  { name: 'communities', from: 13, namesFrom: 14, namesTo: 16 },
  { name: 'grids', from: 15, namesFrom: 16, namesTo: 23 },
];
const CLOSE = 14;

class PlaceMap extends Element {
  static properties = { place: { attribute: false }, centre: { attribute: false }, baseMap: { state: true } };

  firstUpdated() {
    this.mark = new ol.Feature();
    this.layers = [
      ...TIERS.map((tier) => new ol.layer.VectorTile({
        minZoom: tier.from,
        declutter: true,
        source: new ol.source.VectorTile({ format: new ol.format.MVT(), url: `/v1/tiles/${tier.name}/{z}/{x}/{y}.mvt`, maxZoom: 16 }),
      })),
      new ol.layer.Vector({ source: new ol.source.Vector({ features: [this.mark] }) }),
    ];
    this.map = new ol.Map({
      target: this.querySelector('.canvas'),
      controls: ol.control.defaults.defaults({ rotate: false, attribution: false, zoomOptions: { zoomInTipLabel: word('call.map.closer'), zoomOutTipLabel: word('call.map.farther') } }),
      layers: this.layers,
      view: new ol.View({ center: ol.proj.fromLonLat(this.centre ?? [106.55, 29.56]), zoom: this.centre ? 11 : 9, maxZoom: 18, minZoom: 6 }),
    });
    this.map.on('singleclick', (event) => {
      const [longitude, latitude] = ol.proj.toLonLat(event.coordinate);
      this.dispatchEvent(new CustomEvent('pressed', { detail: { longitude: Number(longitude.toFixed(6)), latitude: Number(latitude.toFixed(6)) } }));
    });
    this.until(listen(window, 'themed', () => this.#paint()));
    this.#paint();
    this.#readBaseMap();
  }

  async #readBaseMap() {
    this.baseMap = await readBaseMap();
    if (this.baseMap) this.map.addLayer(baseMapLayer(this.baseMap));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.map?.setTarget(null);
  }

  updated(changed) {
    if (changed.has('centre') && this.centre && !this.place) {
      this.map.getView().setCenter(ol.proj.fromLonLat(this.centre));
      this.map.getView().setZoom(11);
    }
    if (!changed.has('place')) return;
    this.mark.setGeometry(this.place && new ol.geom.Point(ol.proj.fromLonLat([this.place.longitude, this.place.latitude])));
    if (!this.place || this.place.isPressed) return;
    const view = this.map.getView();
    view.setCenter(this.mark.getGeometry().getCoordinates());
    view.setZoom(this.place.zoom ?? Math.max(view.getZoom(), CLOSE));
  }

  #paint() {
    TIERS.forEach((tier, i) => this.layers[i].setStyle(this.#style(tier, i)));
    this.layers.at(-1).setStyle(new ol.style.Style({
      image: new ol.style.Circle({
        radius: 8 * size(), fill: new ol.style.Fill({ color: colour('focus') }), stroke: new ol.style.Stroke({ color: colour('ground'), width: 3 }),
      }),
    }));
  }

  #style(tier, i) {
    const line = new ol.style.Stroke({ color: colour('map-line'), width: Math.max(0.5, 2 - i * 0.5) });
    const name = new ol.style.Text({
      font: `${13 * size()}px system-ui, sans-serif`, overflow: true,
      fill: new ol.style.Fill({ color: colour('map-name') }), stroke: new ol.style.Stroke({ color: colour('halo'), width: 3 }),
    });
    const named = new ol.style.Style({ stroke: line, text: name });
    const plain = new ol.style.Style({ stroke: line });
    return (feature, resolution) => {
      const zoom = this.map.getView().getZoomForResolution(resolution);
      if (zoom < tier.namesFrom || zoom >= tier.namesTo) return plain;
      name.setText(feature.get('name'));
      return named;
    };
  }

  render() {
    return html`<div class="canvas" role="group" aria-label=${word('call.map')}></div>
      ${this.baseMap?.attribution ? html`<p class="attribution">${this.baseMap.attribution}</p>` : nothing}`;
  }
}

customElements.define('city-place-map', PlaceMap);
