/**
 * What somebody was typing when their session ended, so that it is still there when they have signed in again: in this tab only, for the same
 * account only, and gone once it is taken.
 */
import { listen } from '../lib/element.js';

const nameOf = (what) => `city-brain.typed.${what}`;

/** Keeps what `value()` gives at the moment of being signed out; null is nothing to keep. */
export function keepWhenSignedOut(what, value) {
  return listen(window, 'signed-out', () => {
    const kept = value();
    if (kept) sessionStorage.setItem(nameOf(what), JSON.stringify(kept));
  });
}

/** What was kept for the account, if anything; it is not kept any longer. */
export function takeKept(what, account) {
  const text = sessionStorage.getItem(nameOf(what));
  sessionStorage.removeItem(nameOf(what));
  const kept = text ? JSON.parse(text) : null;
  return kept?.by === account ? kept : null;
}
