/** One line of a timeline in words: what happened, which way along the chain it went, who or which rule, and the details that matter. */
import { html, nothing } from '../lib/element.js';
import { show } from '../lib/address.js';
import { dateTime, short } from '../lib/time.js';
import { unitName } from '../lib/unit-names.js';
import { number, word, wordOr } from '../lib/words.js';
import { sayActor } from './actors.js';
import { shownEvidence } from './evidence.js';
import { gradeWord } from './reasons.js';

/** Orders and requests go up or down the chain; what is not named here goes neither way. */
const UP = new Set(['ESCALATED', 'REPORTED_UPWARD', 'SUPPORT_REQUESTED', 'REPORTED_BACK', 'ARRIVED', 'ACKNOWLEDGED', 'STARTED', 'COMPLETED', 'SITUATION_REPORTED', 'WHISTLED', 'CHECKED_IN', 'SERVED', 'DELEGATION_REQUESTED', 'UNREACHABLE', 'FEEDBACK']);
const DOWN = new Set(['DISPATCHED', 'SUPERVISED', 'SUPPORT_GRANTED', 'MOBILISED', 'REOPENED', 'DELEGATION_APPROVED', 'DELEGATION_REFUSED', 'NOTIFIED', 'RATED']);
const ALARMING = new Set(['DEADLINE_MISSED', 'UNREACHABLE', 'ABSENT', 'SUPERVISED', 'ESCALATED', 'REOPENED']);

const MOST_NAMED = 4;

const units = (codes) => {
  const list = [codes].flat().filter(Boolean);
  const named = list.slice(0, MOST_NAMED).map(unitName).join('、');
  return list.length > MOST_NAMED ? word('line.and-more', { some: named, count: number(list.length) }) : named;
};

const handler = (task) => task.department?.name ?? (typeof task.department === 'string' ? task.department : unitName(task.unitCode));

const handlers = (tasks = []) => {
  const named = tasks.slice(0, MOST_NAMED).map(handler).join('、');
  return tasks.length > MOST_NAMED ? word('line.and-more', { some: named, count: number(tasks.length) }) : named;
};

const quote = (text) => (text ? html`<q>${text}</q>` : nothing);
const incident = (id, shown) => (id ? html`<button type="button" class="plain link" @click=${() => show({ incident: id })}>${shown ?? word('line.incident')}</button>` : nothing);
const summons = (detail) => (detail.checkIns ?? []).map((each) => each.department?.name ?? each.department).join('、');
const why = (text) => (text ? html`<span class="soft">${wordOr(`why.${text}`, text)}</span>` : nothing);

