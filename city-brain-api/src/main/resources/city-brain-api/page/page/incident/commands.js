/**
 * What can be commanded, as docs/commands.md and docs/check-in.md have it: the fields of each command's dialog, which of them the server
 * wants (`!`), and where it stands in the menu. What a person may send now the server says (`allowed`); this only leaves out what it is
 * certain to refuse.
 */
export const GROUPS = [
  { name: 'progress', commands: ['contain', 'resolve', 'verify', 'close', 'reopen'] },
  { name: 'judgement', commands: ['confirm', 'regrade', 'mark-false', 'merge', 'split'] },
  { name: 'forces', commands: ['mobilise', 'whistle', 'grant-support', 'request-support', 'delegate', 'escalate', 'supervise', 'report-upward'] },
  { name: 'words', commands: ['situation-reports', 'notes', 'feedback'] },
];

/** A name with `!` has to be filled in. */
export const FIELDS = {
  incidents: {
    confirm: ['reason!', 'missedBy'],
    regrade: ['grade!', 'reason!'],
    'mark-false': ['reason!'],
    merge: ['into!', 'reason!'],
    split: ['reports!', 'reason!'],
    escalate: ['reason!'],
    'request-support': ['what!', 'handlers'],
    'grant-support': ['request!', 'handlers!', 'reason'],
    mobilise: ['handlers!', 'reason!'],
    contain: ['reason'],
    resolve: ['reason', 'force'],
    verify: ['reason'],
    close: ['reason'],
    reopen: ['reason!'],
    supervise: ['unit', 'reason!'],
    notes: ['text!'],
    'situation-reports': ['text!', 'figures', 'next'],
    'report-upward': ['text!'],
    whistle: ['departments!', 'reason!', 'checkInWithinMinutes'],
    feedback: ['solved!', 'text!', 'satisfaction', 'onBehalfOf'],
  },
  tasks: {
    acknowledge: ['reason'],
    start: ['reason'],
    arrive: ['location!'],
    'report-back': ['text!'],
    complete: ['reason'],
    return: ['reason!'],
  },
  delegations: {
    delegate: ['grid!', 'reason!', 'budgetYuan!', 'manual!'],
    approve: ['reason!'],
    refuse: ['reason!'],
  },
  'check-ins': {
    'check-in': ['location!'],
    serve: ['text!'],
    rate: ['rating!', 'reason!'],
  },
};

/** What ends or gives away something looks like it. */
export const DANGEROUS = new Set(['mark-false', 'merge', 'return']);

export const fieldsOf = (on, name) =>
  (FIELDS[on][name] ?? []).map((field) => ({ name: field.replace('!', ''), isRequired: field.endsWith('!') }));

/** One press sends it: nothing has to be filled in. */
export const isDirect = (on, name) => fieldsOf(on, name).every((field) => !field.isRequired);

/** What the server says is allowed, but for what it is certain to refuse this person. */
export function offered(reading, person) {
  const { incident, lines } = reading;
  const own = person.unit?.code ?? '';
  const tier = person.unit?.tier;
  // What a unit asks for a unit above it grants; what the city asks for, the city.
  const mayGrant = (unit = '') => unit.startsWith(own) && (unit !== own || tier === 'CITY');
  return incident.allowed.filter((name) => {
    if (name === 'whistle') return tier === 'GRID' || tier === 'STREET';
    if (name === 'grant-support') return lines.some((line) => line.kind === 'SUPPORT_REQUESTED' && mayGrant(line.detail.unit));
    if (name === 'report-upward' || name === 'escalate') return incident.commandingUnit.tier !== 'CITY';
    if ((name === 'mark-false' || name === 'close') && ['I', 'II'].includes(incident.grade.level)) return tier === 'CITY';
    if (name === 'merge') return incident.status !== 'MERGED';
    if (name === 'split') return incident.reportCount > 1;
    return true;
  });
}
