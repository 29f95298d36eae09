/** The fields of the commands' dialogs, and the body that they become. Each knows its own labels and what it needs of the incident. */
import { newKey } from '../lib/api.js';
import { html, nothing } from '../lib/element.js';
import { unitName } from '../lib/unit-names.js';
import { clock, short } from '../lib/time.js';
import { number, word, wordOr } from '../lib/words.js';
import './pick-handlers.js';
import './pick-incident.js';

const LONGEST = 1000;
const LEVELS = ['I', 'II', 'III', 'IV'];
const SCOPES = ['R1', 'R2', 'R3'];
const DATUMS = ['WGS84', 'CGCS2000', 'GCJ02', 'BD09'];

const label = (name, isRequired) => html`${word(`field.${name}`)}${isRequired ? html`<span class="wanted" aria-hidden="true"> *</span>` : html` <span class="soft">${word('field.optional')}</span>`}`;

const sentence = (name) => ({ values, set, isRequired, order }) => html`
  <label>${label(name, isRequired)}
    <textarea name=${name} data-test="field-${name}" maxlength=${LONGEST} ?required=${isRequired} .value=${values[name] ?? ''}
      placeholder=${wordOr(`hint.${order.name}`, '')} @input=${(event) => set(name, event.target.value)}></textarea></label>`;

const radios = (name, options, say, look = '') => ({ values, set, isRequired }) => html`
  <fieldset class="options ${look}"><legend>${label(name, isRequired)}</legend>
    ${options.map((option) => html`
      <label class="choice"><input type="radio" name=${name} data-test="field-${name}-${option}" ?required=${isRequired} .checked=${values[name] === option} @change=${() => set(name, option)}> ${say(option)}</label>`)}
  </fieldset>`;

const whole = (name, most) => ({ values, set, isRequired }) => html`
  <label>${label(name, isRequired)}<input type="number" name=${name} data-test="field-${name}" min="0" max=${most ?? nothing} step="1" inputmode="numeric" .value=${values[name] ?? ''} @input=${(event) => set(name, event.target.value)}></label>`;

