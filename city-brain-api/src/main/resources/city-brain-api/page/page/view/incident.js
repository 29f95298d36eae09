/**
 * `<city-incident .live .person .incidentId>`: one incident: what to press now, its chain, why it has its level, what is around it and
 * everything that happened to it. From `GET /v1/incidents/{id}`, `/v1/tasks?incident=` and its timeline.
 */
import { Element, html, listen, nothing } from '../lib/element.js';
import { show } from '../lib/address.js';
import { onTypeNames } from '../lib/types.js';
import { onUnitNames } from '../lib/unit-names.js';
import { sayRefused } from '../lib/refusals.js';
import { word } from '../lib/words.js';
import { chain } from '../incident/chain.js';
import { GROUPS, isDirect, offered } from '../incident/commands.js';
import '../incident/dialog.js';
import { head } from '../incident/head.js';
import { mayAsk, mayDecide } from '../incident/delegations.js';
import { deadline, isOwn, nextFor } from '../incident/next.js';
import { commandWord, outcome } from '../incident/outcome.js';
import { picture } from '../incident/picture.js';
import { IncidentReading } from '../incident/reading.js';
import { reasons } from '../incident/reasons.js';
import { Sending } from '../incident/sending.js';
import '../incident/timeline.js';

const SHOWN_DONE_MILLIS = 4000;

class IncidentView extends Element {
  static properties = { live: { attribute: false }, person: { attribute: false }, incidentId: { attribute: false }, order: { state: true }, revision: { state: true } };

  #reading = new IncidentReading(() => { this.revision = (this.revision ?? 0) + 1; });
  #sending = new Sending(() => this.#sent());
  /** A command is carried out, and what became of it is being read: until then nothing is pressed. */
  #isSettling = false;

  connectedCallback() {
    super.connectedCallback();
    this.until(onTypeNames(() => this.requestUpdate()));
    this.until(onUnitNames(() => this.requestUpdate()));
    this.until(listen(window, 'pointerdown', (event) => this.#closeMenu(event.target)));
    if (this.hasUpdated) this.#reading.follow(this.incidentId, this.live);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#reading.stop();
  }

  willUpdate(changed) {
    if (changed.has('incidentId') || changed.has('live')) {
      this.order = null;
      this.#sending.forget();
      this.#reading.follow(this.incidentId, this.live);
    }
  }

  updated(changed) {
    if (changed.has('incidentId')) this.scrollTop = 0;
  }

  #sent() {
    const { last } = this.#sending;
    this.requestUpdate();
    if (!last || last.state === 'sending') return;
    if (last.state !== 'uncertain') this.#settle();
    if (last.state === 'done') setTimeout(() => this.#sending.last === last && this.#sending.forget(), SHOWN_DONE_MILLIS);
  }

  async #settle() {
    this.#isSettling = true;
    await this.#reading.again();
    this.#isSettling = false;
    this.requestUpdate();
  }

  #isBusy() {
    return this.#sending.isBusy || this.#isSettling;
  }

