/**
 * The phone call: an operator types what somebody says on the phone, and it becomes a report of the kind `OPERATOR` (docs/operators-day.md).
 * While it is typed, `POST /v1/reports?dryRun=true` says what would be refused; once it is sent, the report is followed to its incident.
 * What was typed stays until it has arrived, also when the dialog is closed or the session ends meanwhile.
 */
import { Element, html, nothing, live } from '../lib/element.js';
import { Refused, newKey, now, send } from '../lib/api.js';
import { show } from '../lib/address.js';
import { asField, fromField } from '../lib/time.js';
import { incidentTypes } from '../lib/types.js';
import { named, word, wordOr } from '../lib/words.js';
import { keepWhenSignedOut, takeKept } from '../desk/keep.js';
import { refusal } from '../desk/refusal.js';
import { follow } from '../call/follow.js';
import '../desk/choose.js';
import '../call/place.js';

const JUDGE_MILLIS = 500;
const LONGEST_DESCRIPTION = 4000;

const fresh = (by) => ({ by, reportId: newKey(), type: null, place: null, when: null, people: '', deaths: '', injuries: '', description: '' });

/** Outlives the dialog, and the session. */
let typed = fresh();
keepWhenSignedOut('call', () => (typed.by ? typed : null));

/** A count from a field; undefined where nothing was said, which is not 0. */
const count = (text) => (text === '' ? undefined : Number(text));

class Call extends Element {
  static properties = {
    person: { attribute: false },
    verdict: { state: true }, step: { state: true }, refused: { state: true }, outcome: { state: true }, isAsked: { state: true },
  };

  #judging;
  #turn = 0;
  #following;

  willUpdate(changed) {
    if (!changed.has('person') || typed.by === this.person.name) return;
    typed = takeKept('call', this.person.name) ?? fresh(this.person.name);
  }

  firstUpdated() {
    this.querySelector('dialog').showModal();
    const first = this.querySelector('city-choose');
    first.updateComplete.then(() => first.focus());
    this.#judgeSoon();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#judging);
    this.#following?.abort();
  }

