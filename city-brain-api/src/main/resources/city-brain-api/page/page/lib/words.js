/** The words of the page: one dictionary for each language, `/page/words/zh-CN.json` and `/page/words/en.json`, with the same keys. */

const KEPT = 'city-brain.language';
export const LANGUAGES = ['zh-CN', 'en'];

const preferred = () => {
  const kept = localStorage.getItem(KEPT);
  if (LANGUAGES.includes(kept)) return kept;
  return navigator.languages.some((language) => language.toLowerCase().startsWith('zh')) ? 'zh-CN' : 'en';
};

let words = {};
let chosen = preferred();

export const language = () => chosen;

/** Before the first word is shown. */
export async function loadWords(next = chosen) {
  const answer = await fetch(`/page/words/${next}.json`);
  if (!answer.ok) throw new Error(`no words of ${next}: ${answer.status}`);
  words = await answer.json();
  chosen = next;
  document.documentElement.lang = next;
}

/** Every component draws itself anew: see `Translated` in element.js. */
export async function speak(next) {
  await loadWords(next);
  localStorage.setItem(KEPT, next);
  dispatchEvent(new Event('spoken'));
}

/** `word('list.people', {count: 640})`; what stands in braces in the dictionary is filled in. An unknown key shows itself. */
export function word(key, values = {}) {
  const text = words[key];
  if (text === undefined) {
    console.error(`no word for ${key} in ${chosen}`);
    return key;
  }
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** For codes that others may add to: the code itself where there is no word yet. */
export const wordOr = (key, otherwise) => words[key] ?? otherwise;

/** `{"zh-CN": "内涝积水", "en": "Waterlogging"}` in the chosen language. */
export const named = (names, otherwise = '') => names?.[chosen] ?? names?.['zh-CN'] ?? names?.en ?? otherwise;

export const number = (value, options) => (value === null || value === undefined ? '–' : new Intl.NumberFormat(chosen, options).format(value));
export const percent = (share) => number(share, { style: 'percent', maximumFractionDigits: 1 });
