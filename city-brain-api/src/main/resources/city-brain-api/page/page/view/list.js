/**
 * `<city-list .live .person>`: what is open, the most urgent first, and the search. It shows `live.incidents` as far as the address lets
 * them pass (lib/filter.js); only the rows in view are drawn, however many there are. Rows keep their place while somebody points at the
 * list or walks in it by keys.
 */
import { Element, html, listen, nothing, repeat } from '../lib/element.js';
import { now } from '../lib/api.js';
import { show } from '../lib/address.js';
import { FILTERS, shownIncidents } from '../lib/filter.js';
import { everySecond } from '../lib/time.js';
import { onTypeNames } from '../lib/types.js';
import { onUnitNames } from '../lib/unit-names.js';
import { number, word } from '../lib/words.js';
import { sayRefused } from '../lib/refusals.js';
import { chips, choices } from '../list/chips.js';
import { FindIncidents } from '../list/found.js';
import { sorted } from '../list/order.js';
import { row } from '../list/row.js';

/** Sorting 20,000 takes a moment: often enough for 'within a second', seldom enough to leave the page its frames. */
const SORT_AGAIN_MILLIS = 400;
/** Time passes, so the order changes where nothing else does. */
const SORT_ANYWAY_SECONDS = 10;
/** A pointer that was left lying on the list does not hold it for ever. */
const HELD_MILLIS = 30_000;
const BEYOND = 6;

class List extends Element {
  static properties = { live: { attribute: false }, person: { attribute: false } };

  #ids = [];
  #kept = new Map();
  #fresh = 0;
  #types = new Map();
  #found = new FindIncidents(() => this.#sort());
  #height = 78;
  #first = 0;
  #last = 40;
  #focused = null;
  #lastMove = 0;
  #isInside = false;
  #timer = null;
  #ticks = 0;

  connectedCallback() {
    super.connectedCallback();
    if (this.hasUpdated) this.#follow();
  }

  /** What the list shows is known from its first update on, not when it joins the page. */
  willUpdate() {
    if (!this.hasUpdated) this.#follow();
  }

