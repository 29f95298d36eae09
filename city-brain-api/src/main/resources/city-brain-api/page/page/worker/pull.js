/**
 * What has changed since the phone was last told: `GET /v1/changes?since=`. The cursor is kept in the same transaction as what came with it,
 * so an answer that got lost is asked for again. 410: all is read anew.
 */
import { read, readAll } from '../lib/api.js';
import { line } from './line.js';

const CURSOR = 'cursor';
const AT_ONCE = 200;
const DONE_LATELY = 30;

/** Those that the person handles: a department's what it is called for, others their unit's own. */
export function isMine(task, { roles, unit, department }) {
  if (task.department) {
    return roles.includes('DEPARTMENT') && (department ? task.department.code === department : task.unit.code === unit?.code);
  }
  return (roles.includes('OPERATOR') || roles.includes('GRID_WORKER')) && task.unit.code === unit?.code;
}

/** @returns `[{number, type, ended}]`, the tasks that came (`NEW`) and those that are not the person's any more */
export async function pullChanges(store, person) {
  const told = [];
  for (let hasMore = true; hasMore; ) {
    const since = await store.get('kept', CURSOR);
    try {
      const changes = await line.over((signal) => read('/v1/changes', { since, limit: AT_ONCE }, { signal }));
      const rest = changes.moreTasks
        ? await line.over(() => readAll('/v1/tasks', { mine: true, cursor: changes.moreTasks }), 60_000) : [];
      // The beginning tells of what is open; what was done lately may still want feedback.
      const done = since ? [] : (await line.over((signal) => read('/v1/tasks', { status: 'COMPLETED', unit: person.department ? null : person.unit?.code, department: person.department, limit: DONE_LATELY }, { signal }))).items;
      const held = new Map((await store.all('tasks')).map((task) => [task.id, task]));
      await store.change(['tasks', 'details', 'kept'], (on) => {
        if (!since) {
          on('tasks').clear();
          held.clear();
        }
        for (const change of changes.items) apply(change, on, held, person, told, Boolean(since));
        const named = new Set(changes.items.filter(({ kind }) => kind === 'INCIDENT').map(({ id }) => id));
        nameDetails(on, changes.nextCursor, (id) => !since || named.has(id));
        for (const task of [...rest, ...done.filter((one) => isMine(one, person))]) on('tasks').put(task);
        on('kept').put(changes.nextCursor, CURSOR);
      });
      hasMore = changes.hasMore;
    } catch (refused) {
      if (refused.status !== 410 || !since) throw refused;
      await store.change(['kept'], (on) => on('kept').delete(CURSOR));
    }
  }
  return told;
}

/** A note, or a report of how it stands, moves no version: whatever a change names is read again, and all where one begins anew. */
function nameDetails(on, cursor, isNamed) {
  on('details').getAll().onsuccess = ({ target }) => {
    for (const detail of target.result) if (isNamed(detail.id)) on('details').put({ ...detail, named: cursor });
  };
}

function apply({ kind, id, deleted, state, ended }, on, held, person, told, isLater) {
  const tell = (task, how) => task && told.push({ number: task.incident.number, type: task.incident.typeNames, ended: how ?? ended });
  if (kind === 'TASK') {
    if (deleted || !isMine(state, person)) {
      tell(held.get(id));
      on('tasks').delete(id);
      held.delete(id);
    } else {
      if (isLater && state.status === 'DISPATCHED' && held.get(id)?.status !== 'DISPATCHED') tell(state, 'NEW');
      on('tasks').put(state);
      held.set(id, state);
    }
    return;
  }
  const ofIt = [...held.values()].filter((task) => task.incidentId === id);
  if (deleted) {
    on('details').delete(id);
    for (const task of ofIt) {
      tell(task);
      on('tasks').delete(task.id);
      held.delete(task.id);
    }
    return;
  }
  for (const task of ofIt) {
    const newer = { ...task, incident: { ...task.incident, status: state.status, version: state.version, level: state.grade.level, scope: state.grade.scope, location: state.location } };
    on('tasks').put(newer);
    held.set(task.id, newer);
  }
}
