/** A time that something took, in the unit that a person would say it in. */
import { number } from '../lib/words.js';

const unit = (value, name) => number(value, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: value < 10 ? 1 : 0 });

export function minutes(seconds) {
  if (seconds === null || seconds === undefined) return '–';
  if (seconds < 90) return unit(seconds, 'second');
  if (seconds < 90 * 60) return unit(seconds / 60, 'minute');
  return seconds < 48 * 3600 ? unit(seconds / 3600, 'hour') : unit(seconds / 86_400, 'day');
}