  #follow() {
    this.until(listen(this.live, 'change', () => this.#soon()));
    this.until(onTypeNames(() => this.requestUpdate()));
    this.until(onUnitNames(() => this.requestUpdate()));
    this.until(everySecond(() => this.#tick()));
    this.until(listen(window, 'resize', () => this.#scrolled()));
    for (const name of ['pointermove', 'pointerdown', 'wheel', 'keydown']) this.until(listen(this, name, () => this.#touched()));
    this.until(listen(this, 'pointerleave', () => { this.#isInside = false; this.#soon(); }));
    this.#found.look(this.shown);
    this.#sort();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  addressChanged(state, before) {
    if (FILTERS.some((name) => String(state[name] ?? '') !== String(before[name] ?? ''))) {
      this.#found.look(state);
      this.#sort();
      const body = this.querySelector('.list-body');
      if (body) body.scrollTop = 0;
    }
  }

  #touched() {
    this.#isInside = true;
    this.#lastMove = Date.now();
  }

  #isHeld() {
    return this.#isInside && this.#ids.length > 0 && Date.now() - this.#lastMove < HELD_MILLIS;
  }

  #tick() {
    if (this.#isInside && !this.#isHeld()) {
      this.#isInside = false;
      this.#soon();
    } else if (++this.#ticks % SORT_ANYWAY_SECONDS === 0) this.#soon();
  }

  #soon() {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      if (this.#isHeld()) this.#hold();
      else this.#sort();
    }, SORT_AGAIN_MILLIS);
  }

  /** What is open and passes the address: with words of the search, what has them in its number or was found by the server. */
  #shown(at) {
    const text = this.shown.q?.trim();
    const passing = shownIncidents(this.live, { ...this.shown, q: '' }, at);
    if (!text) return passing;
    const found = new Set(this.#found.items?.map((incident) => incident.id));
    return passing.filter((incident) => incident.number.includes(text) || found.has(incident.id));
  }

  #sort() {
    const at = now();
    const shown = sorted(this.#shown(at), at);
    this.#ids = shown.map((incident) => incident.id);
    this.#kept = new Map(shown.map((incident) => [incident.id, incident]));
    this.#fresh = 0;
    this.#types = new Map();
    for (const { type } of this.live.incidents.values()) this.#types.set(type, (this.#types.get(type) ?? 0) + 1);
    this.requestUpdate();
  }

  /** Rows stay where they are and show what they are now; what is new is only counted. */
  #hold() {
    let fresh = 0;
    for (const incident of this.#shown(now())) if (!this.#kept.has(incident.id)) fresh++;
    this.#fresh = fresh;
    this.requestUpdate();
  }

  #release() {
    this.#isInside = false;
    this.#sort();
    this.querySelector('.list-body').scrollTop = 0;
  }

  #scrolled() {
    const body = this.querySelector('.list-body');
    if (!body) return;
    const first = Math.max(0, Math.floor(body.scrollTop / this.#height) - BEYOND);
    const last = Math.ceil((body.scrollTop + body.clientHeight) / this.#height) + BEYOND;
    if (first === this.#first && last === this.#last) return;
    this.#first = first;
    this.#last = last;
    this.requestUpdate();
  }

  updated() {
    const drawn = this.querySelector('.rows .incident');
    if (drawn?.offsetHeight && Math.abs(drawn.parentElement.offsetHeight - this.#height) > 0.5) {
      this.#height = drawn.parentElement.offsetHeight;
    }
    const end = Math.min(this.#last, this.#ids.length);
    const first = Math.min(this.#first, end);
    const [above, below] = this.querySelectorAll('.space');
    if (above) {
      above.style.height = `${first * this.#height}px`;
      below.style.height = `${(this.#ids.length - end) * this.#height}px`;
    }
    this.#scrolled();
  }

  #keyed(event) {
    if (event.key === 'ArrowRight') return document.querySelector('city-incident [data-test="primary-action"]')?.focus();
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -Infinity, End: Infinity };
    const step = steps[event.key];
    if (step === undefined || !this.#ids.length) return;
    event.preventDefault();
    const from = this.#ids.indexOf(event.target.closest('[data-id]')?.dataset.id);
    const to = Math.max(0, Math.min(this.#ids.length - 1, (from < 0 ? -1 : from) + step));
    this.#focus(to);
  }

  async #focus(index) {
    const body = this.querySelector('.list-body');
    this.#focused = this.#ids[index];
    const top = index * this.#height;
    if (top < body.scrollTop) body.scrollTop = top;
    else if (top + this.#height > body.scrollTop + body.clientHeight) body.scrollTop = top + this.#height - body.clientHeight;
    this.#scrolled();
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector(`.rows [data-id="${CSS.escape(this.#focused)}"]`)?.focus({ preventScroll: true });
  }

  #type(event) {
    show({ q: event.target.value }, { replace: true });
  }

  render() {
    const total = this.live.incidents.size;
    return html`
      <div class="list-head">
        <search class="row">
          <input type="search" class="grow" .value=${this.shown.q ?? ''} placeholder=${word('list.search')} aria-label=${word('list.search')}
            aria-keyshortcuts="/" maxlength="100" data-test="search" @input=${this.#type}
            @keydown=${(event) => event.key === 'ArrowDown' && this.#ids.length && (event.preventDefault(), this.#focus(0))}>
        </search>
        <details class="choices"><summary>${word('list.filters')}</summary><div class="stack">${choices(this.shown, this.#types)}</div></details>
        ${chips(this.shown)}
        <p class="soft" role="status">${this.#ids.length === total
          ? word('list.count', { count: number(total) })
          : word('list.count-of', { count: number(this.#ids.length), total: number(total) })}
          ${this.live.truncated ? html`<span class="warned">${word('list.truncated')}</span>` : nothing}</p>
        ${this.#fresh ? html`
          <button type="button" class="fresh" data-test="fresh" @click=${() => this.#release()}>↑ ${word('list.fresh', { count: number(this.#fresh) })}</button>` : nothing}
      </div>
      <div class="list-body" tabindex="-1" @scroll=${() => this.#scrolled()}>${this.#rows()}${this.#section()}</div>`;
  }

  #rows() {
    const end = Math.min(this.#last, this.#ids.length);
    const first = Math.min(this.#first, end);
    if (!this.#ids.length) {
      return html`<p class="empty" data-test="list-empty">${word(!this.live.isRead ? 'common.wait' : this.#found.isLooking ? 'list.looking' : this.live.incidents.size ? 'list.none-of-these' : 'list.none')}</p>`;
    }
    const ids = this.#ids.slice(first, end);
    const stop = this.#focused && ids.includes(this.#focused) ? this.#focused : ids[0];
    return html`
      <div class="space" aria-hidden="true"></div>
      <ul class="rows" aria-label=${word('screen.open')} @keydown=${this.#keyed}>
        ${repeat(ids, (id) => id, (id, i) => this.#row(id, first + i, id === stop))}
      </ul>
      <div class="space" aria-hidden="true"></div>`;
  }

  #row(id, index, isStop) {
    const incident = this.live.incidents.get(id);
    if (incident) this.#kept.set(id, incident);
    return html`<li aria-setsize=${this.#ids.length} aria-posinset=${index + 1}>${row(incident ?? this.#kept.get(id), {
      isChosen: this.shown.incident === id,
      isGone: !incident,
      tabindex: isStop ? 0 : -1,
      open: () => this.#open(id),
    })}</li>`;
  }

  #open(id) {
    this.#focused = id;
    show({ incident: id });
  }

  /** What the server found and the list above does not show. */
  #section() {
    if (!this.shown.q?.trim()) return nothing;
    const found = this.#found;
    const items = (found.items ?? []).filter((incident) => !this.#kept.has(incident.id));
    return html`
      <section class="found" aria-label=${word('list.found')}>
        <h2>${word('list.found')}</h2>
        ${found.isLooking && this.#ids.length ? html`<p class="soft" role="status">${word('list.looking')}</p>` : nothing}
        ${found.refused ? html`<p class="refused" role="alert">${sayRefused(found.refused)}</p>` : nothing}
        ${!found.isLooking && !found.refused && !items.length ? html`<p class="empty">${word('list.found-none')}</p>` : nothing}
        <ul class="rows">${items.map((incident) => html`<li>${row(this.live.incidents.get(incident.id) ?? incident, {
          isChosen: this.shown.incident === incident.id,
          open: () => show({ incident: incident.id }),
        })}</li>`)}</ul>
        ${found.more ? html`<p class="soft">${word('list.found-more')}</p>` : nothing}
      </section>`;
  }
}

customElements.define('city-list', List);