  #closeMenu(pressed) {
    const menu = this.querySelector('details.commands[open]');
    if (menu && !menu.contains(pressed)) menu.open = false;
  }

  /** Esc closes the menu first, then the incident. */
  #menuKey(event) {
    if (event.key !== 'Escape' || !event.currentTarget.open) return;
    event.stopPropagation();
    event.currentTarget.open = false;
    event.currentTarget.querySelector('summary').focus();
  }

  /** One press where nothing has to be said; else the dialog. */
  #press(order) {
    if (this.#isBusy()) return;
    if (isDirect(order.on, order.name)) this.#sending.send({ on: order.on, id: order.id, name: order.name, version: order.version, body: {} });
    else this.#open(order);
  }

  #open(order) {
    this.#sending.forget();
    this.order = order;
  }

  /** The same command again, on what it is now. */
  #again() {
    const { on, id, name, body } = this.#sending.last;
    const { incident, tasks } = this.#reading;
    const subject = on === 'incidents' ? incident : on === 'tasks' ? tasks.find((task) => task.id === id) : incident.checkIns.find((each) => each.id === id);
    return subject?.allowed.includes(name) ? () => this.#sending.send({ on, id, name, body, version: subject.version }) : null;
  }

  render() {
    const reading = this.#reading;
    const { incident, refused } = reading;
    if (!incident) {
      return html`<div class="incident-wait">${refused
        ? html`<p class="refused" role="alert" data-test="incident-refused">${refused.status === 404 ? word('incident.not-found') : sayRefused(refused)}</p>
          <button type="button" @click=${() => show({ incident: null })}>${word('common.close')}</button>`
        : html`<p role="status">${word('common.wait')}</p>`}</div>`;
    }
    return html`
      <article class="incident-view" data-test="incident" data-id=${incident.id} data-version=${incident.version} aria-label=${incident.number}>
        <div class="incident-top">${head(incident)}${this.#now()}</div>
        ${refused ? html`<p class="refused" role="alert">${sayRefused(refused)}</p>` : nothing}
        ${chain(reading, this.person, { ofTask: (task) => this.#ofTask(task), ofCheckIn: (checkIn) => this.#ofCheckIn(checkIn), ofDelegation: (delegation) => this.#ofDelegation(delegation) })}
        ${reasons(incident)}
        ${picture(incident)}
        <city-timeline .reading=${reading} .lines=${reading.lines}></city-timeline>
      </article>
      ${this.order ? html`<city-command .order=${this.order} .reading=${reading} .revision=${this.revision} .live=${this.live} .person=${this.person} .sending=${this.#sending}
        @closed=${() => { this.order = null; }}></city-command>` : nothing}`;
  }

  /** What to press now, and all else that may be pressed. */
  #now() {
    const next = nextFor(this.#reading, this.person);
    const isBusy = this.#isBusy();
    const due = next.task ? deadline(next.task, this.#reading.incident) : next.late ? deadline(next.late, this.#reading.incident) : {};
    const late = next.late?.department ?? next.late?.unit;
    return html`
      <div class="now" role="group" aria-label=${word('incident.now')}>
        ${next.name ? html`
          <p class="why"><span aria-live="polite">${word(`next.${next.why}`, { who: late?.name ?? '' })}</span> ${due.due ? html`<city-due .from=${due.from} .due=${due.due}></city-due>` : nothing}</p>
          <div class="row">
            <button type="button" class="primary press" data-test="primary-action" data-command=${next.name} ?disabled=${isBusy}
              @click=${() => this.#press(next.late ? { ...next, values: { unit: next.late.unit.code } } : next)}>${this.#sending.isBusy ? word('command.sending') : commandWord(next.why === 'read' ? 'read' : next.name)}</button>
            ${isDirect(next.on, next.name) ? html`<button type="button" class="plain" data-test="primary-with-words" @click=${() => this.#open(next)}>${word('command.with-words')}</button>` : nothing}
            <span class="grow"></span>${this.#menu()}
          </div>` : html`
          <div class="row"><p class="why grow" aria-live="polite" data-test="nothing-to-press">${word(`next.${next.why}`, { who: next.who?.name ?? '' })}</p>${this.#menu()}</div>`}
        ${this.order ? nothing : outcome(this.#sending, this.#reading, {
          again: this.#sending.last ? this.#again() : null,
          insist: () => this.#open({ on: 'incidents', id: this.#reading.incident.id, name: 'resolve', version: this.#reading.incident.version, values: { force: true } }),
        })}
      </div>`;
  }

  #menu() {
    const { incident } = this.#reading;
    const names = new Set([...offered(this.#reading, this.person), ...(mayAsk(this.#reading, this.person) ? ['delegate'] : [])]);
    const groups = GROUPS.map((group) => ({ ...group, commands: group.commands.filter((name) => names.has(name)) })).filter((group) => group.commands.length);
    if (!groups.length) return nothing;
    return html`
      <details class="menu commands" @keydown=${this.#menuKey} @focusout=${(event) => { if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) event.currentTarget.open = false; }}>
        <summary data-test="commands">${word('incident.commands')} ▾</summary>
        <div class="sheet">${groups.map((group) => html`
          <fieldset><legend>${word(`group.${group.name}`)}</legend>${group.commands.map((name) => html`
            <button type="button" data-test="command" data-command=${name} @click=${(event) => {
              event.target.closest('details').open = false;
              this.#open(name === 'delegate'
                ? { on: 'delegations', path: '/v1/delegations', id: incident.id, name }
                : { on: 'incidents', id: incident.id, name, version: incident.version });
            }}>${commandWord(name)}</button>`)}</fieldset>`)}</div>
      </details>`;
  }

  /** Own tasks show their commands; those of others, which a unit above may send for them, lie behind a press. */
  #ofTask(task) {
    if (!task.allowed.length) return nothing;
    const buttons = task.allowed.map((name) => html`
      <button type="button" class="small" data-test="task-command" data-command=${name} ?disabled=${this.#isBusy()}
        @click=${() => this.#press({ on: 'tasks', id: task.id, name, version: task.version, about: (task.department ?? task.unit).name })}>${commandWord(task.role === 'NOTIFY' ? 'read' : name)}</button>`);
    return isOwn(task, this.person)
      ? html`<span class="presses">${buttons}</span>`
      : html`<details class="for-others"><summary>${word('chain.for-others')}</summary><span class="presses">${buttons}</span></details>`;
  }

  #ofDelegation(delegation) {
    if (!mayDecide(delegation, this.person)) return nothing;
    return html`<span class="presses">${['approve', 'refuse'].map((name) => html`
      <button type="button" class="small" data-test="delegation-command" data-command=${name} @click=${() => this.#open({ on: 'delegations', id: delegation.id, name, about: delegation.grid.name })}>${commandWord(name)}</button>`)}</span>`;
  }

  #ofCheckIn(checkIn) {
    if (!checkIn.allowed.length) return nothing;
    return html`<span class="presses">${checkIn.allowed.map((name) => html`
      <button type="button" class="small" data-test="check-in-command" data-command=${name} @click=${() => this.#open({ on: 'check-ins', id: checkIn.id, name, version: checkIn.version, about: checkIn.department.name })}>${commandWord(name)}</button>`)}</span>`;
  }
}

customElements.define('city-incident', IncidentView);
