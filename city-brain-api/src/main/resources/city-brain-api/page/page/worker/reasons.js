/** Why it has its level or scope, in words: the axes that decided, and what a person said. */
import { number, word } from '../lib/words.js';

const WEIGHT = ['I', 'II', 'III', 'IV'];
const units = { AREA: { maximumFractionDigits: 2 }, LOSS: { maximumFractionDigits: 1 } };

export function reasons({ level, scope, axes = [], corroborated, regraded }) {
  const said = regraded ? [word('worker.reason.REGRADED', { level: level ?? scope, reason: regraded.reason ?? '' })] : [];
  const deciding = axes.filter((axis) => (level ? axis.level === level : axis.scope === scope) || axis.threshold);
  deciding.sort((one, other) => WEIGHT.indexOf(one.level) - WEIGHT.indexOf(other.level));
  for (const axis of deciding) {
    const values = { value: number(axis.value, units[axis.axis]), bound: number(axis.threshold), level: axis.level ?? axis.scope, basis: word(`worker.basis.${axis.basis}`) };
    if (axis.threshold) said.push(word(`worker.reason.${axis.axis}`, values));
    else if (axis.axis === 'KEY_PLACE' || axis.axis === 'CORROBORATION' || axis.axis === 'SCOPE') said.push(word(`worker.reason.${axis.axis}`, values));
  }
  if (!said.length) said.push(word('worker.reason.DEFAULT_LEVEL', { level: level ?? scope }));
  if (!corroborated) said.push(word('worker.reason.uncorroborated'));
  return said;
}
