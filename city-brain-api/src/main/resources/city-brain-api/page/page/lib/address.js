/**
 * What the screen shows is in its address, so that it can be reloaded, bookmarked and sent to a colleague: `view`, `unit`, `level`,
 * `type`, `q`, `incident`, `at` (the map's `longitude,latitude,zoom`), `heat`, `layers`, `base`. Components read it and listen for changes.
 */
const listeners = new Set();

const LISTS = ['level', 'scope', 'type', 'status', 'layers'];

/** The address as an object; names that hold lists are always lists. */
export function shown() {
  const search = new URLSearchParams(location.search);
  const state = { view: 'map' };
  for (const [name, value] of search) state[name] = value;
  for (const name of LISTS) state[name] = search.get(name)?.split(',').filter(Boolean) ?? [];
  return state;
}

/** Changes some names; null, '' or [] takes one away. `replace` leaves no step for the back button (moving the map). */
export function show(changes, { replace = false } = {}) {
  const search = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    const text = Array.isArray(value) ? value.join(',') : value;
    if (text === null || text === undefined || text === '' || (name === 'view' && text === 'map')) search.delete(name);
    else search.set(name, text);
  }
  const text = search.toString().replaceAll('%2C', ',');
  const next = location.pathname + (text ? `?${text}` : '');
  if (next === location.pathname + location.search) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', next);
  tell();
}

/** @returns how to stop listening */
export function onShown(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell() {
  const state = shown();
  for (const listener of [...listeners]) listener(state);
}

addEventListener('popstate', tell);
