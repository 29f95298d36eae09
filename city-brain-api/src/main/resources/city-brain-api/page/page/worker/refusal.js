/** What City Brain refused, in words: who changed it meanwhile and how it is now, or why it may not be; else the server's own detail. */
import { short } from '../lib/time.js';
import { word, wordOr } from '../lib/words.js';
import { who } from './incident.js';

const ON = { tasks: 'task', incidents: 'incident', 'check-ins': 'checkIn' };

/** In any of these it has been done, by whomever. */
const DONE = {
  acknowledge: ['ACKNOWLEDGED', 'IN_PROGRESS', 'REPORTED_BACK', 'COMPLETED'],
  start: ['IN_PROGRESS'],
  complete: ['COMPLETED'],
  return: ['RETURNED'],
  contain: ['CONTAINED', 'RESOLVED', 'VERIFIED', 'CLOSED'],
  resolve: ['RESOLVED', 'VERIFIED', 'CLOSED'],
  verify: ['VERIFIED', 'CLOSED'],
  'check-in': ['CHECKED_IN', 'SERVED', 'RATED'],
  serve: ['SERVED', 'RATED'],
  rate: ['RATED'],
};

const presentState = ({ on, answer }) => answer?.body?.[ON[on]];

/** Somebody else has done the same meanwhile: there is nothing to send again. */
export const isDoneAlready = (item) => item.answer?.body?.reason === 'STALE_VERSION' && (DONE[item.name]?.includes(presentState(item)?.status) ?? false);

/** It was sent before, and no answer said what became of it: it may have been carried out all the same. */
export const isUncertain = (item) => Boolean(item.isUnanswered);

export function refusal(item) {
  const { on, answer } = item;
  const { reason, detail } = answer?.body ?? {};
  const present = presentState(item);
  if (isUncertain(item)) return word('worker.refused.uncertain');
  if (isDoneAlready(item)) return word('worker.refused.already', { who: who(present.changedBy), at: present.changedAt ? short(present.changedAt) : '' });
  if (reason === 'STALE_VERSION' && present) {
    return word('worker.refused.stale', {
      who: who(present.changedBy),
      at: present.changedAt ? short(present.changedAt) : '',
      status: wordOr(`worker.${on === 'tasks' ? 'task' : on === 'check-ins' ? 'check-in' : 'status'}.${present.status}`, present.status ?? ''),
    });
  }
  return wordOr(`worker.refused.${reason}`, detail ?? word('worker.refused.unknown', { status: answer?.status ?? '' }));
}
