/**
 * Which of the open incidents are shown: the one answer for the map and the list, from the names of the address. `level` (`I` to `IV`,
 * `everyday`), `scope`, `type` and `status` hold any of several; `unit` is a unit and all below it; `due=over` is what is overdue; `q` is
 * the beginning of an incident's number, or a part of it. A name that is absent lets all pass.
 */
import { now } from './api.js';

/** The names of the address that decide it: where none of them changed, the same incidents are shown. */
export const FILTERS = ['level', 'scope', 'type', 'status', 'unit', 'due', 'q'];

export const isOverdue = (incident, at = now()) => incident.dueAt != null && Date.parse(incident.dueAt) < at;

/** A unit's code begins with those of all units above it. */
export const liesIn = (incident, unit) =>
  Boolean(incident.gridCode?.startsWith(unit) || incident.commandingUnit?.startsWith(unit));

/** @returns what says of one incident whether it is shown: `filter(state)(incident)` */
export function filter(state, at = now()) {
  const tests = [];
  const oneOf = (name, valueOf) => {
    if (!state[name]?.length) return;
    const wanted = new Set(state[name]);
    tests.push((incident) => wanted.has(valueOf(incident)));
  };
  oneOf('level', (incident) => incident.level ?? 'everyday');
  oneOf('scope', (incident) => incident.scope);
  oneOf('type', (incident) => incident.type);
  oneOf('status', (incident) => incident.status);
  if (state.unit) tests.push((incident) => liesIn(incident, state.unit));
  if (state.due === 'over') tests.push((incident) => isOverdue(incident, at));
  const text = state.q?.trim().toLowerCase();
  if (text) tests.push((incident) => incident.number.toLowerCase().includes(text));
  return (incident) => tests.every((passes) => passes(incident));
}

/** @returns {object[]} those of `live.incidents` that are shown, in no order */
export function shownIncidents(live, state, at = now()) {
  const isShown = filter(state, at);
  return [...live.incidents.values()].filter(isShown);
}
