/** `system`, `dark` (also the wall) or `light`; kept in this browser. The colours are in look/base.css. */
const KEPT = 'city-brain.theme';
const THEMES = ['system', 'dark', 'light'];

export const theme = () => (THEMES.includes(localStorage.getItem(KEPT)) ? localStorage.getItem(KEPT) : 'system');

export function turnTheme() {
  localStorage.setItem(KEPT, THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length]);
  wear();
  dispatchEvent(new Event('themed'));
}

const dark = matchMedia('(prefers-color-scheme: dark)');
dark.addEventListener('change', () => dispatchEvent(new Event('themed')));

export const isDark = () => theme() === 'dark' || (theme() === 'system' && dark.matches);

/** A colour of look/base.css by its name, for what draws on a canvas: `colour('level-I')`. */
export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function wear() {
  document.documentElement.dataset.theme = theme();
}

wear();
