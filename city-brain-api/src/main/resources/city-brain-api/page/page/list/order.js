/**
 * In which order the list shows what is open: emergencies of levels I and II whose deadline is over or runs out, then those of III and IV,
 * then everyday matters; behind them all others by level, newest first. Among those whose time is over the gravest comes first, then who
 * has waited longest; among those whose time runs out, who has the least of it.
 */
import { light } from '../lib/time.js';

const SEVERITY = { I: 0, II: 1, III: 2, IV: 3 };
const EVERYDAY = 4;
/** A deadline of a few minutes is looked at from its beginning, not from 80 % of it on. */
const SOON_MILLIS = 5 * 60_000;

export const severity = (incident) => SEVERITY[incident.level] ?? EVERYDAY;

/** 0 gravest and late … 5 everyday and running out; 6 nothing runs out. */
function urgency(incident, at) {
  if (!incident.dueAt) return 6;
  const state = light(incident.dueFrom, incident.dueAt, at);
  const isLate = state === 'red';
  const isSoon = state === 'amber' || Date.parse(incident.dueAt) - at <= SOON_MILLIS;
  if (!isLate && !isSoon) return 6;
  const rank = severity(incident);
  const group = rank <= 1 ? 0 : rank <= 3 ? 2 : 4;
  return isLate ? group : group + 1;
}

/** @returns {object[]} the same incidents, sorted */
export function sorted(incidents, at) {
  const keyed = incidents.map((incident) => {
    const group = urgency(incident, at);
    const runsOut = group % 2 === 1;
    return {
      incident,
      group,
      rank: runsOut ? 0 : severity(incident),
      last: group === 6 ? -Date.parse(incident.openedAt) : Date.parse(incident.dueAt),
    };
  });
  keyed.sort((a, b) => a.group - b.group || a.rank - b.rank || a.last - b.last || (a.incident.id < b.incident.id ? 1 : -1));
  return keyed.map((each) => each.incident);
}
