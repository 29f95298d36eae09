/** The worker's pocket page: who it is, whether there is a line, what waits, and the four views. It opens without a line with what is kept. */
import { Element, html, listen, nothing } from '../lib/element.js';
import { Refused, send } from '../lib/api.js';
import { show } from '../lib/address.js';
import { clock } from '../lib/time.js';
import { LANGUAGES, language, loadWords, named, number, speak, word } from '../lib/words.js';
import { theme, turnTheme } from '../lib/theme.js';
import { forgetPerson, lastPerson, waitingOfOthers, whoIsSignedIn } from './account.js';
import { line } from './line.js';
import { Pocket } from './pocket.js';
import { refused } from './queue.js';
import { Store } from './store.js';

const SIGN_IN = '/oauth2/authorization/city-brain';
/** For the page at `/`, where signing in ends. */
const GOES_ON = 'city-brain.goes-on';
const CARRIES_OUT = ['GRID_WORKER', 'DEPARTMENT', 'OPERATOR'];
const REPORTS = ['GRID_WORKER', 'OPERATOR'];
const TABS = ['tasks', 'map', 'report', 'queue'];
const MODULES = {
  tasks: () => Promise.all([import('./tasks.js'), import('./incident.js')]),
  map: () => import('./map.js'),
  report: () => import('./report.js'),
  queue: () => import('./waiting.js'),
};
const TOLD_MILLIS = 12_000;

class WorkerPage extends Element {
  static properties = { pocket: { state: true }, standing: { state: true }, told: { state: true }, isNewer: { state: true } };

  loaded = new Set();

  connectedCallback() {
    super.connectedCallback();
    this.until(listen(line, 'change', () => this.requestUpdate()));
    this.#begin();
  }

  async #begin() {
    // With what is kept at once; who is signed in by now is asked on the way.
    let person = lastPerson();
    if (!person) {
      try {
        person = await whoIsSignedIn();
      } catch (failure) {
        this.standing = failure instanceof Refused && failure.status === 401 ? 'nobody' : 'unreachable';
        return;
      }
    }
    if (!person.roles.some((role) => CARRIES_OUT.includes(role))) {
      this.standing = 'not-for-you';
      return;
    }
    await this.#load(this.#tab());
    this.pocket = new Pocket(person, await Store.open(person.name));
    this.until(listen(this.pocket, 'change', () => this.#changed()));
    this.until(listen(this.pocket, 'told', ({ detail }) => this.#tell(detail)));
    await this.pocket.start();
    this.#keepShell();
  }

  #changed() {
    if (this.pocket.standing === 'other') {
      // Somebody else has signed in on this phone: their own pocket is opened, this one stays closed.
      location.reload();
      return;
    }
    this.requestUpdate();
  }

  #tell(told) {
    this.told = told;
    // A browser lets a page do so only after somebody has touched it.
    if (told.some(({ ended }) => ended === 'NEW') && navigator.userActivation?.hasBeenActive) navigator.vibrate?.([200, 100, 200]);
    clearTimeout(this.forgetting);
    this.forgetting = setTimeout(() => { this.told = null; }, TOLD_MILLIS);
  }

  async #keepShell() {
    const workers = navigator.serviceWorker;
    if (!workers) return;
    workers.addEventListener('message', ({ data }) => { if (data === 'newer') this.isNewer = true; });
    await workers.register('/worker/service-worker.js', { scope: '/worker' }).catch(() => {});
    const { active } = await workers.ready;
    active.postMessage('look');
  }