  #done() {
    this.dispatchEvent(new Event('done'));
  }

  #set(name, value) {
    typed[name] = value;
    this.outcome = undefined;
    this.refused = undefined;
    this.requestUpdate();
    this.#judgeSoon();
  }

  /** The report as event-intake takes it; null as long as what it must have is missing. */
  #report() {
    const { reportId, type, place, when, people, deaths, injuries, description } = typed;
    if (!type || !place) return null;
    const occurredAt = when ? fromField(when) : (typed.sentAt ?? new Date(now()).toISOString());
    if (!occurredAt) return null;
    const casualties = deaths === '' && injuries === '' ? undefined : { deaths: count(deaths), seriousInjuries: count(injuries) };
    return {
      reportId,
      source: { kind: 'OPERATOR', id: this.person.name },
      type: type.value,
      occurredAt,
      location: this.#location(place),
      peopleAffected: count(people),
      casualties,
      description: description.trim() || undefined,
    };
  }

  /** A unit that was named stays a unit: its point is no better known than that (docs/operators-day.md). Another's, or a whole district, is told by its point. */
  #location({ longitude, latitude, datum, unit }) {
    const isTaken = unit && !['CITY', 'DISTRICT'].includes(unit.tier) && unit.code.startsWith(this.person.unit?.code ?? ' ');
    return isTaken ? { unitCode: unit.code } : { longitude, latitude, datum };
  }

  #judgeSoon() {
    clearTimeout(this.#judging);
    this.#turn++;
    this.verdict = undefined;
    if (this.#report()) this.#judging = setTimeout(() => this.#judge(), JUDGE_MILLIS);
  }

  async #judge() {
    const turn = this.#turn;
    try {
      const verdict = await send('POST', '/v1/reports?dryRun=true', this.#report());
      if (turn === this.#turn) this.verdict = verdict;
    } catch {
      // Only a help: sending will say what is wrong.
    }
  }

  async #send() {
    if (this.step) return;
    this.isAsked = true;
    // Sent again after an answer that was lost it is the same report: its moment, too.
    typed.sentAt ??= new Date(now()).toISOString();
    const report = this.#report();
    if (!report) {
      (typed.type ? this.querySelector('city-place') : this.querySelector('city-choose')).focus();
      return;
    }
    this.refused = undefined;
    this.outcome = undefined;
    this.step = 'sending';
    try {
      const accepted = await send('POST', '/v1/reports', report);
      this.step = 'taken';
      await this.#follow(accepted);
    } catch (refused) {
      this.refused = refused instanceof Refused ? refused : new Refused(0, { reason: 'FAILED', detail: refused.message });
    } finally {
      this.step = undefined;
    }
  }

  async #follow({ statusUrl }) {
    this.#following = new AbortController();
    const state = await follow(statusUrl, this.#following.signal);
    if (!this.isConnected) {
      typed = fresh(this.person.name);
      return;
    }
    if (state?.isSeen) {
      typed = fresh(this.person.name);
      show({ view: 'map', incident: state.incidentId });
      this.#done();
      return;
    }
    this.outcome = state && !state.incidentId ? state : { status: 'ELSEWHERE' };
    // It has arrived: what is sent next is another report.
    if (state?.status === 'REJECTED') {
      typed.reportId = newKey();
      typed.sentAt = undefined;
    } else {
      typed = fresh(this.person.name);
      this.isAsked = false;
      this.querySelector('city-place').clear();
    }
  }

  #key(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.#send();
    }
  }

  async #types(text) {
    const wanted = text.toLowerCase();
    return (await incidentTypes())
      .filter((type) => !wanted || type.code.includes(wanted) || Object.values(type.names).some((name) => name?.toLowerCase().includes(wanted)))
      .map((type) => ({ value: type.code, text: named(type.names, type.code), note: type.code, group: wordOr(`category.${type.category}`, type.category) }));
  }

  render() {
    return html`
      <dialog class="call" aria-labelledby="call-title" @close=${() => this.#done()} @keydown=${(event) => this.#key(event)} data-test="call">
        <form class="stack" novalidate @submit=${(event) => { event.preventDefault(); this.#send(); }}>
          <header class="row"><h2 id="call-title">${word('call.title')}</h2><span class="soft">${word('call.by', { account: this.person.name })}</span></header>
          <city-choose label=${word('call.type')} placeholder=${word('call.type.hint')} test="call-type" .isRequired=${true}
            .isWrong=${this.isAsked && !typed.type} .find=${(text) => this.#types(text)} .picked=${typed.type}
            @chosen=${(event) => this.#set('type', event.detail)}></city-choose>
          <city-place .person=${this.person} .place=${typed.place} .isWrong=${this.isAsked && !typed.place} @placed=${(event) => this.#set('place', event.detail)}></city-place>
          <div class="four">
            <div><label for="call-when">${word('call.when')}</label>
              <div class="row tight"><input id="call-when" type="datetime-local" data-test="call-when" .value=${live(typed.when ?? asField(now()))} max=${asField(now())}
                  @input=${(event) => this.#set('when', event.target.value)}>
                <button type="button" class="plain" ?disabled=${!typed.when} @click=${() => this.#set('when', null)}>${word('call.when.now')}</button></div></div>
            ${this.#number('people', 100_000_000)}${this.#number('deaths', 100_000_000)}${this.#number('injuries', 100_000_000)}
          </div>
          <div><label for="call-description">${word('call.description')} <span class="soft">${word('call.description.hint')}</span></label>
            <textarea id="call-description" rows="3" maxlength=${LONGEST_DESCRIPTION} data-test="call-description" .value=${live(typed.description)}
              @input=${(event) => this.#set('description', event.target.value)}></textarea></div>
          <div class="verdict" role="status" data-test="call-verdict">${this.#says()}</div>
          <footer class="row">
            <button type="submit" class="primary" data-test="call-send" ?disabled=${!!this.step} aria-keyshortcuts="Control+Enter">${word('call.send')}</button>
            <button type="button" data-test="call-close" @click=${() => this.querySelector('dialog').close()}>${word('common.close')}</button>
            <span class="soft">${word('call.keys')}</span>
          </footer>
        </form>
      </dialog>`;
  }

  #number(name, most) {
    return html`
      <div><label for="call-${name}">${word(`call.${name}`)}</label>
        <input id="call-${name}" type="number" min="0" max=${most} step="1" inputmode="numeric" placeholder=${word('call.unknown')} data-test="call-${name}"
          .value=${live(typed[name])} @input=${(event) => this.#set(name, event.target.value)}></div>`;
  }

  #says() {
    if (this.step) return html`<p class="soft">${word(`call.step.${this.step}`)}</p>`;
    if (this.refused) return html`${refusal(this.refused)}<p class="soft">${word('call.kept')}</p>`;
    if (this.outcome) return this.#cameOf(this.outcome);
    if (this.isAsked && !this.#report()) return html`<p class="refused">${word('call.missing')}</p>`;
    if (this.verdict && !this.verdict.admissible) return html`<p class="refused" data-test="call-would-refuse">${word('call.would-refuse')} ${wordOr(`refused.${this.verdict.reason}`, '')} <span class="soft detail">${this.verdict.detail}</span></p>`;
    if (this.verdict) return html`<p class="ready">${word('call.ready')}</p>`;
    return nothing;
  }

  #cameOf({ status, reason, detail }) {
    if (status === 'ELSEWHERE') return html`<p class="done">${word('call.elsewhere')}</p>`;
    return html`<p class="refused" role="alert">${word(`call.${status}`)} ${wordOr(`refused.${reason}`, reason ?? '')} <span class="soft detail">${detail ?? ''}</span></p>`;
  }
}

customElements.define('city-call', Call);