const DRAWN = {
  reason: sentence('reason'),
  text: sentence('text'),
  what: sentence('what'),
  missedBy: ({ values, set }) => html`
    <label>${label('missedBy', false)}<input type="text" name="missedBy" .value=${values.missedBy ?? ''} @input=${(event) => set('missedBy', event.target.value)}></label>`,
  grade: (field) => (field.reading.incident.grade.level
    ? radios('grade', LEVELS, (level) => html`<span class="level level-${level}">${level}</span> ${word(`level.${level}`)}`)(field)
    : radios('grade', SCOPES, (scope) => word(`scope.${scope}`))(field)),
  into: ({ reading, live, person, values, set }) => html`<city-pick-incident .incident=${reading.incident} .live=${live} .person=${person} .value=${values.into} @picked=${(event) => set('into', event.detail)}></city-pick-incident>`,
  reports: ({ reading, values, set }) => {
    const chosen = new Set(values.reports);
    const reports = reading.lines.filter((line) => line.reportId && ['OPENED', 'MERGED'].includes(line.kind));
    return html`
      <fieldset class="options tall"><legend>${label('reports', true)}</legend>${reports.map((line) => html`
        <label class="choice"><input type="checkbox" .checked=${chosen.has(line.reportId)} @change=${(event) => {
          if (event.target.checked) chosen.add(line.reportId);
          else chosen.delete(line.reportId);
          set('reports', [...chosen]);
        }}> ${clock(new Date(line.recordedAt))} ${wordOr(`source-kind.${line.detail.sourceKind}`, line.detail.sourceKind ?? '')} ${line.detail.sourceId ?? ''} <span class="soft">${unitName(line.detail.gridCode)}</span></label>`)}
      </fieldset>`;
  },
  request: ({ reading, values, set }) => {
    const granted = new Set(reading.lines.filter((line) => line.kind === 'SUPPORT_GRANTED').map((line) => line.detail.request));
    const asked = reading.lines.filter((line) => line.kind === 'SUPPORT_REQUESTED').toReversed();
    return html`<fieldset class="options"><legend>${label('request', true)}</legend>${asked.map((line) => html`
      <label class="choice"><input type="radio" name="request" required .checked=${values.request === line.detail.request} @change=${() => set('request', line.detail.request)}>
        ${unitName(line.detail.unit)} ${short(line.recordedAt)} <q>${line.detail.what}</q> ${granted.has(line.detail.request) ? html`<span class="soft">${word('field.granted')}</span>` : nothing}</label>`)}</fieldset>`;
  },
  grid: ({ reading, values, set }) => html`<label>${label('grid', true)}<select name="grid" data-test="field-grid" required @change=${(event) => set('grid', event.target.value)}>
    <option value=""></option>${reading.incident.shares.map(({ grid }) => html`<option value=${grid.code} ?selected=${values.grid === grid.code}>${grid.name}</option>`)}</select></label>`,
  budgetYuan: whole('budgetYuan'),
  manual: ({ values, set }) => html`<label>${label('manual', true)}<input type="text" name="manual" data-test="field-manual" required maxlength="500" .value=${values.manual ?? ''} @input=${(event) => set('manual', event.target.value)}></label>`,
  handlers: (field) => handlersOf(field, true),
  departments: (field) => handlersOf(field, false),
  unit: ({ reading, values, set }) => {
    const units = new Map(reading.tasks.filter((task) => task.role !== 'NOTIFY' && !['COMPLETED', 'RETURNED'].includes(task.status)).map((task) => [task.unit.code, task.unit.name]));
    return html`<label>${label('unit', false)}<select name="unit" data-test="field-unit" @change=${(event) => set('unit', event.target.value)}>
      <option value="" ?selected=${!values.unit}>${word('field.unit-in-command', { unit: reading.incident.commandingUnit.name })}</option>
      ${[...units].map(([code, name]) => html`<option value=${code} ?selected=${values.unit === code}>${name}</option>`)}</select></label>`;
  },
  force: ({ values, set }) => html`<label class="choice"><input type="checkbox" name="force" data-test="field-force" .checked=${values.force === true} @change=${(event) => set('force', event.target.checked)}> ${word('field.force')}</label>`,
  figures: (field) => html`<div class="row">${whole('peopleAffected')(field)}${whole('deaths')(field)}${whole('seriousInjuries')(field)}</div>`,
  next: ({ values, set }) => html`<label>${label('next', false)}<select name="next" @change=${(event) => set('next', event.target.value)}>
    ${['', 30, 60, 120].map((minutes) => html`<option value=${minutes} ?selected=${String(values.next ?? '') === String(minutes)}>${minutes ? word('field.in-minutes', { minutes: number(minutes) }) : word('field.not-said')}</option>`)}</select></label>`,
  checkInWithinMinutes: whole('checkInWithinMinutes', 10080),
  solved: radios('solved', ['yes', 'no'], (option) => word(`feedback.${option === 'yes' ? 'solved' : 'not-solved'}`)),
  satisfaction: radios('satisfaction', ['1', '2', '3', '4', '5'], (score) => score, 'across'),
  onBehalfOf: ({ person, values, set }) => (person.roles.includes('OPERATOR')
    ? html`<label class="choice"><input type="checkbox" .checked=${values.onBehalfOf === true} @change=${(event) => set('onBehalfOf', event.target.checked)}> ${word('field.onBehalfOf')}</label>` : nothing),
  rating: radios('rating', ['EFFECTIVE', 'INEFFECTIVE'], (rating) => word(`rating.${rating}`)),
  location: ({ reading, values, set }) => html`
    <fieldset class="options"><legend>${label('location', true)}</legend>
      <label class="choice"><input type="radio" name="where" required .checked=${values.where === 'incident'} @change=${() => set('where', 'incident')} data-test="field-location-incident"> ${word('field.at-incident')}</label>
      <label class="choice"><input type="radio" name="where" required .checked=${values.where === 'here'} @change=${() => locate(set)}> ${word('field.at-device')}</label>
      <label class="choice"><input type="radio" name="where" required .checked=${values.where === 'given'} @change=${() => set('where', 'given')}> ${word('field.at-given')}</label>
      ${values.where === 'here' ? html`<p class="soft" role="status">${values.located ? word('field.located', { metres: number(Math.round(values.located.accuracy)) }) : values.locateFailed ? word('field.locate-failed', { why: values.locateFailed }) : word('field.locating')}</p>` : nothing}
      ${values.where === 'given' ? html`<div class="row">
        <label>${word('field.longitude')}<input type="number" step="any" min="-180" max="180" required .value=${values.longitude ?? ''} @input=${(event) => set('longitude', event.target.value)}></label>
        <label>${word('field.latitude')}<input type="number" step="any" min="-90" max="90" required .value=${values.latitude ?? ''} @input=${(event) => set('latitude', event.target.value)}></label>
        <label>${word('field.datum')}<select required @change=${(event) => set('datum', event.target.value)}><option value=""></option>${DATUMS.map((datum) => html`<option ?selected=${values.datum === datum}>${datum}</option>`)}</select></label></div>` : nothing}
    </fieldset>`,
};

