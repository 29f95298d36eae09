/** Who or which rule wrote a line, in words: `rule:grading@1`, `person:district-operator`. */
import { word, wordOr } from '../lib/words.js';

export function sayActor(actor = '') {
  const [kind, rest = ''] = actor.split(/:(.*)/s);
  if (kind === 'rule') {
    const [rule, version] = rest.split('@');
    const name = wordOr(`actor.${rule}`, rule);
    return version ? word('actor.rule-at', { name, version }) : word('actor.rule', { name });
  }
  return kind === 'person' || kind === 'service' ? rest : actor;
}

export const isRule = (actor = '') => actor.startsWith('rule:');

/** The account of a person; empty for rules. */
export const account = (actor = '') => (actor.startsWith('person:') ? actor.slice('person:'.length) : '');
