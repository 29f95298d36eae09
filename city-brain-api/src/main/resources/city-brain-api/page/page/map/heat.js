/**
 * How much happened in the units of a tier: `GET /v1/heat-map?tier=&hours=`, in five classes. Their bounds grow by the same factor, so that
 * the few units where much happened stand out; they are whole numbers that can be read. An answer holds all measures, so it is kept for a while.
 */
import { now, read } from '../lib/api.js';
import { colour } from '../lib/theme.js';

export const HOURS = 24;
export const MEASURES = ['open', 'overdue', 'people', 'incidents'];
const CLASSES = 5;
export const HEAT_MILLIS = 60_000;
const FIELDS = { open: 'open', overdue: 'overdue', people: 'peopleAffected', incidents: 'incidents' };

/** @returns {{measure: string, tier: string, bounds: {from: number, to: number|null}[], colourOf: Function, valueOf: Function}} */
export async function readHeat(measure, tier) {
  const { units } = await answerFor(tier);
  const values = new Map(units.map((unit) => [unit.code, unit[FIELDS[measure]] ?? 0]));
  const lower = lowerBounds([...values.values()].filter((value) => value > 0));
  const classOf = (value) => lower.findLastIndex((from) => value >= from);
  return {
    measure,
    tier,
    bounds: lower.map((from, i) => ({ from, to: i + 1 < lower.length ? lower[i + 1] - 1 : null })),
    valueOf: (code) => values.get(code) ?? 0,
    colourOf(code) {
      const found = classOf(values.get(code) ?? 0);
      return found < 0 ? undefined : heatColour(found, lower.length);
    },
  };
}

const answers = new Map();

function answerFor(tier) {
  const kept = answers.get(tier);
  if (kept && now() - kept.at < HEAT_MILLIS) return kept.answer;
  const answer = read('/v1/heat-map', { tier, hours: HOURS });
  answers.set(tier, { at: now(), answer });
  answer.catch(() => answers.delete(tier));
  return answer;
}

/** From the faintest to the strongest colour, also where there are fewer than five classes. */
export const heatColour = (index, count) => colour(`heat-${count === 1 ? 2 : 1 + Math.round((index * (CLASSES - 1)) / (count - 1))}`);

export function lowerBounds(values) {
  if (!values.length) return [];
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))];
  const [least, most] = [at(0), at(1)];
  // A few extremes must not leave all others in one class, where there are others.
  const top = at(0.97) > least ? at(0.97) : most;
  const factor = (top / least) ** (1 / CLASSES);
  const bounds = Array.from({ length: CLASSES }, (_, i) => (i === 0 ? least : readable(least * factor ** i)));
  return [...new Set(bounds)].sort((a, b) => a - b).filter((bound) => bound <= most);
}

/** 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20 … */
function readable(value) {
  if (value <= 6) return Math.round(value);
  const scale = 10 ** Math.floor(Math.log10(value));
  return Math.round([1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((step) => step * scale >= value * 0.92) * scale);
}
