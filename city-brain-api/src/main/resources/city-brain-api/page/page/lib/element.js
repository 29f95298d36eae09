/**
 * What all components of the page have in common: drawn by Lit into the page itself (no shadow: one look for all, and labels find their
 * fields), and drawn anew when another language is spoken or another address is shown.
 */
import { LitElement } from 'lit';
import { onShown, shown } from './address.js';

export { html, nothing, svg } from 'lit';
export { repeat } from 'lit/directives/repeat.js';
export { classMap } from 'lit/directives/class-map.js';
export { styleMap } from 'lit/directives/style-map.js';
export { live } from 'lit/directives/live.js';

export class Element extends LitElement {
  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.shown = shown();
    this.ends = [
      onShown((state) => {
        const before = this.shown;
        this.shown = state;
        this.addressChanged?.(state, before);
        this.requestUpdate();
      }),
      listen(window, 'spoken', () => this.requestUpdate()),
    ];
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const end of this.ends ?? []) end();
    this.ends = [];
  }

  /** Undone when the component leaves the page. */
  until(end) {
    this.ends.push(end);
  }
}

/** @returns how to stop listening */
export function listen(target, name, listener) {
  target.addEventListener(name, listener);
  return () => target.removeEventListener(name, listener);
}
