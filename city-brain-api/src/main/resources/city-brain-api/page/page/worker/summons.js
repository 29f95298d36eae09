/** A summons of a department as it will be when what was pressed has arrived, and the own one that comes before the task's own life. */
const AFTER = { 'check-in': 'CHECKED_IN', serve: 'SERVED', rate: 'RATED' };
const FOLLOWING = { SUMMONED: ['check-in'], CHECKED_IN: ['serve'], SERVED: [], RATED: [] };

export function expectedCheckIn(checkIn, pocket) {
  const kept = pocket.checkIns.find(({ id }) => id === checkIn.id);
  const current = kept && kept.version > checkIn.version ? kept : checkIn;
  const pressed = pocket.waiting().filter(({ on, id }) => on === 'check-ins' && id === checkIn.id);
  if (!pressed.length) return { ...current, allowed: current.allowed ?? [] };
  const status = AFTER[pressed.at(-1).name];
  return { ...current, status, allowed: pocket.person.roles.includes('DEPARTMENT') ? FOLLOWING[status] : [] };
}

/** For a department: its open summons to an incident, with the press that comes next. To check in and to serve moves its task along. */
export function ownSummons(pocket, incidentId) {
  if (!pocket.person.roles.includes('DEPARTMENT')) return null;
  for (const one of pocket.checkIns) {
    if (one.incidentId !== incidentId) continue;
    const checkIn = expectedCheckIn(one, pocket);
    const name = checkIn.allowed.find((allowed) => allowed === 'check-in' || allowed === 'serve');
    if (name) return { checkIn, name };
  }
  return null;
}
