/** One summons of a department (吹哨报到): when it is due, whether it is there, and what the reader may press on it. Event `pressed` with the command. */
import { html, nothing } from '../lib/element.js';
import { now } from '../lib/api.js';
import { everySecond, light, short, span } from '../lib/time.js';
import { number, word } from '../lib/words.js';
import { PocketElement } from './pocket-element.js';
import { expectedCheckIn } from './summons.js';

class WorkerCheckIn extends PocketElement {
  /** `without`: the press that stands elsewhere, as what comes next. */
  static properties = { checkIn: { attribute: false }, without: {} };

  connectedCallback() {
    super.connectedCallback();
    this.until(everySecond(() => this.checkIn.status === 'SUMMONED' && this.requestUpdate()));
  }

  render() {
    const { department, whistledAt, whistledUnit, reason, status, arrival, service, rating, allowed } = expectedCheckIn(this.checkIn, this.pocket);
    const offered = allowed.filter((name) => name !== this.without);
    return html`
      <section class="worker-summons" data-test="check-in" data-status=${status}>
        <h2>${word('worker.check-in.of', { department: department.name })}</h2>
        <p>${status === 'SUMMONED' ? summonsDue(this.checkIn)
          : html`<b>${word(`worker.check-in.${status}`)}</b>`}</p>
        <p class="soft">${whistledUnit?.name ?? ''} ${short(whistledAt)}${word('worker.colon')}${reason}</p>
        ${arrival ? html`<p>${word(arrival.late ? 'worker.check-in.came-late' : 'worker.check-in.came', { at: short(arrival.at) })}${arrival.outsideSurroundings ? html` <span class="worker-flag">${word('worker.check-in.outside', { meters: number(Math.round(arrival.metersAway)) })}</span>` : nothing}</p>` : nothing}
        ${service ? html`<p>${word('worker.check-in.served')}${word('worker.colon')}${service.text}</p>` : nothing}
        ${rating ? html`<p>${word(`worker.rate.${rating.rating}`)}${word('worker.colon')}${rating.reason}</p>` : nothing}
        ${offered.length ? html`<div class="worker-others">${offered.map((name) => html`
          <button type="button" data-test=${`press-${name}`} @click=${() => this.dispatchEvent(new CustomEvent('pressed', { detail: name }))}>${word(`worker.act.${name}`)}</button>`)}</div>` : nothing}
      </section>`;
  }
}

export function summonsDue({ whistledAt, dueAt }) {
  const left = Date.parse(dueAt) - now();
  return html`<span class="light ${light(whistledAt, dueAt)}" aria-hidden="true"></span> ${word(left < 0 ? 'worker.check-in.late' : 'worker.check-in.due')} <b class="number">${span(Math.abs(left))}</b>`;
}

customElements.define('worker-check-in', WorkerCheckIn);
