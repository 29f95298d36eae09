/**
 * What rings: a new incident of level I or II that nobody has acknowledged, a task of one's own that waits to be acknowledged, and what of
 * these is overdue. One alarm for each incident, by the most urgent of its causes.
 */
const GRAVE = new Set(['I', 'II']);
const NEW_MILLIS = 30 * 60_000;
const URGENCY = { late: 0, grave: 1, own: 2 };

/**
 * @param {Iterable<object>} incidents as `live.incidents` holds them
 * @param {object[]} tasks the person's own that are DISPATCHED
 * @returns {{key: string, cause: 'late' | 'grave' | 'own', incidentId: string, number, type, level, since, from, due}[]} the most urgent first
 */
export function rings(incidents, tasks, at) {
  const by = new Map();
  const add = (ring) => {
    const before = by.get(ring.incidentId);
    if (!before || URGENCY[ring.cause] < URGENCY[before.cause]) by.set(ring.incidentId, { ...ring, key: `${ring.incidentId}:${ring.cause}` });
  };
  for (const incident of incidents) {
    if (!GRAVE.has(incident.level)) continue;
    const { id: incidentId, number, type, level, dueFrom: from, dueAt: due } = incident;
    const facts = { incidentId, number, type, level, from, due };
    if (due && Date.parse(due) <= at) add({ ...facts, cause: 'late', since: due });
    else if (incident.status === 'DISPATCHED' && at - Date.parse(incident.openedAt) < NEW_MILLIS) add({ ...facts, cause: 'grave', since: incident.openedAt });
  }
  for (const task of tasks) {
    if (!task.acknowledgeBy) continue;
    const { number, type, level } = task.incident;
    const facts = { incidentId: task.incidentId, number, type, level, from: task.dueAt === task.acknowledgeBy ? task.dueFrom : task.dispatchedAt, due: task.acknowledgeBy };
    const isLate = Date.parse(task.acknowledgeBy) <= at;
    add({ ...facts, cause: isLate ? 'late' : 'own', since: isLate ? task.acknowledgeBy : task.dispatchedAt });
  }
  const rank = (ring) => ['I', 'II', 'III', 'IV'].indexOf(ring.level ?? '') + 1 || 5;
  return [...by.values()].sort((a, b) => URGENCY[a.cause] - URGENCY[b.cause] || rank(a) - rank(b) || Date.parse(b.since) - Date.parse(a.since));
}
