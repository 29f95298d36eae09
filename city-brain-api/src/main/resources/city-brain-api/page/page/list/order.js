/**
 * In which order the list shows what is open. On top all of levels I and II: whose deadline is over, whose runs out, the others. Then of levels
 * III and IV, then of everyday matters, what is over or runs out; behind it all the rest by level, newest first. Among those whose time
 * is over the gravest comes first, then who has waited longest; among those whose time runs out, who has the least of it.
 */
import { light } from '../lib/time.js';

const SEVERITY = { I: 0, II: 1, III: 2, IV: 3 };
const EVERYDAY = 4;
/** A deadline of a few minutes is looked at from its beginning, not from 80 % of it on. */
const SOON_MILLIS = 5 * 60_000;

const OVER = 0;
const RUNS_OUT = 1;
const CALM = 2;

export const severity = (incident) => SEVERITY[incident.level] ?? EVERYDAY;

function urgency(incident, at) {
  if (!incident.dueAt) return CALM;
  const state = light(incident.dueFrom, incident.dueAt, at);
  if (state === 'red') return OVER;
  return state === 'amber' || Date.parse(incident.dueAt) - at <= SOON_MILLIS ? RUNS_OUT : CALM;
}

/** 0–2 levels I and II, 3–4 III and IV, 6–7 everyday, 9 the rest. */
function groupOf(rank, urgent) {
  if (rank <= SEVERITY.II) return urgent;
  if (urgent === CALM) return 9;
  return (rank <= SEVERITY.IV ? 3 : 6) + urgent;
}

/** @returns {object[]} the same incidents, sorted */
export function sorted(incidents, at) {
  const keyed = incidents.map((incident) => {
    const severe = severity(incident);
    const urgent = urgency(incident, at);
    return {
      incident,
      group: groupOf(severe, urgent),
      rank: urgent === RUNS_OUT ? 0 : severe,
      last: urgent === CALM ? -Date.parse(incident.openedAt) : Date.parse(incident.dueAt),
    };
  });
  keyed.sort((a, b) => a.group - b.group || a.rank - b.rank || a.last - b.last || (a.incident.id < b.incident.id ? 1 : -1));
  return keyed.map((each) => each.incident);
}
