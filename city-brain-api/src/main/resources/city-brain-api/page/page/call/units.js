/** Units by name or code, from grid-service's `/v1/units`: districts and streets of the whole city, and what lies below the person's own unit. */
import { query, read } from '../lib/api.js';
import { word } from '../lib/words.js';

const BELOW = { DISTRICT: ['COMMUNITY'], STREET: ['COMMUNITY', 'GRID'], COMMUNITY: ['GRID'], GRID: ['GRID'] };
const MOST = 12;

let known;

async function all(parameters) {
  const units = [];
  for (let cursor; ; ) {
    const page = await read('/v1/units' + query({ ...parameters, limit: 1000, cursor }));
    units.push(...page.items);
    cursor = page.nextCursor;
    if (!cursor) return units;
  }
}

async function knownUnits(person) {
  known ??= Promise.all([
    all({ tier: 'DISTRICT' }),
    all({ tier: 'STREET' }),
    ...(BELOW[person.unit?.tier] ?? []).map((tier) => all({ tier, parent: person.unit.code })),
  ]).then((lists) => lists.flat(), (refused) => {
    known = undefined;
    throw refused;
  });
  return known;
}

const asChoice = (unit, above) => ({
  value: unit.code,
  text: unit.name,
  note: [word(`desk.tier.${unit.tier}`), above, unit.code].filter(Boolean).join(' · '),
  unit,
});

/** The choices for what somebody typed; those of the own unit first. */
export async function findUnits(text, person) {
  if (!text) return [];
  const units = await knownUnits(person);
  if (/^\d+$/.test(text)) {
    const begun = units.filter((unit) => unit.code.startsWith(text)).slice(0, MOST);
    if (begun.length || ![2, 6, 9, 12, 15, 17].includes(text.length)) return begun.map((unit) => asChoice(unit));
    return [asChoice(await read(`/v1/units/${text}`))];
  }
  const names = new Map(units.map((unit) => [unit.code, unit.name]));
  const own = person.unit?.code ?? '';
  const rank = (unit) => (unit.code.startsWith(own) ? 0 : 4) + (unit.name.startsWith(text) ? 0 : 2) + (unit.code.length > 9 ? 1 : 0);
  return units
    .filter((unit) => unit.name.includes(text))
    .sort((a, b) => rank(a) - rank(b) || a.code.length - b.code.length)
    .slice(0, MOST)
    .map((unit) => asChoice(unit, names.get(unit.parentCode)));
}

/** What lies directly below a unit, to say the place more precisely. */
export async function findBelow(text, unit) {
  const children = await below(unit.code);
  return children.filter((child) => !text || child.name.includes(text) || child.code.startsWith(text)).map((child) => asChoice(child));
}

const childrenOf = new Map();

function below(code) {
  if (!childrenOf.has(code)) {
    const children = read(`/v1/units/${code}/children?limit=1000`).then((page) => page.items);
    children.catch(() => childrenOf.delete(code));
    childrenOf.set(code, children);
  }
  return childrenOf.get(code);
}
