/** What was pressed here and what became of it: what waits, what was refused (and what to do about it), what has arrived today. */
import { html, listen, nothing, repeat } from '../lib/element.js';
import { show } from '../lib/address.js';
import { short } from '../lib/time.js';
import { named, number, percent, word } from '../lib/words.js';
import { line } from './line.js';
import { isStuck, refused } from './queue.js';
import { isDoneAlready, isUncertain, refusal } from './refusal.js';
import { PocketElement } from './pocket-element.js';

/** Others are still at work: whoever has said why may resolve it all the same. */
const mayInsist = ({ name, body, answer }) => name === 'resolve' && answer?.body?.reason === 'STILL_AT_WORK' && Boolean(body.reason);

class WorkerWaiting extends PocketElement {
  static properties = { dropping: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.until(listen(line, 'change', () => this.requestUpdate()));
  }

  render() {
    const { queue } = this.pocket;
    const waiting = this.pocket.waiting();
    const notDone = refused(queue);
    const done = queue.filter(({ state }) => state === 'DONE').reverse();
    return html`
      <h2 class="worker-title" role="status" data-test="waiting-count">${word('worker.queue.waiting', { count: number(waiting.length) })}</h2>
      ${waiting.length ? html`
        <p class="soft">${word(line.isThere === false ? 'worker.queue.kept' : 'worker.queue.going')}</p>
        <ul class="worker-cards">${repeat(waiting, ({ seq }) => seq, (item) => this.#card(item, html`
          ${isStuck(item) ? html`<p class="refused" role="status" data-test="stuck">${word('worker.queue.stuck', { count: number(item.tries) })}</p>
            <div class="worker-others"><button type="button" data-test="send-stuck" ?disabled=${this.pocket.isSyncing} @click=${() => this.pocket.sync()}>${word('worker.queue.again')}</button></div>`
            : item.tries ? html`<p class="soft">${word('worker.queue.tried', { count: number(item.tries) })}</p>` : nothing}
          ${this.#dropButton(item)}`))}</ul>
        <button type="button" class="primary worker-next" data-test="send-now" ?disabled=${this.pocket.isSyncing} @click=${() => this.pocket.sync()}>${word(this.pocket.isSyncing ? 'worker.queue.sending' : 'worker.queue.send-now')}</button>`
        : html`<p class="worker-empty">${word('worker.queue.none')}</p>`}
      ${notDone.length ? html`<h2 class="worker-title">${word('worker.queue.refused', { count: number(notDone.length) })}</h2>
        <ul class="worker-cards">${repeat(notDone, ({ seq }) => seq, (item) => this.#card(item, html`
          <p class="refused" role="status" data-test="refusal">${refusal(item)}</p>
          <div class="worker-others">
            ${isDoneAlready(item) ? nothing : html`<button type="button" data-test="send-again" @click=${() => this.pocket.sendAgain(item)}>${word(item.kind === 'REPORT' || isUncertain(item) ? 'worker.queue.again' : 'worker.queue.again-now')}</button>`}
            ${mayInsist(item) ? html`<button type="button" data-test="insist" @click=${() => this.pocket.sendAgain(item, { force: true })}>${word('worker.queue.insist')}</button>` : nothing}
            <button type="button" data-test="drop" @click=${() => this.pocket.drop(item)}>${word(isDoneAlready(item) ? 'worker.queue.seen' : 'worker.queue.drop')}</button>
            ${this.pocket.numberOf(item.incidentId) ? html`<button type="button" data-test="look" @click=${() => show({ tab: null, incident: item.incidentId })}>${word('worker.report.open')}</button>` : nothing}</div>`))}</ul>` : nothing}
      ${done.length ? html`<details class="worker-done"><summary>${word('worker.queue.done', { count: number(done.length) })}</summary>
        <ul class="worker-cards">${repeat(done, ({ seq }) => seq, (item) => this.#card(item, nothing))}</ul></details>` : nothing}`;
  }

  /** What has not arrived anywhere is gone when it is dropped: it is asked twice. */
  #dropButton(item) {
    return this.dropping === item.seq
      ? html`<div class="worker-others"><button type="button" class="danger" data-test="drop-sure" @click=${() => { this.dropping = null; this.pocket.drop(item); }}>${word('worker.queue.drop-sure')}</button>
          <button type="button" @click=${() => { this.dropping = null; }}>${word('worker.queue.keep')}</button></div>`
      : html`<button type="button" class="worker-drop" data-test="drop" @click=${() => { this.dropping = item.seq; }}>${word('worker.queue.drop')}</button>`;
  }

  #card(item, rest) {
    const photos = item.needs.map((sha256) => this.pocket.photos.get(sha256)).filter(Boolean);
    return html`
      <li class="worker-card" data-test="queued" data-state=${item.state} data-name=${item.name}>
        <div class="worker-open">
          <span class="worker-line"><b>${word(`worker.act.${item.name}`)}</b> <span class="soft number">${short(item.pressedAt)}</span></span>
          <span class="soft">${named(item.about.typeNames)}${item.about.number ? html` · <span class="number">${item.about.number}</span>` : nothing}</span>
          ${item.state === 'DONE' ? nothing : photos.map((photo) => html`<span class="soft">${photo.isWhole ? word('worker.photo.arrived') : word('worker.photo.sent', { share: percent(photo.sent / photo.size) })}</span>`)}
        </div>${rest}
      </li>`;
  }
}

customElements.define('worker-waiting', WorkerWaiting);
