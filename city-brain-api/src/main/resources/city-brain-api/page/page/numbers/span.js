/** The spans of time that figures are asked for; which one is in the address as `span`. */
import { now } from '../lib/api.js';

export const SPANS = { '24h': 24, '3d': 72, '7d': 168, '31d': 744 };

/** @returns `{name, from, to}`: `to` is now */
export function spanOf(name) {
  const chosen = SPANS[name] ? name : '24h';
  const to = now();
  return { name: chosen, from: new Date(to - SPANS[chosen] * 3_600_000).toISOString(), to: new Date(to).toISOString() };
}
