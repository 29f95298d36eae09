/**
 * `<city-alarm .live .person>`: the bell in the bar: how much rings, what it is, and how to silence it. It is heard (alarm/sound.js), shown,
 * and, where somebody wants it, told as a desktop notice.
 */
import { Element, html, listen, nothing } from '../lib/element.js';
import { now, read } from '../lib/api.js';
import { show } from '../lib/address.js';
import { sayRefused } from '../lib/refusals.js';
import { clock, everySecond, short } from '../lib/time.js';
import { onTypeNames, typeName } from '../lib/types.js';
import { number, word, wordOr } from '../lib/words.js';
import '../lib/due.js';
import { Notices } from '../alarm/notices.js';
import { rings } from '../alarm/rings.js';
import { isSilenced, keepSilent, silence, silentUntil, wantSound, wantsSound } from '../alarm/silence.js';
import { hear, isHeard, onHeard, play } from '../alarm/sound.js';

const TASKS_AGAIN_MILLIS = 3000;
/** How often it sounds again, by what rings loudest. */
const EVERY_SECONDS = { grave: 4, own: 15 };
const MOST_TASKS = 200;
const MOST_SHOWN = 40;
/** Of what begins to ring at the same moment. */
const MOST_TOLD = 3;
const TOAST_MILLIS = 12_000;
const DESKTOP = 'city-brain.desktop-notices';

class Alarm extends Element {
  static properties = { live: { attribute: false }, person: { attribute: false }, rings: { state: true }, isOpen: { state: true }, toast: { state: true }, failure: { state: true } };

  #tasks = [];
  #hasMore = false;
  #timer = null;
  #seconds = 0;
  #known = null;
  #notices = new Notices(() => this.requestUpdate());

