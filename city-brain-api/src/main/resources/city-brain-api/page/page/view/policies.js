/**
 * The policies that decide (docs/policies.md): their kinds and versions, one version to read, and what is done with it: changed, rehearsed, approved,
 * given up. `kind`, `version` and `rehearsal` are in the address.
 */
import { Element, html, nothing, repeat } from '../lib/element.js';
import { readAll } from '../lib/api.js';
import { show } from '../lib/address.js';
import { dateTime, short } from '../lib/time.js';
import { readsPolicies } from '../lib/types.js';
import { word } from '../lib/words.js';
import { refusal } from '../desk/refusal.js';
import '../policies/version.js';

const KINDS = ['grading', 'routing', 'correlation', 'item-catalogue'];

class Policies extends Element {
  static properties = { person: { attribute: false }, versions: { state: true }, refused: { state: true } };

  firstUpdated() {
    this.#read();
  }

  addressChanged(state, before) {
    if (state.kind !== before.kind) {
      this.versions = undefined;
      this.#read();
    }
  }

  kind() {
    return KINDS.includes(this.shown.kind) ? this.shown.kind : KINDS[0];
  }

  async #read() {
    if (!readsPolicies(this.person)) return;
    const kind = this.kind();
    try {
      const versions = await readAll(`/v1/policies/${kind}`, { limit: 100 });
      if (kind !== this.kind()) return;
      this.versions = versions;
      this.refused = undefined;
    } catch (refused) {
      this.refused = refused;
    }
  }

  render() {
    if (!readsPolicies(this.person)) return html`<p class="whole soft">${word('policies.city-only')}</p>`;
    const kind = this.kind();
    const version = Number(this.shown.version) || this.versions?.find(({ status }) => status === 'EFFECTIVE')?.version;
    return html`
      <div class="desk policies stack" data-test="policies">
        <nav class="row kinds" aria-label=${word('policies.kinds')}>
          ${KINDS.map((name) => html`<button type="button" aria-pressed=${name === kind ? 'true' : 'false'} data-test="kind-${name}"
            @click=${() => show({ kind: name === KINDS[0] ? null : name, version: null, rehearsal: null })}>${word(`policies.kind.${name}`)}</button>`)}
          <span class="soft">${word(`policies.kind.${kind}.means`)}</span>
        </nav>
        ${refusal(this.refused)}
        <div class="versioned">
          <ol class="versions panel" aria-label=${word('policies.versions')}>
            ${repeat(this.versions ?? [], (item) => item.version, (item) => this.#version(item, item.version === version))}
          </ol>
          ${version ? html`<city-policy .person=${this.person} .kind=${kind} .version=${version} .rehearsal=${this.shown.rehearsal ?? null}
            @changed=${() => this.#read()}></city-policy>` : nothing}
        </div>
      </div>`;
  }

  #version(item, isShown) {
    return html`
      <li><button type="button" class="plain" aria-current=${isShown ? 'true' : nothing} data-test="version-${item.version}" @click=${() => show({ version: item.version, rehearsal: null })}>
        <span class="row"><b>${word('policies.version', { version: item.version })}</b><span class="standing ${item.status}">${word(`policies.status.${item.status}`)}</span></span>
        <span class="soft remark">${item.note}</span>
        <span class="soft">${item.effectiveFrom ? word('policies.from', { at: dateTime(item.effectiveFrom) }) : short(item.changedAt ?? item.createdAt)}${item.authors.length ? ` · ${item.authors.join(', ')}` : ''}</span>
      </button></li>`;
  }
}

customElements.define('city-policies', Policies);
