/** Moments as people of the city read them: in the city's own zone, wherever the screen stands. */
import { now } from './api.js';
import { language } from './words.js';

export const ZONE = 'Asia/Shanghai';

const formats = new Map();

function format(name, options) {
  const key = `${language()} ${name}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language(), { timeZone: ZONE, hourCycle: 'h23', ...options }));
  return formats.get(key);
}

const day = (moment) => format('day-key', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(moment);

export const clock = (moment) => format('clock', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(moment);

export const dateTime = (moment) =>
  moment ? format('full', { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date(moment)) : '–';

/** The time alone where it is today's, with the day where it is not. */
export function short(moment) {
  if (!moment) return '–';
  const at = new Date(moment);
  return day(at) === day(new Date(now()))
    ? format('short', { hour: '2-digit', minute: '2-digit' }).format(at)
    : format('short-day', { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).format(at);
}

/** `2:59`, `1:02:03`, `3 d 4 h`; with a minus where it is over. */
export function span(milliseconds) {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  const sign = milliseconds < 0 ? '−' : '';
  const two = (value) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  if (hours >= 48) {
    return sign + new Intl.NumberFormat(language(), { style: 'unit', unit: 'day', unitDisplay: 'narrow' }).format(Math.floor(hours / 24))
      + ' ' + new Intl.NumberFormat(language(), { style: 'unit', unit: 'hour', unitDisplay: 'narrow' }).format(hours % 24);
  }
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return sign + (hours ? `${hours}:${rest}` : rest.replace(/^0(\d:)/, '$1'));
}

/** What a field `datetime-local` holds for a moment: minutes, in the city's zone. */
export function asField(moment) {
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en-CA', {
    timeZone: ZONE, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
  }).formatToParts(new Date(moment)).map(({ type, value }) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/** The moment that such a field means in the city's zone, as ISO-8601; null where it holds none. */
export function fromField(text) {
  const wall = Date.parse(`${text}Z`);
  if (Number.isNaN(wall)) return null;
  const offset = Date.parse(`${asField(wall)}Z`) - wall;
  return new Date(wall - offset).toISOString();
}

/**
 * The light of a deadline: `red` when it is over, `amber` from 80 % of its time on, `green` before, `none` without one.
 * The same moments as the deadlines of dispatch-service, docs/deadlines.md.
 */
export function light(from, due, at = now()) {
  if (!due) return 'none';
  const end = Date.parse(due);
  const begin = Date.parse(from ?? due);
  if (at >= end) return 'red';
  return at >= begin + 0.8 * (end - begin) ? 'amber' : 'green';
}

const ticking = new Set();

/** Once a second for all count-downs of the page. @returns how to stop */
export function everySecond(tick) {
  ticking.add(tick);
  return () => ticking.delete(tick);
}

setInterval(() => {
  for (const tick of [...ticking]) tick(now());
}, 1000);
