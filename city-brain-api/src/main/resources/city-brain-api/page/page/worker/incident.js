/** One incident for whoever stands before it: what, where from here, whom it touches, why, who is at work, what came before, what to press. */
import { html, listen, nothing, repeat } from '../lib/element.js';
import { show } from '../lib/address.js';
import { now } from '../lib/api.js';
import { everySecond, light, short, span } from '../lib/time.js';
import { named, number, word, wordOr } from '../lib/words.js';
import { ACTS, OFFERED_ON_INCIDENT, OFFERED_ON_TASK, isAtOnce } from './acts.js';
import { allowedOnIncident, due, isSettled, next } from './expected.js';
import { direction, meters, whereabouts } from './position.js';
import { reasons } from './reasons.js';
import { ownSummons } from './summons.js';
import { PocketElement } from './pocket-element.js';
import './act.js';
import './check-in.js';

const LINES = 8;
const NEARLY_METERS = 10;
/** Lines that tell whoever is on the spot nothing. */
const LEFT_OUT = new Set(['NOTIFIED', 'GRADED', 'MERGED', 'DEADLINE_NEAR', 'UNREACHABLE', 'RELEASED']);

class WorkerIncident extends PocketElement {
  static properties = { incidentId: {}, pressing: { state: true }, isAsking: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    whereabouts.followIfAllowed();
    this.until(listen(whereabouts, 'change', () => this.requestUpdate()));
    this.until(everySecond(() => this.requestUpdate()));
  }

  willUpdate(changed) {
    if (changed.has('incidentId')) this.#read();
  }

