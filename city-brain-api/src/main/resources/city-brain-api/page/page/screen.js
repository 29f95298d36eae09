/** The command centre's screen: who is signed in, what is open, and the views. Each view is a component in `view/`. */
import { Element, html, listen, nothing } from './lib/element.js';
import { Refused, now, read, send } from './lib/api.js';
import { show, shown } from './lib/address.js';
import { LiveIncidents } from './lib/live.js';
import { clock, everySecond } from './lib/time.js';
import { readsPolicies } from './lib/types.js';
import { LANGUAGES, language, loadWords, number, speak, word } from './lib/words.js';
import { theme, turnTheme } from './lib/theme.js';

const LEVELS = ['I', 'II', 'III', 'IV'];

/** What each role has to do with; the server decides, this only leaves out what it would refuse. */
const has = (...roles) => (person) => person.roles.some((role) => roles.includes(role));
const VIEWS = [
  { name: 'map', of: has('OPERATOR', 'DEPARTMENT', 'GRID_WORKER') },
  { name: 'numbers', of: has('OPERATOR', 'ANALYST', 'ADMIN', 'DEPARTMENT') },
  { name: 'policies', of: readsPolicies },
  { name: 'hand-over', of: has('OPERATOR') },
];

/** Loaded when it is first looked at. */
const MODULES = {
  map: () => Promise.all([import('./view/map.js'), import('./view/list.js'), import('./view/incident.js')]),
  numbers: () => import('./view/numbers.js'),
  policies: () => import('./view/policies.js'),
  'hand-over': () => import('./view/hand-over.js'),
};

class Screen extends Element {
  static properties = { person: { state: true }, failure: { state: true }, isCalling: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.until(listen(window, 'signed-out', () => {
      this.person = null;
      this.live?.stop();
    }));
    this.until(listen(window, 'keydown', (event) => this.#key(event)));
    this.until(everySecond(() => this.#tick()));
    this.#begin();
  }

  async #begin() {
    try {
      this.person = await read('/v1/me');
    } catch (refused) {
      this.person = null;
      this.failure = refused instanceof Refused && refused.status !== 401 ? refused : undefined;
      return;
    }
    if (this.views().some((view) => view === 'map')) {
      this.live = new LiveIncidents().start();
      this.until(listen(this.live, 'change', () => this.requestUpdate()));
      this.until(listen(this.live, 'status', () => this.requestUpdate()));
      import('./view/alarm.js');
    }
    if (!this.views().includes(this.shown.view)) show({ view: this.views()[0] }, { replace: true });
    this.#load(shown().view);
  }

  views() {
    return VIEWS.filter((view) => this.person && view.of(this.person)).map((view) => view.name);
  }

  addressChanged(state) {
    this.#load(state.view);
  }

  async #load(view) {
    try {
      await MODULES[view]?.();
    } catch (failure) {
      this.failure = failure;
    }
  }

  /** Keys: 1–4 views, `/` search, `n` phone call, Esc closes what lies on top. Not while somebody writes. */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') {
      if (this.isCalling) this.isCalling = false;
      else if (!document.querySelector('dialog[open]') && this.shown.incident) show({ incident: null });
      return;
    }
    if (event.target.closest?.('input, textarea, select, [contenteditable]')) return;
    const view = this.views()[Number(event.key) - 1];
    if (view) show({ view });
    else if (event.key === 'n' && this.#mayCall()) this.#call();
    else if (event.key === '/') {
      event.preventDefault();
      this.querySelector('input[type=search]')?.focus();
    }
  }

  #mayCall() {
    return this.person?.roles.includes('OPERATOR');
  }

