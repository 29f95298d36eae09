/**
 * The incident types: codes, categories and names of the item catalogue in force (`GET /v1/incident-types`), read once, in the order of their
 * categories.
 */
import { read } from './api.js';
import { named } from './words.js';

export const CATEGORIES = ['NATURAL_DISASTER', 'ACCIDENT', 'PUBLIC_HEALTH', 'SOCIAL_SAFETY', 'EVERYDAY'];

/** While it cannot be read it is asked for again, but not at every drawing of a list. */
const PAUSE_MILLIS = 10_000;

let types;
let notBefore = 0;
const names = new Map();
const listeners = new Set();

/** `[{code, category, names}]` */
export function incidentTypes() {
  types ??= readTypes().catch((refused) => {
    types = undefined;
    throw refused;
  });
  return types;
}

/** The name in the chosen language; the code until it is known. A listener of `onTypeNames` hears of it when it is. */
export function typeName(code) {
  if (!names.has(code) && Date.now() > notBefore) {
    notBefore = Date.now() + PAUSE_MILLIS;
    incidentTypes().catch(() => {});
  }
  return named(names.get(code), code);
}

/** What an answer told anyway, also of types that the catalogue does not have any more: `{type, typeNames}`. */
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

/** The city's operators, analysts and administrators (docs/access.csv). */
export const readsPolicies = ({ roles, unit }) =>
  roles.includes('ANALYST') || roles.includes('ADMIN') || (roles.includes('OPERATOR') && unit?.tier === 'CITY');

async function readTypes() {
  const { items } = await read('/v1/incident-types');
  for (const type of items) names.set(type.code, type.names);
  for (const listener of [...listeners]) listener();
  return [...items].sort((a, b) => CATEGORIES.indexOf(a.category) - CATEGORIES.indexOf(b.category));
}
