/**
 * In which order the list shows what is open. On top all of levels I and II: whose deadline is over, whose runs out, the others. Then of levels
 * III and IV, then of everyday matters, what is over or runs out; behind it all the rest by level, newest first. Among those whose time
 * is over the gravest comes first, then who has waited longest; among those whose time runs out, who has the least of it.
 */
const SEVERITY = { I: 0, II: 1, III: 2, IV: 3 };
const EVERYDAY = 4;
/** A deadline of a few minutes is looked at from its beginning, not from 80 % of it on. */
const SOON_MILLIS = 5 * 60_000;
/** As the amber light, lib/time.js. */
const AMBER_SHARE = 0.8;

const OVER = 0;
const RUNS_OUT = 1;
const CALM = 2;

const severity = (incident) => SEVERITY[incident.level] ?? EVERYDAY;

/** Moments as numbers, read once for each state of an incident: thousands are sorted again and again. */
const moments = new WeakMap();

function momentsOf(incident) {
  let known = moments.get(incident);
  if (!known) {
    const due = incident.dueAt ? Date.parse(incident.dueAt) : null;
    const from = incident.dueFrom ? Date.parse(incident.dueFrom) : due;
    known = { opened: Date.parse(incident.openedAt), due, amberFrom: due === null ? null : Math.min(from + AMBER_SHARE * (due - from), due - SOON_MILLIS) };
    moments.set(incident, known);
  }
  return known;
}

function urgency({ due, amberFrom }, at) {
  if (due === null) return CALM;
  if (at >= due) return OVER;
  return at >= amberFrom ? RUNS_OUT : CALM;
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
    const known = momentsOf(incident);
    const urgent = urgency(known, at);
    return {
      incident,
      group: groupOf(severe, urgent),
      rank: urgent === RUNS_OUT ? 0 : severe,
      last: urgent === CALM ? -known.opened : known.due,
    };
  });
  keyed.sort((a, b) => a.group - b.group || a.rank - b.rank || a.last - b.last || (a.incident.id < b.incident.id ? 1 : -1));
  return keyed.map((each) => each.incident);
}
