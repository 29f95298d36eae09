/** Follows a report from its 202 until it is an incident, or until it is known why it will be none: `GET /v1/reports/{id}`, by intake's `statusUrl`. */
import { read } from '../lib/api.js';

const ENDS = new Set(['OPENED', 'MERGED', 'REJECTED', 'PARKED']);
const FIRST_MILLIS = 250;
const LONGEST_MILLIS = 2000;
/** Somebody who does not see the place is answered 404 for as long as one asks: after so many, it is taken for that. */
const MOST_UNSEEN = 6;

/** @returns the report's state; null where the incident lies outside of what the person sees, or when `signal` has ended it */
export async function follow(statusUrl, signal) {
  const { pathname, search } = new URL(statusUrl, location.origin);
  let unseen = 0;
  for (let wait = FIRST_MILLIS; !signal.aborted; wait = Math.min(wait * 1.5, LONGEST_MILLIS)) {
    try {
      const state = await read(pathname + search, {}, { signal });
      if (ENDS.has(state.status)) return state;
    } catch (refused) {
      if (signal.aborted) return null;
      if (refused.status === 404 && ++unseen >= MOST_UNSEEN) return null;
      if (refused.status === 401 || refused.status === 403) return null;
    }
    await new Promise((later) => setTimeout(later, wait));
  }
  return null;
}
