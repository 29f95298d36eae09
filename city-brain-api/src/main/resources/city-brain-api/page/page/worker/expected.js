/**
 * What a task will be when all that was pressed has arrived, and what may be pressed then. The server decides; this is its table of a
 * task's life (docs/commands.md), so that 'acknowledge, arrive, report back' can be pressed one after the other without a line.
 */
const WORK = {
  DISPATCHED: { acknowledge: 'ACKNOWLEDGED', return: 'RETURNED' },
  ACKNOWLEDGED: { start: 'IN_PROGRESS', arrive: 'IN_PROGRESS', 'report-back': 'REPORTED_BACK', complete: 'COMPLETED', return: 'RETURNED' },
  IN_PROGRESS: { arrive: 'IN_PROGRESS', 'report-back': 'REPORTED_BACK', complete: 'COMPLETED', return: 'RETURNED' },
  REPORTED_BACK: { start: 'IN_PROGRESS', 'report-back': 'REPORTED_BACK', complete: 'COMPLETED' },
  COMPLETED: {},
  RETURNED: {},
};
const NOTICE = { DISPATCHED: { acknowledge: 'COMPLETED' }, ACKNOWLEDGED: { acknowledge: 'COMPLETED' } };

const INCIDENT = { resolve: 'RESOLVED', contain: 'CONTAINED', verify: 'VERIFIED' };
/** In these the command on the incident may be given, where the grid has it. */
const RESOLVABLE = new Set(['ACKNOWLEDGED', 'IN_PROGRESS', 'CONTAINED']);
const CONTAINABLE = new Set(['ACKNOWLEDGED', 'IN_PROGRESS']);
/** What the first of these on a task makes of its incident. */
const TAKES_ALONG = { acknowledge: 'ACKNOWLEDGED', start: 'IN_PROGRESS', arrive: 'IN_PROGRESS', 'report-back': 'IN_PROGRESS' };
const ORDER = ['DISPATCHED', 'ACKNOWLEDGED', 'IN_PROGRESS', 'CONTAINED', 'RESOLVED', 'VERIFIED', 'CLOSED'];

export const isSettled = (status) => status === 'COMPLETED' || status === 'RETURNED';

const moves = (task, status) => {
  if (task.role === 'NOTIFY') return NOTICE[status] ?? {};
  const { complete, ...others } = WORK[status] ?? {};
  // Whoever has the command completes it by resolving the incident.
  return task.role === 'COMMAND' || !complete ? others : { ...others, complete };
};

/**
 * @param waiting what was pressed for its incident and has not arrived, in order
 * @returns the task with its `status`, its incident's, `allowed`, and `waits`: how much of it is still to be sent
 */
export function expected(task, waiting) {
  let status = task.status;
  let incident = task.incident.status;
  for (const { on, id, name } of waiting) {
    if (on === 'incidents') {
      incident = INCIDENT[name] ?? incident;
      if (name === 'resolve' && task.role === 'COMMAND') status = 'COMPLETED';
    } else if (on === 'tasks' && id === task.id) {
      status = moves(task, status)[name] ?? status;
      const along = TAKES_ALONG[name];
      if (along && ORDER.indexOf(along) > ORDER.indexOf(incident)) incident = along;
    }
  }
  const isAsTold = waiting.length === 0 && task.allowed;
  return {
    ...task,
    status,
    incident: { ...task.incident, status: incident },
    allowed: isAsTold ? task.allowed : Object.keys(moves(task, status)),
    waits: waiting.length,
  };
}

/** What may be commanded on the incident: as the server says, and what follows from what waits. */
export function allowedOnIncident(task, detail, waiting, person) {
  const allowed = new Set(detail?.incident.allowed ?? []);
  const inCommand = detail?.incident.commandingUnit.code === person.unit?.code && person.roles.includes('GRID_WORKER');
  if (task && inCommand && waiting.length) {
    for (const [name, when] of [['resolve', RESOLVABLE], ['contain', CONTAINABLE]]) {
      if (when.has(task.incident.status)) allowed.add(name);
      else allowed.delete(name);
    }
  }
  for (const { on, name } of waiting) if (on === 'incidents' && name !== 'notes' && name !== 'situation-reports') allowed.delete(name);
  return [...allowed];
}

/** The one big button: what comes next. Null: nothing is to be done. */
export function next(task, onIncident, hasArrived) {
  const may = (name) => task.allowed.includes(name);
  if (task.status === 'DISPATCHED' && may('acknowledge')) return 'acknowledge';
  if (task.status === 'ACKNOWLEDGED' && may('arrive')) return 'arrive';
  if (task.status === 'IN_PROGRESS') {
    if (!hasArrived && may('arrive')) return 'arrive';
    if (may('report-back')) return 'report-back';
  }
  if (task.status === 'REPORTED_BACK') {
    if (onIncident.includes('resolve')) return 'resolve';
    if (may('complete')) return 'complete';
  }
  if (task.status === 'ACKNOWLEDGED' && may('acknowledge')) return 'acknowledge';
  return null;
}

const WEIGHT = { I: 0, II: 1, III: 2, IV: 3 };
const gravity = (task) => WEIGHT[task.incident.level] ?? 4;

/** The deadline that runs next: to acknowledge, then to resolve. */
export function due(task) {
  if (isSettled(task.status)) return null;
  const by = task.status === 'DISPATCHED' ? [task.acknowledgeBy, task.resolveBy] : [task.resolveBy];
  return by.filter(Boolean).sort()[0] ?? null;
}

/** Work before notices; the gravest first, and of those the one that is due next. */
export const inOrder = (one, other) =>
  (one.role === 'NOTIFY') - (other.role === 'NOTIFY')
  || gravity(one) - gravity(other)
  || (Date.parse(due(one)) || Infinity) - (Date.parse(due(other)) || Infinity)
  || one.id.localeCompare(other.id);
