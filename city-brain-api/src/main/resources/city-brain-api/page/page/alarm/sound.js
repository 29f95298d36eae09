/**
 * The sound of an alarm, made by the browser itself. Browsers make no sound before somebody has pressed something on the page: until then
 * it is not heard, and `isHeard` says so.
 */
const PATTERNS = {
  // [Hz, begins at s, lasts s]
  grave: [[880, 0, 0.18], [660, 0.22, 0.18], [880, 0.44, 0.18], [660, 0.66, 0.18]],
  own: [[740, 0, 0.16], [740, 0.26, 0.16]],
  notice: [[587, 0, 0.14]],
};
const VOLUME = 0.25;

let context = null;
const listeners = new Set();

export const isHeard = () => context?.state === 'running';

/** @returns how to stop listening */
export function onHeard(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** After a gesture of the person. */
export async function hear() {
  context ??= new AudioContext();
  if (context.state === 'suspended') await context.resume();
  for (const listener of [...listeners]) listener();
}

export function play(name) {
  if (!isHeard()) return false;
  for (const [hertz, begin, length] of PATTERNS[name]) {
    const tone = context.createOscillator();
    const gain = context.createGain();
    const at = context.currentTime + begin;
    tone.type = 'triangle';
    tone.frequency.value = hertz;
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(VOLUME, at + 0.02);
    gain.gain.setValueAtTime(VOLUME, at + length - 0.03);
    gain.gain.linearRampToValueAtTime(0, at + length);
    tone.connect(gain).connect(context.destination);
    tone.start(at);
    tone.stop(at + length);
  }
  return true;
}
