/**
 * The incident types that can be reported (`GET /v1/incident-types`), kept on the phone for when there is no line, and those that it has met in
 * its tasks. A type that the catalogue does not have any more is refused by the server, and says so.
 */
import { read } from '../lib/api.js';

const KEPT = 'city-brain.types';

export async function listTypes(tasks) {
  const known = new Map((await inForce()).map((type) => [type.code, type]));
  for (const { incident } of tasks) if (!known.has(incident.type)) known.set(incident.type, { code: incident.type, category: null, names: incident.typeNames });
  return [...known.values()];
}

async function inForce() {
  try {
    const { items } = await read('/v1/incident-types');
    localStorage.setItem(KEPT, JSON.stringify(items));
    return items;
  } catch (noLine) {
    return JSON.parse(localStorage.getItem(KEPT) ?? '[]');
  }
}

/** By any of its names, its code, or part of them. */
export function findTypes(types, text) {
  const wanted = text.trim().toLowerCase();
  return types.filter(({ code, names }) => [code, ...Object.values(names ?? {})].some((name) => name.toLowerCase().includes(wanted)));
}