function handlersOf({ reading, person, order, values, set, isRequired, name }, takesUnits) {
  const isWhistle = order.name === 'whistle';
  const scope = order.name === 'mobilise' ? reading.incident.commandingUnit.code : order.name === 'grant-support' ? person.unit.code : '';
  return html`<city-pick-handlers .incident=${reading.incident} .tasks=${reading.tasks} .scope=${scope} .takesUnits=${takesUnits} .isRequired=${isRequired} data-test="field-${name}"
    .of=${isWhistle ? person.unit.code : reading.incident.chain.at(-1)?.code} .value=${values.handlers ?? { units: [], departments: [] }} @picked=${(event) => set('handlers', event.detail)}></city-pick-handlers>`;
}

function locate(set) {
  set('where', 'here');
  if (!navigator.geolocation) return set('locateFailed', word('field.no-position'));
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => set('located', { longitude: coords.longitude, latitude: coords.latitude, accuracy: coords.accuracy }),
    () => set('locateFailed', word('field.no-position')),
    { enableHighAccuracy: true, timeout: 15_000 });
}

/** @param field `{name, isRequired, order, reading, person, live, values, set}` */
export const field = (given) => DRAWN[given.name](given);

/** What is filled in from the beginning: what the opener knows, and the one request that nobody has granted yet. */
export function preset(order, { lines }) {
  if (order.name !== 'grant-support') return { ...order.values };
  const granted = new Set(lines.filter((line) => line.kind === 'SUPPORT_GRANTED').map((line) => line.detail.request));
  const open = lines.filter((line) => line.kind === 'SUPPORT_REQUESTED' && !granted.has(line.detail.request));
  return { ...(open.length === 1 ? { request: open[0].detail.request } : {}), ...order.values };
}

/** Whether all that is wanted is there, beside what the browser checks itself. */
export function isComplete(order, fields, values) {
  if (values.force && !values.reason?.trim()) return false;
  return fields.every(({ name, isRequired }) => {
    if (!isRequired) return true;
    if (name === 'handlers') return (values.handlers?.units.length ?? 0) + (values.handlers?.departments.length ?? 0) > 0;
    if (name === 'departments') return (values.handlers?.departments.length ?? 0) > 0;
    if (name === 'reports') return values.reports?.length > 0;
    if (name === 'location') return values.where === 'incident' || (values.where === 'here' && values.located) || (values.where === 'given' && values.longitude && values.latitude && values.datum);
    return typeof values[name] === 'string' ? values[name].trim() !== '' : Boolean(values[name]);
  });
}

const BODY = {
  grade: (values, { incident }) => (incident.grade.level ? { level: values.grade } : { scope: values.grade }),
  budgetYuan: ({ budgetYuan }, { incident }) => ({ budgetYuan: Number(budgetYuan), delegationId: newKey(), incidentId: incident.id }),
  missedBy: ({ missedBy }) => (missedBy?.trim() ? { missedBy: missedBy.split(/[\s,，、;；]+/).filter(Boolean) } : {}),
  handlers: ({ handlers }) => ({ ...(handlers?.units.length ? { units: handlers.units } : {}), ...(handlers?.departments.length ? { departments: handlers.departments } : {}) }),
  departments: ({ handlers }) => ({ departments: handlers?.departments ?? [] }),
  force: ({ force }) => (force ? { force: true } : {}),
  figures: ({ peopleAffected, deaths, seriousInjuries }) => ({
    ...(peopleAffected ? { peopleAffected: Number(peopleAffected) } : {}),
    ...(deaths || seriousInjuries ? { casualties: { deaths: Number(deaths || 0), seriousInjuries: Number(seriousInjuries || 0) } } : {}),
  }),
  next: ({ next }, { at }) => (next ? { next: new Date(at + Number(next) * 60_000).toISOString() } : {}),
  checkInWithinMinutes: ({ checkInWithinMinutes }) => (checkInWithinMinutes ? { checkInWithinMinutes: Number(checkInWithinMinutes) } : {}),
  solved: ({ solved }) => ({ solved: solved === 'yes' }),
  satisfaction: ({ satisfaction }) => (satisfaction ? { satisfaction: Number(satisfaction) } : {}),
  onBehalfOf: ({ onBehalfOf }) => (onBehalfOf ? { onBehalfOf: 'CITIZEN' } : {}),
  location: (values, { incident }) => ({ location: values.where === 'incident'
    ? { longitude: incident.location.longitude, latitude: incident.location.latitude, datum: 'WGS84' }
    : values.where === 'here'
      ? { longitude: values.located.longitude, latitude: values.located.latitude, datum: 'WGS84' }
      : { longitude: Number(values.longitude), latitude: Number(values.latitude), datum: values.datum } }),
};

/** @param known `{incident, at}`: what some fields are said by */
export const body = (fields, values, known) => Object.assign({}, ...fields.map(({ name }) => {
  if (BODY[name]) return BODY[name](values, known);
  const value = typeof values[name] === 'string' ? values[name].trim() : values[name];
  return value === undefined || value === '' ? {} : { [name]: value };
}));