/** What a kind tells beside its name. Unknown kinds tell their reason or text. */
const TELL = {
  OPENED: (d) => (d.splitFrom
    ? html`${word('line.split-from')} ${incident(d.splitFrom, d.splitFromNumber)} ${quote(d.reason)}`
    : word('line.reported-by', { kind: wordOr(`source-kind.${d.sourceKind}`, d.sourceKind), id: d.sourceId ?? '' })),
  MERGED: (d, line) => (line.all.length > 1
    ? word('line.reports-added', { count: number(line.all.length), total: number(line.reportCount) })
    : word('line.reported-by', { kind: wordOr(`source-kind.${d.sourceKind}`, d.sourceKind), id: d.sourceId ?? '' })),
  GRADED: (d, line) => html`<b>${gradeWord(line)}</b> ${word('line.people-area', { people: number(line.peopleAffected), area: number(line.areaSquareKilometers, { maximumFractionDigits: 3 }) })}`,
  DISPATCHED: (d) => html`${word('line.tasks-of', { who: handlers(d.tasks) })}${d.offList ? html` <span class="flag amber">${word('line.off-list')}</span>` : nothing}`,
  CONFIRMED: (d) => quote(d.reason),
  REGRADED: (d, line) => html`<b>${d.from ? `${gradeWord(asGrade(d.from))} → ` : ''}${gradeWord(line)}</b> ${quote(d.reason)}`,
  MERGED_INTO: (d) => html`${incident(d.mergedInto, d.mergedIntoNumber)} ${quote(d.reason)}`,
  TOOK_IN: (d) => html`${incident(d.incident, d.number)} ${word('line.reports', { count: number(d.reports) })} ${quote(d.reason)}`,
  SPLIT: (d) => html`${incident(d.splitOff)} ${word('line.reports', { count: number(d.reports?.length ?? 0) })} ${quote(d.reason)}`,
  RETURNED: (d) => html`${handlers(d.tasks)}${d.to ? html` → ${units(d.to)}` : nothing} ${quote(d.reason)}`,
  ESCALATED: (d, line) => html`${climbs(line.all)} ${why(d.why ?? d.reason)}`,
  SUPERVISED: (d) => html`<b>${units(d.from)}</b> ${why(d.why ?? d.reason)}`,
  ACKNOWLEDGED: (d) => html`${handlers(d.tasks)} ${quote(d.reason)}`,
  ARRIVED: (d) => html`${handlers(d.tasks)} ${d.distanceMeters === undefined ? nothing : html`<span class=${d.outside ? 'flag amber' : 'soft'}>${word(d.outside ? 'check-in.outside' : 'check-in.metres', { metres: number(Math.round(d.distanceMeters)) })}</span>`}`,
  REPORTED_BACK: (d) => html`${handlers(d.tasks)} ${quote(d.text)}${evidence(d)}`,
  RESOLVED: (d) => html`${d.force ? html`<span class="flag amber">${word('line.forced')}</span>` : nothing} ${quote(d.reason)}`,
  COMPLETED: (d) => html`${handlers(d.tasks)} ${quote(d.reason)}`,
  REOPENED: (d) => quote(d.reason),
  NOTED: (d) => quote(d.text),
  SITUATION_REPORTED: (d) => html`${quote(d.text)} ${d.peopleAffected === undefined ? nothing : html`<span class="soft">${word('common.people', { count: number(d.peopleAffected) })}</span>`}
    ${d.casualties ? html`<span class="soft">${word('line.casualties', { deaths: number(d.casualties.deaths ?? 0), injured: number(d.casualties.seriousInjuries ?? 0) })}</span>` : nothing}
    ${d.next ? html`<span class="soft">${word('line.next', { at: short(d.next) })}</span>` : nothing}`,
  REPORTED_UPWARD: (d) => html`→ <b>${units(d.to)}</b> ${quote(d.text)}`,
  SUPPORT_REQUESTED: (d) => html`${units(d.unit)} ${quote(d.what)} ${wanted(d)}`,
  SUPPORT_GRANTED: (d) => html`${handlers(d.tasks)} ${quote(d.reason)}`,
  MOBILISED: (d) => html`${handlers(d.tasks)} ${quote(d.reason)}`,
  WHISTLED: (d) => html`→ <b>${summons(d)}</b> ${d.checkIns?.[0]?.dueAt ? word('check-in.due', { at: short(d.checkIns[0].dueAt) }) : ''} ${quote(d.reason)}`,
  CHECKED_IN: (d) => html`<b>${summons(d)}</b> ${(d.checkIns ?? []).map((each) => html`
    ${each.late ? html`<span class="flag red">${word('check-in.late')}</span>` : nothing}
    ${each.metersAway === undefined ? nothing : html`<span class=${each.outsideSurroundings ? 'flag amber' : 'soft'}>${word(each.outsideSurroundings ? 'check-in.outside' : 'check-in.metres', { metres: number(each.metersAway) })}</span>`}`)}`,
  SERVED: (d) => html`<b>${summons(d)}</b> ${quote(d.reason ?? d.text)}${evidence(d)}`,
  RATED: (d) => html`<b>${summons(d)}</b> ${(d.checkIns ?? []).map((each) => (each.rating ? word(`rating.${each.rating}`) : ''))} ${quote(d.reason)}`,
  ABSENT: (d) => html`<b>${summons(d)}</b>`,
  RELEASED: (d) => html`<b>${summons(d)}</b>`,
  FEEDBACK: (d) => html`<b>${word(d.solved ? 'feedback.solved' : 'feedback.not-solved')}</b> ${quote(d.text ?? d.reason)}`,
  DEADLINE_NEAR: (d) => due(d),
  DEADLINE_MISSED: (d) => due(d),
  NOTIFIED: (d, line) => html`${line.all.length > 1 ? word('line.told', { count: number(line.all.length) }) : sayActor(line.actor)} ${wordOr(`notice.${d.event}`, d.event ?? '')}`,
  UNREACHABLE: (d) => html`<b>${units(d.unit)}</b> ${why(d.why)}`,
};

/** Who has it as well from then on, each once, and by whom it came. */
function climbs(lines) {
  const from = Map.groupBy(lines, (line) => line.detail.to);
  return [...from].map(([to, ofIt]) => html`<span class=${from.size > 1 ? 'climbed' : ''}>${units(ofIt.flatMap((line) => line.detail.from))} → <b>${units(to)}</b></span>`);
}

const due = (d) => html`<b>${word(`deadline.${d.deadline}`)}</b> ${d.of?.length ? handlers(d.of) : ''} <span class="soft">${word('line.was-due', { at: short(d.dueAt) })}</span>`;
const evidence = (d) => shownEvidence(d.evidence ?? d.checkIns?.flatMap((each) => each.evidence ?? []));
const wanted = (d) => {
  const named = [...(d.units ?? []).map(unitName), ...(d.departments ?? [])].join('、');
  return named ? html`<span class="soft">${named}</span>` : nothing;
};

function asGrade(from) {
  if (typeof from === 'object') return from;
  return String(from).startsWith('R') ? { scope: from } : { level: from };
}

const direction = (kind) => (UP.has(kind) ? 'up' : DOWN.has(kind) ? 'down' : 'level');
const ARROWS = { up: '↑', down: '↓', level: '·' };

export function line(entry) {
  const { kind, detail = {} } = entry;
  const way = direction(kind);
  const tell = TELL[kind] ?? ((d) => quote(d.reason ?? d.text));
  return html`
    <li class="entry way-${way} ${ALARMING.has(kind) ? 'alarming' : ''}" data-test="timeline-line" data-kind=${kind}>
      <time class="number soft" datetime=${entry.recordedAt} title=${dateTime(entry.recordedAt)}>${short(entry.recordedAt)}</time>
      <span class="arrow" title=${word(`line.way.${way}`)} aria-label=${word(`line.way.${way}`)} role="img">${ARROWS[way]}</span>
      <span class="told"><b>${wordOr(`kind.${kind}`, kind)}</b> ${tell(detail, entry)} <span class="by soft">${sayActor(entry.actor)}</span></span>
    </li>`;
}
