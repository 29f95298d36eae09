/** What the server refused, in words: by its `reason`, with what was expected; by its own `detail` where there are no words for the reason. */
import { word, wordOr } from './words.js';

/** @param {import('./api.js').Refused} refused */
export function sayRefused(refused) {
  const { problem = {}, reason } = refused;
  if (reason === 'UNREACHABLE' || refused.status === 0) return word('refused.UNREACHABLE');
  const key = `refused.${reason}`;
  if (reason && wordOr(key, null)) return word(key, { value: problem.value ?? '', expected: problem.expected ?? '', detail: problem.detail ?? '' });
  return problem.detail ?? refused.message;
}

/** Whether nothing is known of what became of it: it is sent again with the same key. */
export const isUncertain = (refused) => refused.status === 0 || refused.status === 502 || refused.status === 503 || refused.status === 504;
