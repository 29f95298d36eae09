/** What City Brain refused, in words: who changed it meanwhile and how it is now, or why it may not be; else the server's own detail. */
import { short } from '../lib/time.js';
import { word, wordOr } from '../lib/words.js';
import { who } from './incident.js';

const ON = { tasks: 'task', incidents: 'incident', 'check-ins': 'checkIn' };

export function refusal({ on, answer }) {
  const { reason, detail, ...problem } = answer?.body ?? {};
  const present = problem[ON[on]] ?? problem.task ?? problem.incident;
  if (reason === 'STALE_VERSION' && present) {
    return word('worker.refused.stale', {
      who: who(present.changedBy),
      at: present.changedAt ? short(present.changedAt) : '',
      status: wordOr(`worker.${on === 'tasks' ? 'task' : on === 'check-ins' ? 'check-in' : 'status'}.${present.status}`, present.status ?? ''),
    });
  }
  return wordOr(`worker.refused.${reason}`, detail ?? word('worker.refused.unknown', { status: answer?.status ?? '' }));
}