  async #call() {
    await import('./view/call.js');
    this.isCalling = true;
  }

  #tick() {
    const time = this.querySelector('#clock');
    if (time) time.textContent = clock(now());
  }

  async #signOut() {
    const answer = await send('POST', '/sign-out');
    location.assign(answer?.continueAt ?? '/');
  }

  render() {
    if (this.person === undefined && !this.failure) return html`<p class="whole" role="status">${word('common.wait')}</p>`;
    if (!this.person) return this.#signIn();
    return html`
      <header class="bar">
        <h1 class="brand"><img src="/page/look/icon.svg" alt="" width="26" height="26"><span>${word('common.name')}</span></h1>
        <p class="where" title=${this.person.roles.join(', ')}>${this.person.unit?.name ?? this.person.unit?.code ?? ''}</p>
        <nav aria-label=${word('screen.views')}>
          ${this.views().map((view, i) => html`
            <button type="button" class="tab" aria-current=${this.shown.view === view ? 'page' : nothing}
              aria-keyshortcuts=${i + 1} @click=${() => show({ view })}>${word(`view.${view}`)}</button>`)}
        </nav>
        ${this.live ? this.#open() : nothing}
        <span class="grow"></span>
        ${this.live ? html`<city-alarm .live=${this.live} .person=${this.person}></city-alarm>` : nothing}
        ${this.#mayCall() ? html`
          <button type="button" class="primary" aria-keyshortcuts="n" @click=${() => this.#call()}>${word('screen.call')}</button>` : nothing}
        ${this.live ? this.#line() : nothing}
        <time id="clock" class="clock" .textContent=${clock(now())}></time>
        <details class="menu">
          <summary aria-label=${word('screen.menu')}>${this.person.name}</summary>
          <div class="sheet">
            ${LANGUAGES.filter((other) => other !== language()).map((other) => html`
              <button type="button" lang=${other} @click=${() => speak(other)}>${other === 'en' ? 'English' : '中文'}</button>`)}
            <button type="button" @click=${() => { turnTheme(); this.requestUpdate(); }}>${word(`screen.theme.${theme()}`)}</button>
            <button type="button" @click=${() => this.#signOut()}>${word('screen.sign-out')}</button>
            <a href="/v3/api-docs">API</a>
          </div>
        </details>
      </header>
      ${this.live?.status === 'cut' ? html`<p class="cut" role="alert">${word('screen.cut', { at: clock(this.live.heardAt ?? now()) })}</p>` : nothing}
      ${this.failure ? html`<p class="cut" role="alert">${this.failure.message}</p>` : nothing}
      <main class="view-${this.shown.view}">${this.#view()}</main>
      ${this.isCalling ? html`<city-call .person=${this.person} @done=${() => { this.isCalling = false; }}></city-call>` : nothing}
    `;
  }

  #view() {
    switch (this.shown.view) {
      case 'numbers': return html`<city-numbers .person=${this.person}></city-numbers>`;
      case 'policies': return html`<city-policies .person=${this.person}></city-policies>`;
      case 'hand-over': return html`<city-hand-over .live=${this.live} .person=${this.person}></city-hand-over>`;
      default: return this.live ? html`
        <city-map .live=${this.live} .person=${this.person}></city-map>
        <city-list .live=${this.live} .person=${this.person}></city-list>
        ${this.shown.incident ? html`<city-incident .live=${this.live} .person=${this.person} .incidentId=${this.shown.incident}></city-incident>` : nothing}`
        : nothing;
    }
  }

  /** How much is open, by level: a press shows only that. */
  #open() {
    const counts = Object.fromEntries(LEVELS.map((level) => [level, 0]));
    let everyday = 0;
    let overdue = 0;
    const at = now();
    for (const incident of this.live.incidents.values()) {
      if (incident.level) counts[incident.level]++;
      else everyday++;
      if (incident.dueAt && Date.parse(incident.dueAt) < at) overdue++;
    }
    const chosen = this.shown.level;
    return html`
      <div class="counts" role="group" aria-label=${word('screen.open')}>
        ${LEVELS.map((level) => html`
          <button type="button" class="count level-${level}" aria-pressed=${chosen.includes(level)} title=${word(`level.${level}`)}
            @click=${() => show({ view: 'map', level: chosen.includes(level) ? [] : [level], due: null })}>
            <b>${level}</b> ${number(counts[level])}</button>`)}
        <button type="button" class="count everyday" aria-pressed=${chosen.includes('everyday')} title=${word('level.everyday')}
          @click=${() => show({ view: 'map', level: chosen.includes('everyday') ? [] : ['everyday'], due: null })}>
          <b>${word('screen.everyday')}</b> ${number(everyday)}</button>
        <button type="button" class="count overdue" aria-pressed=${this.shown.due === 'over'}
          @click=${() => show({ view: 'map', due: this.shown.due === 'over' ? null : 'over', level: [] })}>
          <b>${word('screen.overdue')}</b> ${number(overdue)}</button>
      </div>`;
  }

  #line() {
    const { status } = this.live;
    return html`<span class="line ${status}" role="status">${word(`screen.line.${status}`)}</span>`;
  }

  #signIn() {
    const isFailed = new URLSearchParams(location.search).get('signedIn') === 'no';
    return html`
      <main class="whole welcome">
        <img src="/page/look/icon.svg" alt="" width="96" height="96">
        <h1>${word('common.name')}</h1>
        <p role="status">${this.failure ? word('screen.unreachable', { why: this.failure.message }) : word(isFailed ? 'screen.sign-in-failed' : 'screen.sign-in-first')}</p>
        <a class="primary button" id="sign-in" href="/oauth2/authorization/city-brain">${word('screen.sign-in')}</a>
        <p>${LANGUAGES.filter((other) => other !== language()).map((other) => html`
          <button type="button" lang=${other} @click=${() => speak(other)}>${other === 'en' ? 'English' : '中文'}</button>`)}</p>
      </main>`;
  }
}

/** Signing in always ends here: whoever began it on the worker's page goes on there. */
const GOES_ON = 'city-brain.goes-on';
if (sessionStorage.getItem(GOES_ON) === '/worker') {
  sessionStorage.removeItem(GOES_ON);
  location.replace('/worker');
  // This page is left: nothing of it begins.
  await new Promise(() => {});
}

await loadWords();
customElements.define('city-screen', Screen);
