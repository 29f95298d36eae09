/**
 * What can be pressed, and what it asks for. `text`: the name of the body's field that the words go into; `must`: it may not be empty.
 * `place`: with the phone's position. `photos`: how they are named in the body. Those without any of these are pressed at once.
 */
const asEvidence = ({ sha256, mediaType }) => ({ sha256, mediaType });

export const ACTS = {
  acknowledge: { on: 'tasks' },
  start: { on: 'tasks' },
  arrive: { on: 'tasks', place: true },
  'report-back': { on: 'tasks', text: 'text', must: true, photos: asEvidence },
  complete: { on: 'tasks', text: 'reason' },
  return: { on: 'tasks', text: 'reason', must: true },
  resolve: { on: 'incidents', text: 'reason' },
  contain: { on: 'incidents', text: 'reason' },
  verify: { on: 'incidents', text: 'reason' },
  confirm: { on: 'incidents', text: 'reason', must: true },
  notes: { on: 'incidents', text: 'text', must: true },
  'situation-reports': { on: 'incidents', text: 'text', must: true, people: true },
  whistle: { on: 'incidents', text: 'reason', must: true, departments: true },
  feedback: { on: 'incidents', text: 'text', must: true, solved: true },
  'check-in': { on: 'check-ins', place: true },
  serve: { on: 'check-ins', text: 'text', must: true, photos: ({ sha256 }) => sha256 },
  rate: { on: 'check-ins', text: 'reason', must: true, rating: true },
};

/** What this page offers of what the server allows, the likeliest first. */
export const OFFERED_ON_INCIDENT = ['whistle', 'resolve', 'contain', 'verify', 'feedback', 'confirm', 'situation-reports', 'notes'];
export const OFFERED_ON_TASK = ['acknowledge', 'start', 'arrive', 'report-back', 'complete', 'return'];

export const isAtOnce = (name) => Object.keys(ACTS[name]).length === 1;
