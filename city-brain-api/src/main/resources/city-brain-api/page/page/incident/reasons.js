/** Why an incident has its level: in one sentence, and as the table of its axes. From `grade` of `GET /v1/incidents/{id}`. */
import { html, nothing } from '../lib/element.js';
import { dateTime, short } from '../lib/time.js';
import { number, word, wordOr } from '../lib/words.js';
import { sayActor } from './actors.js';

const AXES_OF_A_VALUE = new Set(['PEOPLE', 'AREA', 'DEATHS', 'SERIOUS_INJURIES', 'LOSS']);

const axisName = (axis) => wordOr(`axis.${axis.axis}`, axis.axis);
const unitWord = (unit) => wordOr(`axis-unit.${unit}`, unit);
const amount = (value, unit) => word('reason.amount', { value: number(value, { maximumFractionDigits: 4 }), unit: unitWord(unit) });
export const gradeWord = ({ level, scope }) => (level ? word(`level-short.${level}`) : scope ? word(`scope.${scope}`) : '–');

/** The axis that the level comes from: the one with a bound that was crossed, else the first of that level. */
function deciding(grade) {
  const values = grade.axes.filter((axis) => AXES_OF_A_VALUE.has(axis.axis));
  const severest = (axes) => [...axes].sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level) || (b.threshold ? 1 : 0) - (a.threshold ? 1 : 0))[0];
  return severest(values.filter((axis) => axis.threshold !== null && axis.level)) ?? severest(values.filter((axis) => axis.level && axis.basis !== 'DEFAULT'))
    ?? grade.axes.find((axis) => axis.axis === 'DEFAULT_LEVEL') ?? severest(values.filter((axis) => axis.level));
}

const ORDER = ['I', 'II', 'III', 'IV'];

function sayBasis(axis, incident) {
  if (axis.basis === 'ESTIMATED') {
    return word('reason.estimated', { area: number(incident.areaSquareKilometers, { maximumFractionDigits: 3 }), grids: number(incident.shares.length) });
  }
  return word(`reason.${axis.basis}`);
}

/** '640 people at risk ≥ 500 → level II, as reported' */
export function sayGrade(incident) {
  const { grade } = incident;
  if (grade.regraded) {
    return word('reason.regraded', {
      level: gradeWord(grade),
      ruled: gradeWord({ level: grade.regraded.ruledLevel, scope: grade.regraded.ruledScope }),
      who: sayActor(grade.regraded.by),
      at: short(grade.regraded.at),
      reason: grade.regraded.reason,
    });
  }
  const parts = [];
  if (!grade.level) {
    const scope = grade.axes.findLast((axis) => axis.axis === 'SCOPE');
    return scope?.threshold
      ? word('reason.scope-wide', { count: amount(scope.value, scope.unit), scope: gradeWord(grade) })
      : word('reason.scope', { scope: gradeWord(grade) });
  }
  const axis = deciding(grade);
  if (!axis) parts.push(word('reason.plain', { level: gradeWord(grade) }));
  else if (axis.axis === 'DEFAULT_LEVEL') parts.push(word('reason.default-level', { level: gradeWord(axis) }));
  else if (axis.threshold !== null) {
    parts.push(word('reason.crossed', { axis: axisName(axis), value: amount(axis.value, axis.unit), threshold: number(axis.threshold), level: gradeWord(axis), basis: sayBasis(axis, incident) }));
  } else parts.push(word('reason.below', { axis: axisName(axis), value: amount(axis.value, axis.unit), level: gradeWord(axis), basis: sayBasis(axis, incident) }));
  const place = grade.axes.find((each) => each.axis === 'KEY_PLACE');
  if (place) parts.push(word('reason.key-place', { count: number(place.value), level: gradeWord(place) }));
  const cap = grade.axes.find((each) => each.axis === 'CORROBORATION');
  if (cap) parts.push(word('reason.uncorroborated', { level: gradeWord(cap) }));
  return parts.join(word('reason.and'));
}

/** The axes as a table, and by which versions it was decided. */
export const reasons = (incident) => {
  const { grade } = incident;
  const policy = (kind, version) => html`<a href=${`/?view=policies&kind=${kind}&version=${version}`}>${word(`actor.${kind}`)} ${word('reason.version', { version })}</a>`;
  return html`
    <section class="part" id="part-grade" aria-labelledby="grade-title">
      <h3 id="grade-title">${word('incident.grade')}</h3>
      <p>${sayGrade(incident)}</p>
      ${grade.needsPerson ? html`<p class="warned">${word('incident.needs-person')}</p>` : nothing}
      <div class="wide"><table>
        <thead><tr><th>${word('reason.axis')}</th><th class="right">${word('reason.value')}</th><th class="right">${word('reason.threshold')}</th>
          <th>${word('reason.level')}</th><th>${word('reason.basis')}</th><th>${word('reason.source')}</th></tr></thead>
        <tbody>${grade.axes.map((axis) => html`
          <tr><th scope="row">${axisName(axis)}</th>
            <td class="number">${amount(axis.value, axis.unit)}</td>
            <td class="number">${axis.threshold === null ? '–' : html`≥ ${number(axis.threshold)}`}</td>
            <td>${axis.level ? html`<span class="level level-${axis.level}">${axis.level}</span>` : axis.scope ?? '–'}</td>
            <td>${sayBasis(axis, incident)}</td>
            <td class="soft">${wordOr(`source.${axis.source}`, axis.source)}</td></tr>`)}
        </tbody></table></div>
      <p class="soft row">${policy('grading', grade.policyVersion)} · ${policy('item-catalogue', grade.catalogueVersion)} · ${word('reason.map', { version: grade.mapVersion })}</p>
      ${grade.regraded ? html`<p class="soft">${word('reason.regraded-at', { at: dateTime(grade.regraded.at) })}</p>` : nothing}
    </section>`;
};
