/**
 * The names of units by their codes, asked for when they are first shown and kept: `GET /v1/units/{code}/chain` of grid-service tells those
 * of all units above, too, so one question names a whole row.
 */
import { read } from './api.js';

const MOST_AT_ONCE = 4;

const names = new Map();
const waiting = [];
const asked = new Set();
const listeners = new Set();
let running = 0;
let telling = false;

/** The unit's name; the code as long as it is not known. A department's code (`500112-water`) has the name that was learnt, if any. */
export function unitName(code) {
  if (!code) return '';
  const known = names.get(code);
  if (known) return known;
  ask(code);
  return code;
}

/** The name of a unit, for whom the name of one below it is asked for anyway; empty as long as it is not known. */
export const knownName = (code) => names.get(code) ?? '';

/** What an answer told anyway: `{code, name}` of a unit or a department. */
export function learnUnit(unit) {
  if (unit?.name) names.set(unit.code, unit.name);
}

/** @returns how to stop listening */
export function onUnitNames(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function ask(code) {
  if (asked.has(code) || !/^\d+$/.test(code)) return;
  asked.add(code);
  // What is looked at now comes first: a list that was scrolled through fast asks for where it stands.
  waiting.push(code);
  next();
}

async function next() {
  if (running >= MOST_AT_ONCE || !waiting.length) return;
  const code = waiting.pop();
  if (names.has(code)) return next();
  running++;
  try {
    const { chain } = await read(`/v1/units/${code}/chain`);
    chain.forEach(learnUnit);
    tell();
  } catch (refused) {
    // A unit of a former map has no name any more; what could not be reached is asked for again.
    if (refused.status !== 404) setTimeout(() => asked.delete(code), 10_000);
  } finally {
    running--;
    next();
  }
  next();
}

function tell() {
  if (telling) return;
  telling = true;
  setTimeout(() => {
    telling = false;
    for (const listener of [...listeners]) listener();
  }, 60);
}
