/** Photos and documents that somebody referred to: saved as files from `GET /v1/evidence/{sha256}`; no browser shows them. */
import { html, nothing } from '../lib/element.js';
import { number, word } from '../lib/words.js';

/** @param pieces SHA-256s, or `{sha256 | uri, mediaType}`; what lies elsewhere is named, not loaded */
export const shownEvidence = (pieces) => (pieces?.length ? html`
  <span class="evidence">${pieces.map((piece, i) => {
    const sha = typeof piece === 'string' ? piece : piece.sha256;
    const text = word('evidence.piece', { number: number(i + 1) });
    return sha ? html`<a href=${`/v1/evidence/${sha}`} download data-test="evidence">${text}</a> ` : html`<span class="soft">${piece.uri ?? text}</span> `;
  })}</span>` : nothing);
