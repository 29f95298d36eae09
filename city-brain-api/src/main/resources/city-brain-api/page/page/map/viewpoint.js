/** Where on the map one looks, and how one gets there: as text for the address (`longitude,latitude,zoom`), and in moves that can be followed. */
import { size } from '../lib/size.js';
import { metresPerPixel } from './clusters.js';

export const FARTHEST = 5;
export const NEAREST = 19;
const UNIT_ZOOM = 17;
const INCIDENT_ZOOM = 14.5;
/** From so far away one does not see where an incident is. */
const TOO_FAR = 9;
/** What lies on the edges of the map: top, right, bottom, left, in pixels. */
const edges = () => [64, 48, 84, 48].map((pixels) => pixels * size());
/** Incidents closer to each other cannot be told apart at any zoom. */
const ONE_PLACE_METRES = 30 * metresPerPixel(NEAREST);
const MOST_STEPS = 3;

const still = matchMedia('(prefers-reduced-motion: reduce)');
/** Who asked the system for less motion gets none. */
export const lasting = (milliseconds) => (still.matches ? 0 : milliseconds);

export class Viewpoint {
  constructor(map) {
    this.map = map;
    this.view = map.getView();
  }

  get zoom() {
    return this.view.getZoom();
  }

  get extent() {
    return this.view.calculateExtent(this.map.getSize());
  }

  get isMoving() {
    return this.view.getAnimating();
  }

  toString() {
    const [longitude, latitude] = ol.proj.toLonLat(this.view.getCenter());
    return `${longitude.toFixed(5)},${latitude.toFixed(5)},${this.zoom.toFixed(2)}`;
  }

  /** @returns whether the text says where */
  goTo(text) {
    const [longitude, latitude, zoom] = text?.split(',').map(Number) ?? [];
    if (![longitude, latitude, zoom].every(Number.isFinite)) return false;
    this.view.cancelAnimations();
    this.view.setCenter(ol.proj.fromLonLat([longitude, latitude]));
    this.view.setZoom(zoom);
    return true;
  }

  /** @param left what lies on the map's left side, in pixels */
  fit(extent, left, milliseconds = 350) {
    const padding = edges();
    padding[3] += left;
    this.view.fit(extent, { padding, maxZoom: UNIT_ZOOM, duration: lasting(milliseconds) });
  }

  zoomBy(steps) {
    this.view.animate({ zoom: this.zoom + steps, duration: lasting(200) });
  }

  /** Centred, unless it is to be seen already. @returns whether one has to move */
  bringIntoView(place) {
    this.map.updateSize();
    const pixel = this.map.getPixelFromCoordinate(place);
    const [width, height] = this.map.getSize();
    const [top, right, bottom, left] = edges();
    const isSeen = pixel && pixel[0] > left && pixel[1] > top && pixel[0] < width - right && pixel[1] < height - bottom;
    if (isSeen && this.zoom >= TOO_FAR) return false;
    this.view.animate({ center: place, zoom: Math.max(this.zoom, INCIDENT_ZOOM), duration: lasting(300) });
    return true;
  }

  /** Nearer to the points of a mark, until they are several marks. @returns false where they never will be */
  goInto(points) {
    const extent = ol.extent.boundingExtent(points.map(({ x, y }) => [x, y]));
    const isOnePlace = Math.max(ol.extent.getWidth(extent), ol.extent.getHeight(extent)) < ONE_PLACE_METRES;
    if (isOnePlace || this.zoom > NEAREST - 0.5) return false;
    const nearest = metresPerPixel(Math.min(NEAREST, this.zoom + MOST_STEPS));
    this.view.fit(extent, { padding: edges(), minResolution: nearest, duration: lasting(350) });
    return true;
  }
}
