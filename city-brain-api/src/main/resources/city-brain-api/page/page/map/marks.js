/**
 * The layer of marks: copies the sprites of what lies in view onto one canvas, a ring around the chosen incident, and one pulse for each new
 * one. Costs as many copies as there are marks in view, however many incidents are open.
 */
import { size } from '../lib/size.js';
import { colour } from '../lib/theme.js';
import { radius, sprite } from './sprites.js';

const PULSE_MILLIS = 1400;
const MOST_PULSES = 12;
const REACH_PIXELS = 4;

const still = matchMedia('(prefers-reduced-motion: reduce)');

export class Marks {
  chosen = null;
  #canvas = document.createElement('canvas');
  #pulses = new Map();
  /** What stands where since the last frame, the topmost last: `{mark, x, y}` in pixels of the map. */
  #drawn = [];

  /** @param clusters what is shown, see clusters.js */
  constructor(clusters) {
    this.clusters = clusters;
    this.#canvas.className = 'marks';
    this.layer = new ol.layer.Layer({ render: (frame) => this.#render(frame), zIndex: 50 });
  }

  redraw() {
    this.layer.changed();
  }

  /** A new incident draws the eye once. */
  pulse(id) {
    if (!still.matches && this.#pulses.size < MOST_PULSES) this.#pulses.set(id, performance.now());
  }

  /** @returns {object|null} the mark under a pixel, the topmost of several */
  at([x, y]) {
    for (let i = this.#drawn.length - 1; i >= 0; i--) {
      const drawn = this.#drawn[i];
      if (Math.hypot(drawn.x - x, drawn.y - y) <= radius(drawn.mark) + REACH_PIXELS * size()) return drawn.mark;
    }
    return null;
  }

  #render(frame) {
    const { pixelRatio: ratio, viewState } = frame;
    const pen = this.#cleared(frame.size, ratio);
    const zoom = Math.max(0, Math.round(viewState.zoom));
    const transform = frame.coordinateToPixelTransform;
    this.#drawn = [];
    let ringed = null;
    for (const mark of this.clusters.marks(zoom, frame.extent)) {
      const x = transform[0] * mark.x + transform[2] * mark.y + transform[4];
      const y = transform[1] * mark.x + transform[3] * mark.y + transform[5];
      const image = sprite(mark, ratio);
      pen.drawImage(image, Math.round(x * ratio - image.width / 2), Math.round(y * ratio - image.height / 2));
      const drawn = { mark, x, y };
      this.#drawn.push(drawn);
      if (this.chosen && mark.points.some((one) => one.id === this.chosen)) ringed = drawn;
    }
    pen.scale(ratio, ratio);
    if (ringed) ring(pen, ringed);
    if (this.#pulses.size) this.#drawPulses(pen, frame);
    return this.#canvas;
  }

  #cleared([across, down], ratio) {
    const canvas = this.#canvas;
    const width = Math.round(across * ratio);
    const height = Math.round(down * ratio);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      canvas.style.width = `${across}px`;
      canvas.style.height = `${down}px`;
    }
    const pen = canvas.getContext('2d');
    pen.resetTransform();
    pen.clearRect(0, 0, width, height);
    return pen;
  }

  #drawPulses(pen, frame) {
    const at = performance.now();
    for (const [id, since] of this.#pulses) {
      const share = (at - since) / PULSE_MILLIS;
      const drawn = share < 1 && this.#drawn.find(({ mark }) => mark.points.some((one) => one.id === id));
      if (!drawn) {
        this.#pulses.delete(id);
        continue;
      }
      pen.beginPath();
      pen.arc(drawn.x, drawn.y, radius(drawn.mark) + (4 + 34 * share) * size(), 0, 2 * Math.PI);
      pen.strokeStyle = colour('text');
      pen.globalAlpha = 1 - share;
      pen.lineWidth = 3 * size();
      pen.stroke();
      pen.globalAlpha = 1;
    }
    if (this.#pulses.size) frame.animate = true;
  }
}

function ring(pen, { mark, x, y }) {
  for (const [width, paint] of [[7, 'halo'], [3.5, 'focus']]) {
    pen.beginPath();
    pen.arc(x, y, radius(mark) + 7 * size(), 0, 2 * Math.PI);
    pen.strokeStyle = colour(paint);
    pen.lineWidth = width * size();
    pen.stroke();
  }
}
