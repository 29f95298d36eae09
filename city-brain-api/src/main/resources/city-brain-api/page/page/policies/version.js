/** One version of a policy, from `GET /v1/policies/{kind}/{version}`: where it stands, what it says, and what this person may do with it. */
import { Element, html, nothing } from '../lib/element.js';
import { readVersioned } from '../lib/api.js';
import { show } from '../lib/address.js';
import { dateTime } from '../lib/time.js';
import { word } from '../lib/words.js';
import { refusal } from '../desk/refusal.js';
import { showDocument } from './document.js';
import './edit.js';
import './decide.js';
import './rehearsals.js';

const OPEN = ['DRAFT', 'REHEARSED'];

class PolicyVersion extends Element {
  static properties = {
    person: { attribute: false }, kind: {}, version: { type: Number }, rehearsal: {},
    policy: { state: true }, refused: { state: true }, isEditing: { state: true }, search: { state: true },
  };

  willUpdate(changed) {
    if (changed.has('kind') || changed.has('version')) {
      this.policy = undefined;
      this.isEditing = undefined;
      this.search = '';
      this.reload();
    }
  }

  async reload() {
    const [kind, version] = [this.kind, this.version];
    try {
      const { body, version: etag } = await readVersioned(`/v1/policies/${kind}/${version}`);
      if (kind !== this.kind || version !== this.version) return;
      this.policy = body;
      this.etag = etag;
      this.refused = undefined;
    } catch (refused) {
      this.refused = refused;
    }
  }

  async #changed() {
    await this.reload();
    this.dispatchEvent(new Event('changed'));
  }

  #may() {
    const { roles, unit } = this.person;
    const decides = roles.includes('ADMIN') || (roles.includes('OPERATOR') && unit?.tier === 'CITY');
    const writes = roles.includes('ANALYST') || roles.includes('ADMIN');
    return { writes, decides, isOpen: OPEN.includes(this.policy.status) };
  }

  #saved({ detail: policy }) {
    this.isEditing = undefined;
    if (policy.version === this.version) this.#changed();
    else {
      show({ version: policy.version, rehearsal: null });
      this.dispatchEvent(new Event('changed'));
    }
  }

  render() {
    if (this.refused) return refusal(this.refused);
    if (!this.policy) return html`<p class="soft">${word('common.wait')}</p>`;
    const { policy } = this;
    if (this.isEditing) {
      return html`<city-policy-edit .person=${this.person} .kind=${this.kind} .policy=${policy} .etag=${this.etag} .isNew=${this.isEditing === 'new'}
        @saved=${(event) => this.#saved(event)} @left=${() => { this.isEditing = undefined; }}></city-policy-edit>`;
    }
    const { writes, decides, isOpen } = this.#may();
    return html`
      <div class="stack">
        <section class="panel stack" aria-labelledby="policy-title">
          <div class="row"><h2 id="policy-title">${word(`policies.kind.${this.kind}`)} · ${word('policies.version', { version: policy.version })}</h2>
            <span class="standing ${policy.status}" data-test="policy-status">${word(`policies.status.${policy.status}`)}</span><span class="grow"></span>
            ${writes && isOpen ? html`<button type="button" data-test="policy-change" @click=${() => { this.isEditing = 'change'; }}>${word('policies.change')}</button>` : nothing}
            ${writes ? html`<button type="button" data-test="policy-draft" @click=${() => { this.isEditing = 'new'; }}>${word('policies.draft')}</button>` : nothing}</div>
          <p class="words">${policy.note}</p>
          ${this.#life(policy)}
          <city-policy-decide .person=${this.person} .policy=${policy} .etag=${this.etag} .mayDecide=${decides} .mayWrite=${writes} @changed=${() => this.#changed()}></city-policy-decide>
        </section>
        <city-rehearsals .person=${this.person} .kind=${this.kind} .version=${policy.version} .status=${policy.status} .chosen=${this.rehearsal} @ended=${() => this.#changed()}></city-rehearsals>
        <section class="panel stack" aria-label=${word('policies.document')} data-test="policy-document">
          ${showDocument(this.kind, policy.document, { person: this.person, search: this.search, onSearch: (text) => { this.search = text; }, onCatalogue: () => this.requestUpdate() })}
        </section>
      </div>`;
  }

  /** Who did what to it, and when. */
  #life(policy) {
    const steps = [
      policy.authors.length ? word('policies.life.written', { authors: policy.authors.join(', '), at: dateTime(policy.changedAt ?? policy.createdAt) }) : word('policies.life.came'),
      policy.basedOn && word('policies.life.based-on', { version: policy.basedOn }),
      policy.rehearsedAt && word('policies.life.rehearsed', { at: dateTime(policy.rehearsedAt) }),
      policy.approvedBy && word('policies.life.approved', { account: policy.approvedBy, at: dateTime(policy.approvedAt), reason: policy.approvalReason }),
      policy.effectiveFrom && word('policies.life.effective', { at: dateTime(policy.effectiveFrom) }),
      policy.supersededAt && word('policies.life.superseded', { at: dateTime(policy.supersededAt) }),
      policy.withdrawnBy && word('policies.life.withdrawn', { account: policy.withdrawnBy, at: dateTime(policy.withdrawnAt) }),
    ].filter(Boolean);
    return html`<ul class="life soft">${steps.map((step) => html`<li>${step}</li>`)}</ul>`;
  }
}

customElements.define('city-policy', PolicyVersion);