  async #read() {
    if (this.pocket.details.has(this.incidentId)) return;
    this.isAsking = true;
    await this.pocket.readDetail(this.incidentId).catch(() => {});
    this.isAsking = false;
  }

  #press(name, subject) {
    if (!isAtOnce(name)) {
      this.pressing = { name, subject };
      return;
    }
    this.pocket.press({ on: ACTS[name].on, id: subject.id, name, incidentId: this.incidentId, about: subject.about }, subject.version);
  }

  #subject(of, incident) {
    return { id: of.id, version: of.version, incidentId: this.incidentId, near: incident.location, about: { number: incident.number, typeNames: incident.typeNames } };
  }

  render() {
    const { pocket } = this;
    const tasks = pocket.tasksInOrder().filter((one) => one.incidentId === this.incidentId);
    const task = tasks.find(({ status }) => !isSettled(status)) ?? tasks[0];
    const detail = pocket.details.get(this.incidentId);
    const incident = detail?.incident ?? (task && { ...task.incident, id: task.incidentId });
    return html`
      <article class="worker-incident" data-test="incident">
        <button type="button" class="plain worker-back" data-test="back" @click=${() => (history.length > 1 ? history.back() : show({ incident: null }))}>‹ ${word('worker.back')}</button>
        ${incident ? this.#of(incident, detail, task) : html`<p role="status">${word(this.isAsking ? 'common.wait' : 'worker.incident.not-here')}</p>`}
      </article>
      ${this.pressing ? html`<worker-act .pocket=${pocket} .name=${this.pressing.name} .subject=${this.pressing.subject} .detail=${detail} @done=${() => { this.pressing = null; }}></worker-act>` : nothing}`;
  }

  #of(incident, detail, task) {
    const waiting = this.pocket.waitingFor(this.incidentId);
    const onIncident = allowedOnIncident(task, detail, waiting, this.pocket.person).filter((name) => OFFERED_ON_INCIDENT.includes(name));
    const summons = ownSummons(this.pocket, this.incidentId);
    const first = summons ? summons.name : task ? next(task, onIncident, this.pocket.hasArrived(task)) : null;
    const others = [
      ...(task ? OFFERED_ON_TASK.filter((name) => task.allowed.includes(name) && name !== first) : []),
      ...OFFERED_ON_INCIDENT.filter((name) => onIncident.includes(name) && name !== first),
    ];
    const subject = (name) => this.#subject({ tasks: task, 'check-ins': summons?.checkIn, incidents: { id: this.incidentId, version: incident.version } }[ACTS[name].on], incident);
    const level = detail?.incident.grade.level ?? incident.level;
    const scope = detail?.incident.grade.scope ?? incident.scope;
    const by = task && due(task);
    return html`
      <header class="stack worker-head">
        <h1><span class="level ${level ? `level-${level}` : 'everyday'}">${level ?? scope}</span> ${named(incident.typeNames, incident.type)}</h1>
        <p class="soft"><span class="number">${incident.number}</span> · ${word(`worker.status.${task?.incident.status ?? incident.status}`)}</p>
        ${task ? html`<p class="worker-due" data-test="due">${deadline(task, by)}</p>` : nothing}
        ${waiting.length ? html`<p class="worker-waits" role="status">${word('worker.waits', { count: number(waiting.length) })}</p>` : nothing}
      </header>
      ${this.#where(incident.location, task?.incident.grid ?? incident.chain?.at(-1))}
      ${(detail?.incident.checkIns ?? []).map((checkIn) => html`
        <worker-check-in .checkIn=${checkIn} .without=${summons?.checkIn.id === checkIn.id ? summons.name : null} .pocket=${this.pocket} @pressed=${({ detail: name }) => this.#press(name, this.#subject(checkIn, incident))}></worker-check-in>`)}
      ${detail ? this.#about(detail) : html`<p class="soft">${word('worker.incident.short')}</p>`}
      ${others.length ? html`
        <section><h2>${word('worker.more')}</h2><div class="worker-others">
          ${others.map((name) => html`<button type="button" data-test=${`press-${name}`} @click=${() => this.#press(name, subject(name))}>${word(`worker.act.${name}`)}</button>`)}
        </div></section>` : nothing}
      ${first ? html`<div class="worker-first"><button type="button" class="primary" data-test="next" data-act=${first} @click=${() => this.#press(first, subject(first))}>${word(`worker.act.${first}`)}</button></div>`
        : task && isSettled(task.status) ? html`<p class="done">${word('worker.task.done')}</p>` : nothing}`;
  }

  #where(location, grid) {
    const { here } = whereabouts;
    return html`
      <section><h2>${word('worker.where')}</h2>
        <p>${here ? html`<b data-test="distance">${fromHere(here, location)}</b> · ` : nothing}${grid?.name ?? ''}</p>
        <p class="soft">${location.longitude.toFixed(5)}, ${location.latitude.toFixed(5)} · WGS-84</p>
        ${here ? nothing : html`<button type="button" data-test="ask-place" @click=${() => whereabouts.follow()}>${word('worker.where.ask')}</button>`}
      </section>`;
  }

  #about({ incident, timeline }) {
    const { picture, peopleAffected } = incident;
    const places = [...(picture?.keyPlacesWithin ?? []).map((place) => ({ ...place, isWithin: true })), ...(picture?.keyPlacesNear ?? [])].slice(0, 5);
    const tasks = incident.tasks.filter(({ role, status }) => role !== 'NOTIFY' && status !== 'RETURNED');
    return html`
      <section><h2>${word('worker.people')}</h2>
        <p><b class="number">${word('common.people', { count: number(peopleAffected.value) })}</b> <span class="soft">${word(`worker.basis.${peopleAffected.basis}`)}</span></p></section>
      <section><h2>${word('worker.why')}</h2><ul class="worker-lines">${reasons(incident.grade).map((reason) => html`<li>${reason}</li>`)}</ul></section>
      ${places.length ? html`<section><h2>${word('worker.places')}</h2><ul class="worker-lines">${places.map((place) => html`
        <li>${place.name} <span class="soft">${place.isWithin ? word('worker.places.within') : distance(place.metersAway)}</span></li>`)}</ul></section>` : nothing}
      <section><h2>${word('worker.at-work')}</h2><ul class="worker-lines">${tasks.map((task) => html`
        <li>${task.department?.name ?? task.unit.name} <span class="soft">${word(`worker.role.${task.role}`)} · ${word(`worker.task.${task.status}`)}</span></li>`)}</ul></section>
      <section><h2>${word('worker.timeline')}</h2><ol class="worker-timeline">${repeat(timeline.filter(({ kind }) => !LEFT_OUT.has(kind)).slice(-LINES).reverse(), ({ sequence }) => sequence, (line) => html`
        <li><time class="soft number">${short(line.recordedAt)}</time> <span>${wordOr(`worker.kind.${line.kind}`, line.kind)}${says(line)} <span class="soft">${who(line.actor)}</span></span></li>`)}</ol></section>`;
  }
}

const says = ({ detail, actor }) => {
  // Rules write their reasons in the language of the documents; what people wrote is shown.
  const text = actor.startsWith('person:') ? detail?.text ?? detail?.reason : null;
  return text ? html`${word('worker.colon')}${text}` : nothing;
};

export const who = (actor = '') => (actor.startsWith('person:') ? actor.slice('person:'.length) : word('worker.by-rule'));

export const distance = (metersAway) =>
  (metersAway < 1000
    ? number(Math.round(metersAway / 10) * 10, { style: 'unit', unit: 'meter', unitDisplay: 'short' })
    : number(metersAway / 1000, { style: 'unit', unit: 'kilometer', unitDisplay: 'short', maximumFractionDigits: 1 }));

/** How far and which way; within the accuracy of the phone's position it is here. */
export const fromHere = (here, location) => {
  const away = meters(here, location);
  return away <= Math.max(here.accuracy, NEARLY_METERS) ? word('worker.where.here') : `${distance(away)} ${word(`worker.direction.${direction(here, location)}`)}`;
};

/** The light, what has to be done by then, and how long there is. */
export function deadline(task, by) {
  if (!by) return html`<span class="soft">${word(`worker.task.${task.status}`)}</span>`;
  const left = Date.parse(by) - now();
  // What was pressed here and has not arrived yet may have ended the deadline that City Brain told of.
  const colour = light(by === task.dueAt ? task.dueFrom : task.dispatchedAt, by);
  const key = task.status === 'DISPATCHED' && by === task.acknowledgeBy ? 'acknowledge' : 'resolve';
  return html`<span class="light ${colour}" aria-hidden="true"></span> <span>${word(`worker.due.${key}.${left < 0 ? 'over' : 'left'}`)}</span> <b class="number">${span(Math.abs(left))}</b>`;
}

customElements.define('worker-incident', WorkerIncident);
