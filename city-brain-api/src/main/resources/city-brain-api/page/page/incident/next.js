/**
 * What this person has to press now: the one command that the incident waits for from them, or whom it waits for otherwise. By their own
 * task first, then by the command, then by what waits to be looked at.
 */
import { now } from '../lib/api.js';
import { account } from './actors.js';
import { offered } from './commands.js';
import { mayDecide } from './delegations.js';

const OVER = new Set(['CLOSED', 'FALSE_ALARM', 'MERGED']);

/** A unit's own task is its people's, a department's that of the department. */
export function isOwn(task, person) {
  if (task.department) {
    return person.roles.includes('DEPARTMENT')
      && (person.department ? task.department.code === person.department : task.unit.code === person.unit?.code);
  }
  return task.unit.code === person.unit?.code && person.roles.some((role) => role === 'OPERATOR' || role === 'GRID_WORKER');
}

const task = (own, name) => ({ on: 'tasks', id: own.id, version: own.version, name, task: own });

/**
 * @returns `{on, id, version, name, task?, why}`; `why` is a key of the dictionary below `next.`; without `name` there is nothing to press,
 * and `why` and `who` say what it waits for
 */
export function nextFor(reading, person) {
  const { incident, tasks, lines } = reading;
  if (OVER.has(incident.status)) return { why: 'over' };
  const allowed = offered(reading, person);
  const ofIncident = (name, why = name) => ({ on: 'incidents', id: incident.id, version: incident.version, name, why });
  const own = tasks.filter((each) => isOwn(each, person));
  // Whoever still takes note of work that is over could not verify it any more: that it is looked at comes first.
  if (incident.status === 'RESOLVED') {
    const isOwnWork = sinceReopened(lines).some((line) => account(line.actor) === person.name && WORKED.has(line.kind));
    if (allowed.includes('verify') && !isOwnWork) return ofIncident('verify');
    return { why: isOwnWork ? 'own-work' : 'verify-by-others' };
  }
  if (incident.status === 'VERIFIED') return allowed.includes('close') ? ofIncident('close') : { why: 'close-by-others', who: incident.commandingUnit };
  const waiting = own.find((each) => each.allowed.includes('acknowledge'));
  if (waiting) return { ...task(waiting, 'acknowledge'), why: waiting.role === 'NOTIFY' ? 'read' : 'acknowledge' };

  for (const checkIn of incident.checkIns) {
    const name = ['check-in', 'serve', 'rate'].find((each) => checkIn.allowed.includes(each));
    if (name && (name !== 'rate' || checkIn.status === 'SERVED')) {
      return { on: 'check-ins', id: checkIn.id, version: checkIn.version, name, checkIn, why: name };
    }
  }
  const delegation = reading.delegations.find((each) => mayDecide(each, person));
  if (delegation) return { on: 'delegations', id: delegation.id, name: 'approve', why: 'delegation' };
  if (!incident.grade.corroborated && incident.grade.axes.some((axis) => axis.axis === 'CORROBORATION') && allowed.includes('confirm')) {
    return ofIncident('confirm');
  }
  const work = own.find((each) => each.role === 'EXECUTE' && !['COMPLETED', 'RETURNED'].includes(each.status));
  if (work) {
    const name = { ACKNOWLEDGED: 'start', IN_PROGRESS: 'report-back', REPORTED_BACK: 'complete' }[work.status];
    if (name && work.allowed.includes(name)) return { ...task(work, name), why: name };
  }
  const late = firstLate(tasks, incident);
  const isAbove = late && allowed.includes('supervise') && late.unit.code !== person.unit?.code;
  if (incident.commandingUnit.code === person.unit?.code) {
    const command = own.find((each) => each.role === 'COMMAND');
    if (isAbove) return { ...ofIncident('supervise'), late };
    if (command?.allowed.includes('start')) return { ...task(command, 'start'), why: 'start' };
    if (incident.status === 'CONTAINED' && allowed.includes('resolve')) return ofIncident('resolve');
    if (incident.status === 'IN_PROGRESS') {
      const name = incident.grade.level ? 'contain' : 'resolve';
      if (allowed.includes(name)) return ofIncident(name);
    }
  }
  if (isAbove) return { ...ofIncident('supervise'), late };
  const open = tasks.find((each) => each.status === 'DISPATCHED' && each.role !== 'NOTIFY') ?? null;
  return open ? { why: 'wait-acknowledge', who: open.department ?? open.unit } : { why: 'wait-command', who: incident.commandingUnit };
}

const WORKED = new Set(['ACKNOWLEDGED', 'STARTED', 'ARRIVED', 'REPORTED_BACK', 'COMPLETED', 'CONTAINED', 'RESOLVED']);

/** Work that was done before it was opened again counts no more. */
function sinceReopened(lines) {
  return lines.slice(lines.findLastIndex((line) => line.kind === 'REOPENED') + 1);
}

/** The task that has been late longest: nobody has acknowledged it, or it is not done. */
export function firstLate(tasks, incident, at = now()) {
  const late = tasks.filter((each) => {
    const { due } = deadline(each, incident);
    return due && Date.parse(due) <= at;
  });
  return late.sort((a, b) => Date.parse(deadline(a, incident).due) - Date.parse(deadline(b, incident).due))[0] ?? null;
}

/**
 * Which deadline of a task runs now and since when, docs/deadlines.md: to acknowledge, then to resolve until it is contained (an emergency) or
 * resolved. One that was tightened or given anew runs from then.
 */
export function deadline(task, incident) {
  if (task.role === 'NOTIFY' || ['COMPLETED', 'RETURNED'].includes(task.status) || OVER.has(incident.status)) return {};
  const { dueFrom: from, dueAt: due } = task;
  if (!due) return {};
  if (task.status === 'DISPATCHED' && due === task.acknowledgeBy) return { from, due, of: 'ACKNOWLEDGE' };
  const isDone = ['RESOLVED', 'VERIFIED'].includes(incident.status) || (incident.grade.level && incident.status === 'CONTAINED');
  return isDone ? {} : { from, due, of: 'RESOLVE' };
}
