/** Where in a JSON text the value of a JSON pointer stands, so that a mistake is shown at its place. */

const SPACE = /\s*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const OTHER = /[^\s,\]}]+/y;

const after = (pattern, text, at) => {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
};

const skipSpace = (text, at) => after(SPACE, text, at);

function skipValue(text, at) {
  if (text[at] === '"') return after(STRING, text, at);
  if (text[at] !== '{' && text[at] !== '[') return after(OTHER, text, at);
  for (let depth = 0; at < text.length; ) {
    if (text[at] === '"') {
      at = after(STRING, text, at);
      continue;
    }
    if ('{['.includes(text[at])) depth++;
    if ('}]'.includes(text[at]) && --depth === 0) return at + 1;
    at++;
  }
  return at;
}

/** Where the member or element begins; -1 where there is none. */
function step(text, at, name) {
  const isObject = text[at] === '{';
  if (!isObject && text[at] !== '[') return -1;
  at = skipSpace(text, at + 1);
  for (let i = 0; at < text.length && !'}]'.includes(text[at]); i++) {
    let key = String(i);
    if (isObject) {
      const end = after(STRING, text, at);
      key = JSON.parse(text.slice(at, end));
      at = skipSpace(text, skipSpace(text, end) + 1);
    }
    if (key === name) return at;
    at = skipSpace(text, skipValue(text, at));
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return -1;
}

/** @returns `{from, to, line}` of the value; where it is missing, of the nearest value around it. The text must be JSON. */
export function placeOf(text, pointer) {
  let from = skipSpace(text, 0);
  for (const part of pointer.split('/').slice(1)) {
    const next = step(text, from, part.replaceAll('~1', '/').replaceAll('~0', '~'));
    if (next < 0) break;
    from = next;
  }
  return { from, to: skipValue(text, from), line: text.slice(0, from).split('\n').length };
}
