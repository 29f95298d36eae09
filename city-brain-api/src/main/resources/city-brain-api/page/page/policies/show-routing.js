/** The routing rules (派遣规则): for each level and scope who commands, which tier gets which task, and how soon. */
import { html, nothing } from '../lib/element.js';
import { word } from '../lib/words.js';
import { minutes as lasting } from '../numbers/minutes.js';

const LEVELS = ['I', 'II', 'III', 'IV', 'R3', 'R2', 'R1'];
const TIERS = ['CITY', 'DISTRICT', 'STREET', 'COMMUNITY', 'GRID'];

/** What holds where the document says nothing, as the schema tells. */
const DEFAULTS = { closeAfterVerifiedMinutes: 1440, verifyWithinMinutes: 1440 };
const WHISTLE = { absentAfterMinutes: 1440, surroundingsMeters: 500 };

/** Minutes to change; as a person would say it to read. */
const time = (cells, pointer, value, label) =>
  (cells.isForm ? cells.number(pointer, value, label, { step: 1 }) : lasting(value === undefined ? null : value * 60));

export function showRouting(document, cells) {
  const whistle = document.whistle ?? {};
  return html`
    <div class="scroll high" tabindex="0"><table>
      <caption>${word('policies.routing.caption')}</caption>
      <thead><tr><th scope="col">${word('policies.column.level')}</th><th scope="col">${word('policies.routing.commands')}</th>
        ${TIERS.map((tier) => html`<th scope="col">${word(`desk.tier.${tier}`)}</th>`)}
        <th scope="col">${word('policies.routing.resolve')}</th><th scope="col">${word('policies.routing.departments')}</th><th scope="col">${word('policies.column.source')}</th></tr></thead>
      <tbody>${LEVELS.map((level) => row(level, document.rules[level], cells))}</tbody></table></div>
    <table class="narrow"><tbody>
      <tr><th scope="row">${word('policies.routing.sliver')}</th><td>${cells.number('/sliverShare', document.sliverShare, word('policies.routing.sliver'))}</td></tr>
      ${Object.entries(DEFAULTS).map(([name, value]) => html`
        <tr><th scope="row">${word(`policies.routing.${name}`)}</th><td>${time(cells, `/${name}`, document[name] ?? (cells.isForm ? undefined : value), word(`policies.routing.${name}`))}
          ${document[name] === undefined ? absent(lasting(value * 60)) : nothing}</td></tr>`)}
      <tr><th scope="row">${word('policies.routing.absentAfterMinutes')}</th>
        <td>${time(cells, '/whistle/absentAfterMinutes', whistle.absentAfterMinutes ?? (cells.isForm ? undefined : WHISTLE.absentAfterMinutes), word('policies.routing.absentAfterMinutes'))}
          ${whistle.absentAfterMinutes === undefined ? absent(lasting(WHISTLE.absentAfterMinutes * 60)) : nothing}</td></tr>
      <tr><th scope="row">${word('policies.routing.surroundingsMeters')}</th>
        <td>${cells.number('/whistle/surroundingsMeters', whistle.surroundingsMeters ?? (cells.isForm ? undefined : WHISTLE.surroundingsMeters), word('policies.routing.surroundingsMeters'), { unit: 'm', step: 1 })}
          ${whistle.surroundingsMeters === undefined ? absent(`${WHISTLE.surroundingsMeters} m`) : nothing}</td></tr>
    </tbody></table>`;
}

const absent = (value) => html`<span class="default" title=${word('policies.default.means')}>${word('policies.absent', { value })}</span>`;

function row(level, rule, cells) {
  if (!rule) return nothing;
  const { commandingTier, tasks, resolveMinutes, counts, situationReportMinutes, departments, source } = rule;
  const at = `/rules/${level}`;
  return html`
    <tr><th scope="row"><span class="level ${level.startsWith('R') ? 'everyday' : `level-${level}`}">${level}</span></th><td>${word(`desk.tier.${commandingTier}`)}</td>
      ${TIERS.map((tier) => {
        const i = tasks.findIndex((task) => task.tier === tier);
        const task = tasks[i];
        if (!task) return html`<td class="soft">–</td>`;
        return html`<td class="role-${task.role}">${word(`desk.role.${task.role}`)}${task.digest ? ` · ${word('policies.routing.digest')}` : ''}
          ${task.acknowledgeMinutes === undefined && !cells.isForm ? nothing : task.role === 'NOTIFY' ? nothing : html`<div>${time(cells, `${at}/tasks/${i}/acknowledgeMinutes`, task.acknowledgeMinutes, `${level} ${word(`desk.tier.${tier}`)}`)}</div>`}</td>`;
      })}
      <td>${time(cells, `${at}/resolveMinutes`, resolveMinutes, `${level} ${word('policies.routing.resolve')}`)}
        ${counts === 'WORKING' ? html`<div class="soft">${word('policies.routing.working')}</div>` : nothing}
        ${situationReportMinutes || ['I', 'II'].includes(level) ? html`<div class="soft">${word('policies.routing.situation', { minutes: situationReportMinutes ?? 120 })}</div>` : nothing}</td>
      <td>${departments ? departments.map((tier) => word(`desk.tier.${tier}`)).join(', ') || '–' : html`<span class="default" title=${word('policies.default.means')}>${word('policies.default')}</span>`}</td>
      <td>${cells.source(`${at}/source`, source)}</td></tr>`;
}
