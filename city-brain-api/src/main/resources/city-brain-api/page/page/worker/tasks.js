/** My tasks: the gravest and the next due first, each with its count-down and the one button that comes next. Departments' summonses stand above. */
import { html, listen, nothing, repeat } from '../lib/element.js';
import { show } from '../lib/address.js';
import { everySecond } from '../lib/time.js';
import { named, number, word } from '../lib/words.js';
import { ACTS, isAtOnce } from './acts.js';
import { allowedOnIncident, due, isSettled, next } from './expected.js';
import { deadline, fromHere } from './incident.js';
import { whereabouts } from './position.js';
import { PocketElement } from './pocket-element.js';
import { ownSummons } from './summons.js';
import { summonsDue } from './check-in.js';
import './act.js';

const OPEN_SUMMONS = new Set(['SUMMONED', 'CHECKED_IN']);

class WorkerTasks extends PocketElement {
  static properties = { pressing: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    whereabouts.followIfAllowed();
    this.until(listen(whereabouts, 'change', () => this.requestUpdate()));
    this.until(everySecond(() => this.requestUpdate()));
  }

  #press(name, task, detail, checkIn) {
    const { on } = ACTS[name];
    const { id, version } = { tasks: task, 'check-ins': checkIn, incidents: detail?.incident }[on];
    const subject = {
      id, version, incidentId: task.incidentId, near: task.incident.location, about: { number: task.incident.number, typeNames: task.incident.typeNames },
    };
    if (isAtOnce(name)) this.pocket.press({ on, id: subject.id, name, incidentId: task.incidentId, about: subject.about }, subject.version);
    else this.pressing = { name, subject, detail };
  }

  render() {
    const tasks = this.pocket.tasksInOrder();
    const open = tasks.filter(({ status }) => !isSettled(status));
    const done = tasks.filter(({ status }) => isSettled(status));
    const isDepartment = this.pocket.person.roles.includes('DEPARTMENT');
    const summonses = this.pocket.checkIns.filter(({ status, allowed }) => (isDepartment ? OPEN_SUMMONS.has(status) : allowed?.length));
    return html`
      ${summonses.length ? html`
        <section class="worker-summonses"><h2>${word(isDepartment ? 'worker.summons' : 'worker.to-rate')}</h2>
          ${repeat(summonses, ({ id }) => id, (checkIn) => this.#summons(checkIn))}</section>` : nothing}
      <h2 class="worker-title">${word('worker.tasks.open', { count: number(open.length) })}</h2>
      ${open.length ? nothing : html`<p class="worker-empty">${word('worker.tasks.none')}</p>`}
      <ul class="worker-cards">${repeat(open, ({ id }) => id, (task) => this.#card(task))}</ul>
      ${done.length ? html`<details class="worker-done"><summary data-test="done">${word('worker.tasks.done', { count: number(done.length) })}</summary>
        <ul class="worker-cards">${repeat(done, ({ id }) => id, (task) => this.#card(task))}</ul></details>` : nothing}
      ${this.pressing ? html`<worker-act .pocket=${this.pocket} .name=${this.pressing.name} .subject=${this.pressing.subject} .detail=${this.pressing.detail} @done=${() => { this.pressing = null; }}></worker-act>` : nothing}`;
  }

  #summons(checkIn) {
    return html`<button type="button" class="worker-row" data-test="summons" @click=${() => show({ incident: checkIn.incidentId })}>
      <span><b>${isDepartment(checkIn, this.pocket.person) ? checkIn.whistledUnit.name : checkIn.department.name}</b> <span class="soft">${word(`worker.check-in.${checkIn.status}`)}</span><br>${checkIn.reason}${checkIn.status === 'SUMMONED' ? html`<br>${summonsDue(checkIn)}` : nothing}</span><span aria-hidden="true">›</span></button>`;
  }

  #card(task) {
    const { incident } = task;
    const detail = this.pocket.details.get(task.incidentId);
    const summons = isSettled(task.status) ? null : ownSummons(this.pocket, task.incidentId);
    const first = summons ? summons.name : next(task, allowedOnIncident(task, detail, this.pocket.waitingFor(task.incidentId), this.pocket.person), this.pocket.hasArrived(task));
    const { here } = whereabouts;
    const people = detail?.incident.peopleAffected.value;
    return html`
      <li class="worker-card ${incident.level ? `level-${incident.level}` : 'everyday'}" data-test="task" data-id=${task.id} data-status=${task.status}>
        <button type="button" class="worker-open" data-test="open" @click=${() => show({ incident: task.incidentId })}>
          <span class="worker-line"><span class="level ${incident.level ? `level-${incident.level}` : 'everyday'}" aria-label=${word(incident.level ? `level.${incident.level}` : 'level.everyday')}>${incident.level ?? incident.scope}</span>
            <b>${named(incident.typeNames, incident.type)}</b></span>
          <span class="worker-due" data-test="due">${deadline(task, due(task))}</span>
          <span class="soft">${task.department ? `${task.department.name} · ` : ''}${here ? `${fromHere(here, incident.location)} · ` : ''}${people ? `${word('common.people', { count: number(people) })} · ` : ''}${word(`worker.task.${task.status}`)}</span>
          ${task.waits ? html`<span class="worker-waits">${word('worker.waits', { count: number(task.waits) })}</span>` : nothing}
        </button>
        ${first ? html`<button type="button" class="primary worker-next" data-test="next" data-act=${first} @click=${() => this.#press(first, task, detail, summons?.checkIn)}>${word(`worker.act.${first}`)}</button>` : nothing}
      </li>`;
  }
}

const isDepartment = (checkIn, { roles }) => roles.includes('DEPARTMENT');

customElements.define('worker-tasks', WorkerTasks);
