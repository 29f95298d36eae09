/** The incident types that the city knows, from the item catalogue in force (`GET /v1/incident-types`): read once, in the order of their categories. */
import { read } from './api.js';

export const CATEGORIES = ['NATURAL_DISASTER', 'ACCIDENT', 'PUBLIC_HEALTH', 'SOCIAL_SAFETY', 'EVERYDAY'];

let types;

/** `[{code, category, names}]` */
export function incidentTypes() {
  types ??= readTypes().catch((refused) => {
    types = undefined;
    throw refused;
  });
  return types;
}

async function readTypes() {
  const found = (await read('/v1/incident-types')).items;
  return [...found].sort((a, b) => CATEGORIES.indexOf(a.category) - CATEGORIES.indexOf(b.category));
}
