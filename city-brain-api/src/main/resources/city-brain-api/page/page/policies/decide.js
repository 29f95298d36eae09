/** Approving a version as a second person (`POST …/approve`), and giving one up (`DELETE`): both on exactly what was looked at (`If-Match`). */
import { Element, html, live, nothing } from '../lib/element.js';
import { send } from '../lib/api.js';
import { fromField } from '../lib/time.js';
import { word } from '../lib/words.js';
import { refusal } from '../desk/refusal.js';

const LONGEST_REASON = 1000;

class PolicyDecide extends Element {
  static properties = {
    person: { attribute: false }, policy: { attribute: false }, etag: {}, mayDecide: { type: Boolean }, mayWrite: { type: Boolean },
    step: { state: true }, reason: { state: true }, from: { state: true }, refused: { state: true },
  };

  willUpdate(changed) {
    if (changed.has('policy') && changed.get('policy')?.version !== this.policy.version) {
      [this.step, this.reason, this.from, this.refused] = [undefined, '', '', undefined];
    }
  }

  #path() {
    return `/v1/policies/${this.policy.kind}/${this.policy.version}`;
  }

  async #do(act) {
    this.refused = undefined;
    try {
      await act();
      this.step = undefined;
      this.dispatchEvent(new Event('changed'));
    } catch (refused) {
      this.refused = refused;
      if (refused.status === 412) this.step = undefined;
    }
  }

  #approve() {
    return this.#do(() => send('POST', `${this.#path()}/approve`, { reason: this.reason.trim(), ...(this.from ? { effectiveFrom: fromField(this.from) } : {}) }, { version: this.etag }));
  }

  #withdraw() {
    return this.#do(() => send('DELETE', this.#path(), undefined, { version: this.etag }));
  }

  /** Why this person cannot approve it now; nothing where they can. */
  #hindrance() {
    const { status, authors, kind } = this.policy;
    if (authors.includes(this.person.name)) return word('refused.SAME_PERSON');
    if (status === 'DRAFT' && kind !== 'item-catalogue') return word('refused.NOT_REHEARSED');
    return null;
  }

  render() {
    const { status } = this.policy;
    const isOpen = status === 'DRAFT' || status === 'REHEARSED';
    const mayApprove = this.mayDecide && isOpen;
    const mayWithdraw = (isOpen && (this.mayWrite || this.mayDecide)) || (status === 'APPROVED' && this.mayDecide);
    if (!mayApprove && !mayWithdraw) return nothing;
    const hindrance = mayApprove ? this.#hindrance() : null;
    return html`
      <div class="row" ?hidden=${this.step === 'approve'}>
        ${mayApprove ? html`<button type="button" class="primary" data-test="policy-approve" ?disabled=${hindrance !== null} title=${hindrance ?? nothing} @click=${() => { this.step = 'approve'; }}>${word('policies.approve')}</button>
          ${hindrance ? html`<span class="soft">${hindrance}</span>` : nothing}` : nothing}
        <span class="grow"></span>
        ${mayWithdraw ? html`<button type="button" class="danger" data-test="policy-withdraw" @click=${() => { this.step = 'withdraw'; }}>${word('policies.withdraw')}</button>` : nothing}
      </div>
      ${this.step === 'approve' ? this.#approval() : nothing}
      ${this.step === 'withdraw' ? html`
        <div class="row refused"><span>${word('policies.withdraw.sure', { version: this.policy.version })}</span>
          <button type="button" class="danger" data-test="policy-withdraw-sure" @click=${() => this.#withdraw()}>${word('policies.withdraw')}</button>
          <button type="button" @click=${() => { this.step = undefined; }}>${word('common.cancel')}</button></div>` : nothing}
      ${refusal(this.refused)}
      ${this.refused?.status === 412 ? html`<button type="button" class="start" @click=${() => { this.refused = undefined; this.dispatchEvent(new Event('changed')); }}>${word('policies.look-again')}</button>` : nothing}`;
  }

  #approval() {
    return html`
      <form class="stack" @submit=${(event) => { event.preventDefault(); this.#approve(); }}>
        <div><label for="approve-reason">${word('policies.approve.reason')}</label>
          <textarea id="approve-reason" rows="2" required maxlength=${LONGEST_REASON} data-test="approve-reason" .value=${live(this.reason)} @input=${({ target }) => { this.reason = target.value; }}></textarea></div>
        <div class="row"><label for="approve-from">${word('policies.approve.from')}</label>
          <input id="approve-from" type="datetime-local" data-test="approve-from" .value=${live(this.from)} @input=${({ target }) => { this.from = target.value; }}>
          <span class="soft">${word('policies.approve.at-once')}</span></div>
        <p class="soft">${word('policies.approve.open-ones')}</p>
        <div class="row"><button class="primary" data-test="approve-send" ?disabled=${!this.reason.trim()}>${word('policies.approve')}</button>
          <button type="button" @click=${() => { this.step = undefined; }}>${word('common.cancel')}</button></div>
      </form>`;
  }
}

customElements.define('city-policy-decide', PolicyDecide);