  constructor() {
    super();
    this.rings = [];
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.hasUpdated) this.#follow();
  }

  firstUpdated() {
    this.#follow();
  }

  #follow() {
    this.until(listen(this.live, 'change', () => this.#soon()));
    this.until(everySecond(() => this.#tick()));
    this.until(onHeard(() => this.requestUpdate()));
    this.until(onTypeNames(() => this.requestUpdate()));
    this.until(this.#notices.start(this.live, this.person, (notice) => this.#came(notice)));
    this.until(listen(document, 'visibilitychange', () => this.#confirm()));
    // Any press on the page lets the browser make a sound.
    for (const name of ['pointerdown', 'keydown']) this.until(listen(window, name, () => wantsSound() && !isHeard() && hear()));
    this.until(listen(window, 'pointerdown', (event) => { if (this.isOpen && !this.contains(event.target)) this.isOpen = false; }));
    this.#soon(0);
  }

  #soon(after = TASKS_AGAIN_MILLIS) {
    this.#timer ??= setTimeout(async () => {
      try {
        const page = await read('/v1/tasks', { mine: true, status: 'DISPATCHED', limit: MOST_TASKS });
        this.#tasks = page.items;
        this.#hasMore = Boolean(page.nextCursor);
      } catch (refused) {
        // Asked for again with the next change; what is known rings on.
      }
      this.#timer = null;
      this.#look();
    }, after);
  }

  #look() {
    const found = rings(this.live.incidents.values(), this.#tasks, now());
    const keys = new Set(found.map((ring) => ring.key));
    const fresh = this.live.isRead ? found.filter((ring) => !isSilenced(ring.key) && !this.#known?.has(ring.key)) : [];
    // What rang when the page was opened is heard and listed, but not told one by one. What is new comes before what is late.
    if (this.#known) for (const ring of fresh.toSorted((a, b) => (b.cause === 'grave') - (a.cause === 'grave')).slice(0, MOST_TOLD)) this.#tell(word(`alarm.cause.${ring.cause}`), this.#what(ring), ring.key, ring.incidentId);
    if (this.live.isRead) this.#known = keys;
    this.rings = found;
  }

  #loud() {
    return this.rings.filter((ring) => !isSilenced(ring.key));
  }

  #tick() {
    if (++this.#seconds % 60 === 0) this.#soon();
    if (this.#seconds % 5 === 0) this.#look();
    const loud = this.#loud();
    if (!loud.length || silentUntil() || !wantsSound()) return;
    const name = loud.some((ring) => ring.level === 'I' || ring.level === 'II') ? 'grave' : 'own';
    if (this.#seconds % EVERY_SECONDS[name] === 0) play(name);
  }

  #what(ring) {
    return [ring.level, typeName(ring.type), ring.number].filter(Boolean).join(' · ');
  }

  #came(notice) {
    const text = `${typeName(notice.content?.incident?.type ?? '')} ${notice.content?.incident?.number ?? ''}`.trim();
    this.toast = notice;
    setTimeout(() => { if (this.toast === notice) this.toast = null; }, TOAST_MILLIS);
    if (!silentUntil() && wantsSound()) play('notice');
    this.#tell(wordOr(`notice.${notice.event}`, notice.event), text, notice.id, notice.incidentId);
  }

  updated() {
    this.#confirm();
  }

  /** A notice that lies on a page that nobody sees was not shown yet. */
  #confirm() {
    if (!document.hidden && (this.toast || this.isOpen)) this.#notices.confirm();
  }

  #tell(title, body, tag, incidentId) {
    if (isLookedAt() || localStorage.getItem(DESKTOP) !== 'yes' || globalThis.Notification?.permission !== 'granted') return;
    const notice = new Notification(title, { body, tag });
    notice.onclick = () => {
      window.focus();
      show({ view: 'map', incident: incidentId });
      notice.close();
    };
  }

  async #desktop(isWanted) {
    const granted = isWanted && (await Notification.requestPermission()) === 'granted';
    localStorage.setItem(DESKTOP, granted ? 'yes' : 'no');
    this.requestUpdate();
  }

  async #subscribe(isWanted) {
    try {
      this.failure = null;
      await (isWanted ? this.#notices.subscribe() : this.#notices.unsubscribe());
    } catch (refused) {
      this.failure = refused;
    }
  }

  #sound(isWanted) {
    wantSound(isWanted);
    if (isWanted) hear();
    this.requestUpdate();
  }

  #quiet(isSilent) {
    keepSilent(isSilent);
    this.requestUpdate();
  }

  async #silence(some) {
    silence(some.map((ring) => ring.key));
    this.requestUpdate();
    await this.updateComplete;
    // The button that was pressed is gone: the keyboard goes on at the bell, and Escape closes the sheet.
    if (!this.contains(document.activeElement)) this.querySelector('.bell > button').focus();
  }

  #go(incidentId) {
    this.isOpen = false;
    show({ view: 'map', incident: incidentId });
  }

  render() {
    const loud = this.#loud();
    const until = silentUntil();
    const isDeaf = loud.length > 0 && wantsSound() && !isHeard() && !until;
    return html`
      <div class="bell" @keydown=${(event) => { if (event.key === 'Escape' && this.isOpen) { event.stopPropagation(); this.isOpen = false; } }}>
        <button type="button" class="ring ${loud.length && !until ? 'ringing' : ''}" data-test="alarm" data-ringing=${loud.length} aria-expanded=${this.isOpen ? 'true' : 'false'}
          @click=${() => { this.isOpen = !this.isOpen; }}>${until || !wantsSound() ? word('alarm.muted') : word('alarm.bell')} <b class="number">${number(loud.length)}${this.#hasMore && loud.length ? '+' : ''}</b></button>
        <span class="visually-hidden" role="status">${loud.length ? word('alarm.count', { count: number(loud.length) }) : ''}</span>
        ${this.isOpen ? this.#sheet(loud, until) : nothing}
      </div>
      ${isDeaf ? html`<button type="button" class="hear" data-test="alarm-hear" @click=${() => this.#sound(true)}>${word('alarm.hear', { count: number(loud.length) })}</button>` : nothing}
      ${this.toast ? html`
        <div class="toast" role="status" data-test="notice">
          <button type="button" class="plain" @click=${() => this.#go(this.toast.incidentId)}>${this.#notice(this.toast)}</button>
          <button type="button" class="plain" aria-label=${word('common.close')} @click=${() => { this.toast = null; }}>✕</button></div>` : nothing}`;
  }

  #notice(notice) {
    const { incident = {} } = notice.content ?? {};
    return html`<b>${wordOr(`notice.${notice.event}`, notice.event)}</b> ${incident.level ? html`<span class="level level-${incident.level}">${incident.level}</span>` : nothing}
      ${incident.type ? typeName(incident.type) : ''} <span class="number soft">${incident.number ?? ''} ${short(notice.happenedAt)}</span>`;
  }

  #sheet(loud, until) {
    const isDesktop = localStorage.getItem(DESKTOP) === 'yes' && globalThis.Notification?.permission === 'granted';
    const { subscription, items } = this.#notices;
    return html`
      <div class="sheet" role="dialog" aria-label=${word('alarm.title')}>
        <div class="row">
          <h2 class="grow">${word('alarm.title')}</h2>
          ${until
            ? html`<button type="button" data-test="alarm-loud" @click=${() => this.#quiet(false)}>${word('alarm.loud-again', { at: clock(until) })}</button>`
            : html`<button type="button" data-test="alarm-quiet" @click=${() => this.#quiet(true)}>${word('alarm.quiet')}</button>`}
          ${loud.length ? html`<button type="button" data-test="alarm-silence-all" @click=${() => this.#silence(loud)}>${word('alarm.silence-all')}</button>` : nothing}
        </div>
        ${this.rings.length ? html`<ul class="ringers">${this.rings.slice(0, MOST_SHOWN).map((ring) => this.#ring(ring))}</ul>` : html`<p class="empty">${word('alarm.nothing')}</p>`}
        ${this.rings.length > MOST_SHOWN ? html`<p class="soft">${word('alarm.more', { count: number(this.rings.length - MOST_SHOWN) })}</p>` : nothing}
        ${items.length ? html`<h3>${word('alarm.notices')}</h3><ul class="ringers">${items.map((notice) => html`<li data-test="notice-row"><button type="button" class="plain what" @click=${() => this.#go(notice.incidentId)}>${this.#notice(notice)}</button></li>`)}</ul>` : nothing}
        <fieldset class="stack"><legend>${word('alarm.settings')}</legend>
          <label class="choice"><input type="checkbox" data-test="alarm-sound" .checked=${wantsSound()} @change=${(event) => this.#sound(event.target.checked)}> ${word('alarm.sound')}</label>
          ${wantsSound() && !isHeard() ? html`<p class="soft">${word('alarm.hear-why')}</p>` : nothing}
          ${globalThis.Notification ? html`<label class="choice"><input type="checkbox" data-test="alarm-desktop" .checked=${isDesktop} ?disabled=${Notification.permission === 'denied'} @change=${(event) => this.#desktop(event.target.checked)}> ${word(Notification.permission === 'denied' ? 'alarm.desktop-denied' : 'alarm.desktop')}</label>` : nothing}
          ${subscription === undefined ? nothing : html`<label class="choice"><input type="checkbox" data-test="alarm-subscribe" .checked=${subscription !== null} @change=${(event) => this.#subscribe(event.target.checked)}> ${word(this.person.roles.includes('OPERATOR') ? 'alarm.subscribe-grave' : 'alarm.subscribe-all')}</label>
            <p class="soft">${word('alarm.subscribe-why')}</p>`}
          ${this.failure ? html`<p class="refused" role="alert">${sayRefused(this.failure)}</p>` : nothing}
        </fieldset>
      </div>`;
  }

  #ring(ring) {
    const isQuiet = isSilenced(ring.key);
    return html`
      <li class=${isQuiet ? 'quiet' : ''} data-test="ring" data-cause=${ring.cause} data-number=${ring.number}>
        <button type="button" class="plain what" @click=${() => this.#go(ring.incidentId)}>
          <span class="level ${ring.level ? `level-${ring.level}` : 'everyday'}">${ring.level ?? '–'}</span>
          <b>${typeName(ring.type)}</b> ${ring.cause === 'late' ? nothing : html`<span>${word(`alarm.cause.${ring.cause}`)}</span>`}
          ${ring.due ? html`<city-due .from=${ring.from} .due=${ring.due}></city-due>` : nothing} <span class="number soft">${ring.number}</span></button>
        ${isQuiet ? html`<span class="soft">${word('alarm.silenced')}</span>` : html`<button type="button" class="small" data-test="ring-silence" @click=${() => this.#silence([ring])}>${word('alarm.silence')}</button>`}
      </li>`;
  }
}

/** Whoever works in another window sees this one perhaps, but does not look at it. */
const isLookedAt = () => !document.hidden && document.hasFocus();

customElements.define('city-alarm', Alarm);
