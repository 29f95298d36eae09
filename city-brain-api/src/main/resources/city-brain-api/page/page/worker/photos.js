/** Photos for what is about to be sent: taken with the camera, shown small, taken off again. Event `taken` with all of them. */
import { Element, html, nothing } from '../lib/element.js';
import { word } from '../lib/words.js';
import { takePhoto } from './photo.js';

/** A report-back takes so many. */
const MOST = 20;

class WorkerPhotos extends Element {
  static properties = { photos: { state: true }, isTaking: { state: true }, failure: { state: true } };

  constructor() {
    super();
    this.photos = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.until(() => this.photos.forEach(({ shown }) => URL.revokeObjectURL(shown)));
  }

  async #take(event) {
    const files = [...event.target.files];
    event.target.value = '';
    this.isTaking = true;
    this.failure = false;
    for (const file of files.slice(0, MOST - this.photos.length)) {
      try {
        const photo = await takePhoto(file);
        if (this.photos.some(({ sha256 }) => sha256 === photo.sha256)) continue;
        this.photos = [...this.photos, { ...photo, shown: URL.createObjectURL(photo.blob) }];
      } catch {
        this.failure = true;
      }
    }
    this.isTaking = false;
    this.#tell();
  }

  #takeOff(photo) {
    URL.revokeObjectURL(photo.shown);
    this.photos = this.photos.filter((one) => one !== photo);
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new CustomEvent('taken', { detail: this.photos.map(({ shown, ...photo }) => photo) }));
  }

  render() {
    return html`
      <div class="stack" role="group" aria-label=${word('worker.photo.title')}>
        ${this.photos.length ? html`<ul class="worker-photos">${this.photos.map((photo, i) => html`
          <li><img src=${photo.shown} alt=${word('worker.photo.of', { count: i + 1 })}>
            <button type="button" aria-label=${word('worker.photo.take-off', { count: i + 1 })} @click=${() => this.#takeOff(photo)}>×</button></li>`)}</ul>` : nothing}
        ${this.photos.length < MOST ? html`
          <label class="button worker-camera">${word(this.isTaking ? 'worker.photo.taking' : 'worker.photo.take')}
            <input type="file" accept="image/*" capture="environment" class="visually-hidden" data-test="photo" @change=${(event) => this.#take(event)}></label>` : nothing}
        ${this.failure ? html`<p class="refused" role="alert">${word('worker.photo.unreadable')}</p>` : nothing}
      </div>`;
  }
}

customElements.define('worker-photos', WorkerPhotos);
