/**
 * How much larger all is drawn on this screen than on a laptop: look/screen.css lets the text grow on a wall, and what is drawn on a canvas
 * grows with it. Event `sized` on `window` when it has changed.
 */
const LAPTOP_TEXT_PIXELS = 15;

let factor = null;

const measure = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / LAPTOP_TEXT_PIXELS;

/** 1 on a laptop. */
export const size = () => (factor ??= measure());

addEventListener('resize', () => {
  const now = measure();
  if (now === size()) return;
  factor = now;
  dispatchEvent(new Event('sized'));
});
