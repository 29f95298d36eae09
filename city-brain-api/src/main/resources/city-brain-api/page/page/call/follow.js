/** Follows a report from its 202 until it is an incident, or until it is known why it will be none: `GET /v1/reports/{id}`, by intake's `statusUrl`. */
import { read } from '../lib/api.js';

const ENDS = new Set(['OPENED', 'MERGED', 'REJECTED', 'PARKED']);
const FIRST_MILLIS = 250;
const LONGEST_MILLIS = 2000;
/** What is not there yet may come a moment later; after so many answers it is taken for something that the person does not see. */
const MOST_UNSEEN = 6;

/** @returns the report's state, `isSeen` where the person sees its incident, too; null where nothing is to be known, or when `signal` has ended it */
export async function follow(statusUrl, signal) {
  const { pathname, search } = new URL(statusUrl, location.origin);
  let unseen = 0;
  for (let wait = FIRST_MILLIS; !signal.aborted; wait = Math.min(wait * 1.5, LONGEST_MILLIS)) {
    try {
      const state = await read(pathname + search, {}, { signal });
      if (ENDS.has(state.status)) return { ...state, isSeen: await isSeen(state.incidentId, signal) };
    } catch (refused) {
      if (signal.aborted) return null;
      if (refused.status === 404 && ++unseen >= MOST_UNSEEN) return null;
      if (refused.status === 401 || refused.status === 403) return null;
    }
    await new Promise((later) => setTimeout(later, wait));
  }
  return null;
}

/** Whoever reported something of another unit learns what became of the report, but its incident is that unit's. */
async function isSeen(incidentId, signal) {
  if (!incidentId) return false;
  try {
    await read(`/v1/incidents/${incidentId}`, {}, { signal });
    return true;
  } catch (refused) {
    return refused.status !== 404;
  }
}