  #tab() {
    return TABS.includes(this.shown.tab) ? this.shown.tab : 'tasks';
  }

  /** A view is shown when it is there, not before. */
  async #load(tab) {
    await MODULES[tab]();
    this.loaded.add(tab);
    this.requestUpdate();
  }

  async addressChanged() {
    await this.#load(this.#tab());
    if (this.shown.incident) this.querySelector('main')?.scrollTo(0, 0);
  }

  async #signOut() {
    let answer = null;
    try {
      answer = await send('POST', '/sign-out');
    } catch {
      // Without a line the session ends at its own time; this phone forgets the person now.
    }
    await this.pocket?.forget();
    navigator.serviceWorker?.controller?.postMessage('forget');
    forgetPerson();
    location.assign(answer?.continueAt ?? '/worker');
  }

  render() {
    if (this.standing) return this.#outside();
    if (!this.pocket) return html`<p class="whole" role="status">${word('common.wait')}</p>`;
    const { person } = this.pocket;
    const waiting = this.pocket.waiting().length;
    const notDone = refused(this.pocket.queue).length;
    const mayReport = person.roles.some((role) => REPORTS.includes(role));
    const tab = this.#tab();
    return html`
      <header class="worker-bar">
        <p class="worker-unit"><b>${this.#name()}</b></p>
        <button type="button" class="worker-line-state ${this.#state()}" data-test="line" data-state=${this.#state()} aria-live="polite" @click=${() => this.pocket.sync()}>${word(`worker.line.${this.#state()}`)}</button>
        <details class="menu"><summary aria-label=${word('screen.menu')} data-test="menu">≡</summary><div class="sheet" @click=${({ currentTarget }) => { currentTarget.parentElement.open = false; }}>
          <p class="soft">${person.name}</p>
          ${LANGUAGES.filter((other) => other !== language()).map((other) => html`<button type="button" lang=${other} data-test="language" @click=${() => speak(other)}>${other === 'en' ? 'English' : '中文'}</button>`)}
          <button type="button" @click=${() => { turnTheme(); this.requestUpdate(); }}>${word(`screen.theme.${theme()}`)}</button>
          <button type="button" data-test="sign-out" @click=${() => this.#signOut()}>${word('screen.sign-out')}</button>
          ${waiting ? html`<p class="soft">${word('worker.sign-out.keeps', { count: number(waiting) })}</p>` : nothing}
        </div></details>
      </header>
      ${this.#notes(waiting)}
      <main class="worker-main" data-test=${`view-${tab}`}>${this.shown.incident && tab === 'tasks' && this.loaded.has(tab)
        ? html`<worker-incident .pocket=${this.pocket} .incidentId=${this.shown.incident}></worker-incident>` : this.#view(tab)}</main>
      <nav class="worker-tabs" aria-label=${word('screen.views')}>${TABS.filter((one) => one !== 'report' || mayReport).map((one) => html`
        <button type="button" data-test=${`tab-${one}`} aria-current=${tab === one ? 'page' : nothing} @click=${() => show({ tab: one === 'tasks' ? null : one, incident: null })}>
          ${word(`worker.tab.${one}`)}${one === 'queue' && waiting + notDone ? html` <b class="worker-badge ${notDone ? 'not-done' : ''}" data-test="badge">${number(waiting + notDone)}</b>` : nothing}</button>`)}</nav>`;
  }

  /** A department's name comes with what it was called for. */
  #name() {
    const { person, checkIns, tasks } = this.pocket;
    if (!person.department) return person.unit?.name ?? person.name;
    return [...checkIns, ...tasks.values()].find(({ department }) => department?.code === person.department)?.department.name ?? person.department;
  }

  #state() {
    if (this.pocket.standing === 'signed-out') return 'signed-out';
    return line.isThere === null ? 'connecting' : line.isThere ? 'live' : 'cut';
  }

  #view(tab) {
    if (!this.loaded.has(tab)) return html`<p role="status">${word('common.wait')}</p>`;
    switch (tab) {
      case 'map': return html`<worker-map .pocket=${this.pocket}></worker-map>`;
      case 'report': return html`<worker-report .pocket=${this.pocket}></worker-report>`;
      case 'queue': return html`<worker-waiting .pocket=${this.pocket}></worker-waiting>`;
      default: return html`<worker-tasks .pocket=${this.pocket}></worker-tasks>`;
    }
  }

  #notes(waiting) {
    return html`
      ${this.#state() === 'cut' ? html`<p class="worker-note cut" role="status" data-test="cut">${word(line.heardAt ? 'worker.cut' : 'worker.cut-before', { at: line.heardAt ? clock(line.heardAt) : '' })}${waiting ? ` ${word('worker.waits', { count: number(waiting) })}` : ''}</p>` : nothing}
      ${this.pocket.standing === 'signed-out' ? html`<p class="worker-note cut" role="alert" data-test="signed-out">${word('worker.signed-out', { count: number(waiting) })} <a class="button primary" href=${SIGN_IN} @click=${goOnHere}>${word('screen.sign-in')}</a></p>` : nothing}
      ${waitingOfOthers(this.pocket.person.name).map(([account, count]) => html`<p class="worker-note" data-test="others">${word('worker.others', { account, count: number(count) })}</p>`)}
      ${(this.told ?? []).map(({ number: incident, type, ended }) => html`<p class="worker-note" role="status" data-test="told">${named(type)} ${incident}${word('worker.colon')}${word(`worker.ended.${ended ?? 'OUT_OF_REACH'}`)}</p>`)}
      ${this.isNewer ? html`<p class="worker-note"><button type="button" @click=${() => location.reload()}>${word('worker.newer')}</button></p>` : nothing}`;
  }

  #outside() {
    const others = waitingOfOthers(null);
    return html`
      <main class="whole welcome" data-test="outside">
        <img src="/page/look/icon.svg" alt="" width="96" height="96">
        <h1>${word('common.name')}</h1>
        <p role="status">${word(`worker.outside.${this.standing}`)}</p>
        ${others.map(([account, count]) => html`<p data-test="others">${word('worker.others', { account, count: number(count) })}</p>`)}
        ${this.standing === 'unreachable' ? html`<button type="button" class="primary" data-test="try-again" @click=${() => location.reload()}>${word('worker.outside.again')}</button>` : nothing}
        ${this.standing === 'not-for-you' ? html`<a class="button" href="/">${word('worker.to-screen')}</a>`
          : html`<a class="primary button" id="sign-in" href=${SIGN_IN} @click=${goOnHere}>${word('screen.sign-in')}</a>`}
        ${LANGUAGES.filter((other) => other !== language()).map((other) => html`<button type="button" lang=${other} @click=${() => speak(other)}>${other === 'en' ? 'English' : '中文'}</button>`)}
      </main>`;
  }
}

const goOnHere = () => sessionStorage.setItem(GOES_ON, '/worker');

await loadWords();
customElements.define('worker-page', WorkerPage);
