/**
 * `<city-map-unit>`: where one is in the city, from the city down to the unit that is chosen (or the person's own), and its card: people, what
 * is open and overdue, and the units below it as buttons, those with the gravest first. The way through the city without the map.
 * From `/v1/units/{code}`, `…/chain` and `…/children`; the counts are those of the live incidents.
 */
import { Element, html, listen, nothing, repeat } from '../lib/element.js';
import { now, read } from '../lib/api.js';
import { show } from '../lib/address.js';
import { isOverdue, liesIn } from '../lib/filter.js';
import { everySecond } from '../lib/time.js';
import { number, word } from '../lib/words.js';
import { RANKS } from '../map/clusters.js';

const COUNT_MILLIS = 1000;
const MOST_CHILDREN = 1000;
const KEPT = 'city-brain.unit-card';

class MapUnit extends Element {
  static properties = {
    live: { attribute: false },
    person: { attribute: false },
    unit: { state: true },
    isOpen: { state: true },
  };

  #timer = null;

  connectedCallback() {
    super.connectedCallback();
    this.isOpen = (sessionStorage.getItem(KEPT) ?? 'no') === 'yes';
    this.until(() => clearTimeout(this.#timer));
  }

  firstUpdated() {
    this.until(listen(this.live, 'change', () => this.#countSoon()));
    this.until(everySecond((at) => Math.floor(at / 1000) % 10 === 0 && this.#countSoon()));
    this.#read();
  }

  addressChanged(state, before) {
    if (state.unit !== before.unit) this.#read();
  }

  /** Whoever has no unit of their own looks at the city. */
  #code() {
    return this.shown.unit ?? this.person.unit?.code ?? this.city;
  }

  async #read() {
    if (!this.#code()) this.city = (await read('/v1/units', { tier: 'CITY' })).items[0]?.code;
    const code = this.#code();
    if (!code) return;
    try {
      const [unit, { chain }, children] = await Promise.all([
        read(`/v1/units/${code}`),
        read(`/v1/units/${code}/chain`),
        read(`/v1/units/${code}/children`, { limit: MOST_CHILDREN }),
      ]);
      if (code === this.#code()) this.unit = { ...unit, chain, children: children.items };
    } catch (refused) {
      if (code === this.#code()) this.unit = { code, name: code, chain: [], children: [], refused };
    }
  }

  #countSoon() {
    if (this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.requestUpdate();
    }, COUNT_MILLIS);
  }

  #turn() {
    this.isOpen = !this.isOpen;
    sessionStorage.setItem(KEPT, this.isOpen ? 'yes' : 'no');
  }

  #go(code) {
    show({ unit: code === this.person.unit?.code ? null : code });
  }

  render() {
    if (!this.unit) return nothing;
    const own = this.person.unit?.code ?? '';
    const { chain, refused } = this.unit;
    return html`
      <nav class="crumbs" aria-label=${word('map.where')}>
        <ol>${chain.map((link, i) => html`<li>${
          i === chain.length - 1 ? html`<b aria-current="location">${link.name}</b>`
            : link.code.startsWith(own) ? html`<button type="button" class="plain" @click=${() => this.#go(link.code)}>${link.name}</button>`
              : html`<span class="soft">${link.name}</span>`}</li>`)}
        </ol>
        <button type="button" class="plain turn" aria-expanded=${this.isOpen} aria-controls="unit-card" @click=${() => this.#turn()}>
          ${word(this.isOpen ? 'map.card-less' : 'map.card-more')}</button>
      </nav>
      ${refused ? html`<p class="refused">${refused.message}</p>` : nothing}
      ${this.isOpen && !refused ? this.#card() : nothing}`;
  }

  #card() {
    const { code, population, areaSquareKilometers, children } = this.unit;
    const counts = this.#count(code, children[0]?.code.length);
    const below = children
      .map((child) => ({ ...child, ...(counts.below.get(child.code) ?? { open: 0, overdue: 0, rank: 9 }) }))
      .sort((a, b) => a.rank - b.rank || b.open - a.open || a.code.localeCompare(b.code));
    return html`
      <section class="unit-card" id="unit-card">
        <dl>
          <div><dt>${word('map.unit.open')}</dt><dd>${number(counts.open)}</dd></div>
          <div><dt>${word('map.unit.overdue')}</dt><dd class=${counts.overdue ? 'late' : ''}>${number(counts.overdue)}</dd></div>
          <div><dt>${word('map.unit.people')}</dt><dd>${number(population, { notation: 'compact', maximumFractionDigits: 1 })}</dd></div>
          <div><dt>${word('map.unit.area')}</dt><dd>${number(areaSquareKilometers, { maximumSignificantDigits: 3 })} km²</dd></div>
        </dl>
        ${below.length ? html`
          <h3>${word('map.unit.below', { count: number(below.length) })}</h3>
          <ul>${repeat(below, (child) => child.code, (child) => html`
            <li><button type="button" @click=${() => this.#go(child.code)}>
              ${child.rank < 4 ? html`<b class="level level-${RANKS[child.rank]}">${RANKS[child.rank]}</b>` : html`<b class="level none" aria-hidden="true"></b>`}
              <span class="name">${child.name}</span>
              ${child.overdue ? html`<span class="late number" title=${word('map.unit.overdue')}>◆ ${number(child.overdue)}</span>` : nothing}
              <span class="number" title=${word('map.unit.open')}>${number(child.open)}</span>
            </button></li>`)}
          </ul>` : nothing}
      </section>`;
  }

  #count(code, digits) {
    const at = now();
    const found = { open: 0, overdue: 0, below: new Map() };
    for (const incident of this.live.incidents.values()) {
      if (!liesIn(incident, code)) continue;
      const isLate = isOverdue(incident, at);
      found.open++;
      if (isLate) found.overdue++;
      const child = digits && incident.gridCode?.slice(0, digits);
      if (!child) continue;
      const count = found.below.get(child) ?? { open: 0, overdue: 0, rank: 9 };
      count.open++;
      if (isLate) count.overdue++;
      count.rank = Math.min(count.rank, RANKS.indexOf(incident.level ?? 'everyday'));
      found.below.set(child, count);
    }
    return found;
  }
}

customElements.define('city-map-unit', MapUnit);
