/** A component that shows what is in the pocket, and is drawn anew when that changes. */
import { Element, listen } from '../lib/element.js';

export class PocketElement extends Element {
  static properties = { pocket: { attribute: false } };

  connectedCallback() {
    super.connectedCallback();
    this.until(listen(this.pocket, 'change', () => this.requestUpdate()));
  }
}
