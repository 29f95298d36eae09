/**
 * The names of incident types, asked for once. Whoever may read the item catalogue (`GET /v1/policies/item-catalogue`) has all of them at
 * once; for others, who may not, each unknown code is asked for by one incident of it (`GET /v1/incidents?type=`), which holds its names.
 */
import { read } from './api.js';
import { named } from './words.js';

const names = new Map();
const asked = new Set();
const listeners = new Set();
let whole;

/** The name in the chosen language; the code as long as it is not known. A listener of `onTypeNames` hears of it when it is. */
export function typeName(code) {
  const known = names.get(code);
  if (!known) ask(code);
  return named(known, code);
}

/** What an answer told anyway: `{type, typeNames}`. */
export function learnType({ type, typeNames }) {
  if (typeNames && !names.has(type)) names.set(type, typeNames);
}

/** All codes that are known so far. */
export const knownTypes = () => [...names.keys()];

/** @returns how to stop listening */
export function onTypeNames(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function readCatalogue() {
  try {
    // Nobody is asked for what they may not see: a refusal is for what went wrong.
    const { roles, unit } = await read('/v1/me');
    if (!roles.some((role) => role === 'ANALYST' || role === 'ADMIN') && !(roles.includes('OPERATOR') && unit?.tier === 'CITY')) return false;
    const versions = await read('/v1/policies/item-catalogue', { status: 'EFFECTIVE' });
    const { document } = await read(`/v1/policies/item-catalogue/${versions.items[0].version}`);
    for (const type of document.types) names.set(type.code, type.names);
    tell();
    return true;
  } catch (refused) {
    return false;
  }
}

async function ask(code) {
  if (asked.has(code)) return;
  asked.add(code);
  whole ??= readCatalogue();
  if ((await whole) && names.has(code)) return;
  try {
    const { items } = await read('/v1/incidents', { type: code, limit: 1 });
    items.forEach(learnType);
    tell();
  } catch (later) {
    setTimeout(() => asked.delete(code), 10_000);
  }
}

function tell() {
  for (const listener of [...listeners]) listener();
}
