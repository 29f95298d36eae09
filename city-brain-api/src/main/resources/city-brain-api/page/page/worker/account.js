/**
 * Whose phone it is just now: `GET /v1/me` where there is a line, and whom it was last where there is none. What waits to be sent is
 * counted for each account beside it, so that whoever signs in next is told of it without opening it.
 */
import { read } from '../lib/api.js';
import { line } from './line.js';

const PERSON = 'city-brain.worker.person';
const WAITING = 'city-brain.worker.waiting';
const PATIENCE_MILLIS = 8000;

const kept = (name) => {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
};

/** Somebody else has signed in on this phone: nothing more is sent. */
export class OtherAccount extends Error {}

/** The server refuses what is sent with this, with 409 `OTHER_ACCOUNT`, where somebody else is signed in. */
export const expecting = (account) => ({ 'X-Expected-Account': encodeURIComponent(account) });

export const lastPerson = () => kept(PERSON);

/** @throws Refused 401 where nobody is signed in, 0 where there is no line */
export async function whoIsSignedIn() {
  const person = await line.over((signal) => read('/v1/me', {}, { signal }), PATIENCE_MILLIS);
  localStorage.setItem(PERSON, JSON.stringify(person));
  return person;
}

export const forgetPerson = () => localStorage.removeItem(PERSON);

export function noteWaiting(account, count) {
  const all = kept(WAITING) ?? {};
  if (count) all[account] = count;
  else delete all[account];
  localStorage.setItem(WAITING, JSON.stringify(all));
}

/** `[[account, count], …]` of all accounts but this one */
export const waitingOfOthers = (account) => Object.entries(kept(WAITING) ?? {}).filter(([other]) => other !== account);
