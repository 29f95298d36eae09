/** `<city-map-tip>`: what lies under the pointer, and, where several incidents lie on one point, the list to choose from. */
import { Element, html, nothing } from '../lib/element.js';
import { show } from '../lib/address.js';
import '../lib/due.js';
import { onTypeNames, typeName } from '../lib/types.js';
import { number, word, wordOr } from '../lib/words.js';
import { RANKS } from '../map/clusters.js';

const MOST_CHOICES = 100;

class MapTip extends Element {
  static properties = { tip: { attribute: false }, choice: { attribute: false } };

  connectedCallback() {
    super.connectedCallback();
    this.until(onTypeNames(() => this.requestUpdate()));
  }

  updated() {
    const box = this.querySelector('.tip, .choice');
    if (!box) return;
    const { pixel } = this.choice ?? this.tip;
    const [width, height] = [this.parentElement.clientWidth, this.parentElement.clientHeight];
    box.style.left = `${Math.max(8, Math.min(pixel[0] + 16, width - box.offsetWidth - 8))}px`;
    box.style.top = `${Math.max(8, Math.min(pixel[1] + 16, height - box.offsetHeight - 8))}px`;
    if (this.choice && !box.contains(document.activeElement)) box.querySelector('button')?.focus();
  }

  render() {
    if (this.choice) return this.#choice();
    if (!this.tip) return nothing;
    const { mark, grid, places } = this.tip;
    if (grid) return html`<div class="tip">${roster(grid)}</div>`;
    if (!mark) return html`<div class="tip">${places.slice(0, 6).map(({ name, kind, layer }) => html`<p>${name ?? kind} <span class="soft">${wordOr(`place.${kind}`, wordOr(`device.${kind}`, word(`map.layer.${layer}`)))}</span></p>`)}</div>`;
    return mark.count === 1 ? html`<div class="tip">${one(mark.points[0])}</div>` : html`<div class="tip">${several(mark)}</div>`;
  }

  #choice() {
    const { points } = this.choice;
    const done = () => this.dispatchEvent(new Event('done'));
    return html`
      <div class="choice" role="dialog" aria-label=${word('map.choose', { count: points.length })} @keydown=${(event) => event.key === 'Escape' && (event.stopPropagation(), done())}>
        <header><b>${word('map.choose', { count: number(points.length) })}</b>
          <button type="button" class="plain" aria-label=${word('common.close')} @click=${done}>×</button></header>
        <ul>${points.slice(0, MOST_CHOICES).map((point) => html`
          <li><button type="button" @click=${() => { done(); show({ incident: point.id }); }}>${one(point)}</button></li>`)}</ul>
      </div>`;
  }
}

const roster = ({ name, onDuty }) => html`
  <p><b>${name}</b> <span class=${onDuty.length ? 'soft' : 'late'}>${word('map.on-duty', { count: number(onDuty.length) })}</span></p>
  ${onDuty.slice(0, 8).map(({ account, shiftStarts, shiftEnds }) => html`<p>${account} <span class="soft number">${shiftStarts.slice(0, 5)}–${shiftEnds.slice(0, 5)}</span></p>`)}`;

const badge = (rank) => html`<b class="level ${rank < 4 ? `level-${RANKS[rank]}` : 'everyday'}">${rank < 4 ? RANKS[rank] : word('screen.everyday')}</b>`;

const one = ({ rank, incident }) => html`
  <span class="what">${badge(rank)} <b>${typeName(incident.type)}</b></span>
  <span class="what soft"><span class="number">${incident.number}</span>
    ${incident.peopleAffected ? html`<span>${word('common.people', { count: number(incident.peopleAffected) })}</span>` : nothing}
    ${incident.dueAt ? html`<city-due .from=${incident.dueFrom} .due=${incident.dueAt}></city-due>` : nothing}</span>`;

function several({ count, overdue, points }) {
  const counts = RANKS.map((_, rank) => points.filter((point) => point.rank === rank).length);
  return html`
    <p><b>${word('map.several', { count: number(count) })}</b>${overdue ? html` <span class="late">◆ ${word('screen.overdue')} ${number(overdue)}</span>` : nothing}</p>
    <p class="what">${counts.map((of, rank) => (of ? html`<span>${badge(rank)} ${number(of)}</span>` : nothing))}</p>`;
}

customElements.define('city-map-tip', MapTip);
