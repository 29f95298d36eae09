/** What this person does not want to hear any more: single alarms, or all for a quarter of an hour. Kept in this browser. */
const KEPT = 'city-brain.silenced';
const UNTIL = 'city-brain.silent-until';
const SOUND = 'city-brain.sound';
export const QUIET_MILLIS = 15 * 60_000;
const FORGOTTEN_MILLIS = 24 * 3600_000;

const read = () => {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch (broken) {
    return {};
  }
};

let silenced = read();

export const isSilenced = (key) => key in silenced;

export function silence(keys) {
  const at = Date.now();
  silenced = Object.fromEntries(Object.entries(read()).filter(([, since]) => at - since < FORGOTTEN_MILLIS));
  for (const key of keys) silenced[key] = at;
  localStorage.setItem(KEPT, JSON.stringify(silenced));
}

/** Until when all is silent; 0 where it is not. */
export function silentUntil() {
  const until = Number(localStorage.getItem(UNTIL) ?? 0);
  return until > Date.now() ? until : 0;
}

export const keepSilent = (isSilent) => localStorage.setItem(UNTIL, isSilent ? String(Date.now() + QUIET_MILLIS) : '0');

export const wantsSound = () => localStorage.getItem(SOUND) !== 'no';
export const wantSound = (isWanted) => localStorage.setItem(SOUND, isWanted ? 'yes' : 'no');
