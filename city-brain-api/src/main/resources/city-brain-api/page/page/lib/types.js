/**
 * The incident types that somebody may report, in the order of their categories, read once: the item catalogue in force, for whoever may read it
 * (`GET /v1/policies/item-catalogue`); for others those that City Brain is delivered with, as the worker's page has them. A type that the
 * catalogue does not have any more is refused by the server, and says so.
 */
import { read } from './api.js';

export const CATEGORIES = ['NATURAL_DISASTER', 'ACCIDENT', 'PUBLIC_HEALTH', 'SOCIAL_SAFETY', 'EVERYDAY'];
const DELIVERED = '/page/worker/catalogue.json';

let types;

/** `[{code, category, names}]` for a person as `/v1/me` tells them */
export function incidentTypes(person) {
  types ??= readTypes(person).catch((refused) => {
    types = undefined;
    throw refused;
  });
  return types;
}

/** The city's operators, analysts and administrators (docs/access.csv). */
export const readsPolicies = ({ roles, unit }) =>
  roles.includes('ANALYST') || roles.includes('ADMIN') || (roles.includes('OPERATOR') && unit?.tier === 'CITY');

async function readTypes(person) {
  const found = (await (readsPolicies(person) ? readInForce() : read(DELIVERED))).types;
  return [...found].sort((a, b) => CATEGORIES.indexOf(a.category) - CATEGORIES.indexOf(b.category));
}

async function readInForce() {
  const { items } = await read('/v1/policies/item-catalogue', { status: 'EFFECTIVE' });
  return (await read(`/v1/policies/item-catalogue/${items[0].version}`)).document;
}
