/** `<city-timeline .reading>`: everything that happened to an incident, newest first or oldest first; receipts and storms of reports folded. */
import { Element, html, nothing } from '../lib/element.js';
import { onUnitNames } from '../lib/unit-names.js';
import { number, word } from '../lib/words.js';
import { line } from './line.js';

const KEPT = 'city-brain.timeline-oldest-first';
/** Of what kinds neighbours are folded, and what has to be the same in them. */
const FOLDED = { MERGED: () => '', NOTIFIED: (entry) => entry.detail?.event, ESCALATED: (entry) => `${entry.actor} ${entry.detail?.why}` };
const AT_FIRST = 60;

/** Neighbours of one kind that tell the same are one line: the last of them, with all of them under `all`. */
function folded(lines) {
  const result = [];
  for (const entry of lines) {
    const before = result.at(-1);
    const sameAs = FOLDED[entry.kind];
    if (sameAs && before?.kind === entry.kind && sameAs(before) === sameAs(entry)) result[result.length - 1] = { ...entry, all: [...before.all, entry] };
    else result.push({ ...entry, all: [entry] });
  }
  return result;
}

class Timeline extends Element {
  static properties = { reading: { attribute: false }, lines: { attribute: false }, isWhole: { state: true }, isOldestFirst: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.isOldestFirst = localStorage.getItem(KEPT) === 'yes';
    this.until(onUnitNames(() => this.requestUpdate()));
  }

  #turn() {
    this.isOldestFirst = !this.isOldestFirst;
    localStorage.setItem(KEPT, this.isOldestFirst ? 'yes' : 'no');
  }

  render() {
    const all = folded(this.lines ?? []);
    const ordered = this.isOldestFirst ? all : all.toReversed();
    const shown = this.isWhole ? ordered : ordered.slice(0, AT_FIRST);
    return html`
      <section class="part" id="part-timeline" aria-labelledby="timeline-title">
        <div class="row"><h3 id="timeline-title" class="grow">${word('incident.timeline')}</h3>
          <button type="button" class="plain" data-test="timeline-order" aria-pressed=${this.isOldestFirst ? 'true' : 'false'} @click=${() => this.#turn()}>
            ${word(this.isOldestFirst ? 'line.oldest-first' : 'line.newest-first')} ⇅</button></div>
        <p class="soft">${word('line.legend')}</p>
        ${this.reading?.hasMoreLines ? html`<p class="warned">${word('line.not-all', { count: number(this.lines.length) })}</p>` : nothing}
        <ol class="lines">${shown.map((entry) => line(entry))}</ol>
        ${shown.length < ordered.length ? html`<button type="button" @click=${() => { this.isWhole = true; }}>${word('line.all', { count: number(ordered.length) })}</button>` : nothing}
      </section>`;
  }
}

customElements.define('city-timeline', Timeline);
