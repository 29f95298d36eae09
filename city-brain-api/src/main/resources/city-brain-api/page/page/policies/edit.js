/**
 * Writes a version of a policy: a draft of its own (`POST /v1/policies/{kind}`), or a change of one that is open (`PUT` with `If-Match`). In fields, or as the
 * JSON document whole; every mistake that the server names is shown at its place. What was typed stays until it is stored.
 */
import { Element, html, live, nothing } from '../lib/element.js';
import { read, send } from '../lib/api.js';
import { word, wordOr } from '../lib/words.js';
import { keepWhenSignedOut, takeKept } from '../desk/keep.js';
import { refusal } from '../desk/refusal.js';
import { Cells, changed } from './cells.js';
import { showDocument } from './document.js';
import { placeOf } from './json-place.js';

const CHECK_MILLIS = 700;
const LONGEST_NOTE = 1000;

class PolicyEdit extends Element {
  static properties = {
    person: { attribute: false }, kind: {}, policy: { attribute: false }, etag: {}, isNew: { type: Boolean },
    document: { state: true }, text: { state: true }, isText: { state: true }, note: { state: true }, mistakes: { state: true },
    isValid: { state: true }, refused: { state: true }, notJson: { state: true }, search: { state: true }, schema: { state: true },
  };

  #turn = 0;
  #checking;

  connectedCallback() {
    super.connectedCallback();
    this.document = structuredClone(this.policy.document);
    this.note = this.isNew ? '' : this.policy.note;
    this.mistakes = [];
    this.search = '';
    this.until(() => clearTimeout(this.#checking));
    this.#keep();
    this.#readSchema();
  }

  /** What was written when the session ended is there again for whoever wrote it. */
  #keep() {
    const of = { by: this.person.name, kind: this.kind, version: this.policy.version, isNew: this.isNew };
    this.until(keepWhenSignedOut('policy', () => ({ ...of, document: this.document, note: this.note })));
    const kept = takeKept('policy', this.person.name);
    if (!kept || kept.kind !== of.kind || kept.version !== of.version || kept.isNew !== of.isNew) return;
    this.document = kept.document;
    this.note = kept.note;
    this.#checkSoon();
  }

  /** Titles, units and bounds of each field, to read beside the JSON. */
  async #readSchema() {
    try {
      this.schema = await read(`/v1/policies/${this.kind}/schema`);
    } catch {
      // The server checks all the same.
    }
  }

  #change(document) {
    this.document = document;
    this.#checkSoon();
  }

  #typed(text) {
    this.text = text;
    try {
      this.document = JSON.parse(text);
      this.notJson = undefined;
      this.#checkSoon();
    } catch (error) {
      this.notJson = error.message;
      this.isValid = undefined;
      this.mistakes = [];
      clearTimeout(this.#checking);
      this.#turn++;
    }
  }

  #turnTo(isText) {
    if (isText) this.text = JSON.stringify(this.document, null, 2);
    else if (this.notJson) return;
    this.isText = isText;
  }

  #checkSoon() {
    clearTimeout(this.#checking);
    this.#turn++;
    this.isValid = undefined;
    this.refused = undefined;
    this.#checking = setTimeout(() => this.#check(), CHECK_MILLIS);
  }

  #body() {
    return { document: this.document, note: this.note.trim(), basedOn: this.isNew ? this.policy.version : this.policy.basedOn ?? undefined };
  }

  async #check() {
    const turn = ++this.#turn;
    try {
      await send('POST', `/v1/policies/${this.kind}?dryRun=true`, this.#body());
      if (turn === this.#turn) [this.isValid, this.mistakes] = [true, []];
    } catch (refused) {
      if (turn !== this.#turn) return;
      if (refused.reason === 'INVALID_POLICY') [this.isValid, this.mistakes] = [false, refused.problem.errors];
      else this.refused = refused;
    }
  }

  async #save(asNew) {
    clearTimeout(this.#checking);
    this.#turn++;
    this.refused = undefined;
    try {
      const policy = asNew
        ? await send('POST', `/v1/policies/${this.kind}`, { ...this.#body(), basedOn: this.policy.version })
        : await send('PUT', `/v1/policies/${this.kind}/${this.policy.version}`, this.#body(), { version: this.etag });
      this.dispatchEvent(new CustomEvent('saved', { detail: policy }));
    } catch (refused) {
      if (refused.reason === 'INVALID_POLICY') [this.isValid, this.mistakes] = [false, refused.problem.errors];
      else this.refused = refused;
    }
  }

  /** Puts the cursor on what is wrong. */
  #goTo(pointer) {
    if (!this.isText) {
      this.querySelector(`[data-pointer="${CSS.escape(pointer)}"]`)?.focus();
      return;
    }
    const field = this.querySelector('textarea.json');
    const { from, to, line } = placeOf(this.text, pointer);
    field.focus();
    field.setSelectionRange(from, to);
    field.scrollTop = (line - 4) * parseFloat(getComputedStyle(field).lineHeight);
  }

  render() {
    const isStale = this.refused?.status === 412;
    return html`
      <section class="panel stack" aria-labelledby="edit-title" data-test="policy-edit">
        <div class="row"><h2 id="edit-title">${word(this.isNew ? 'policies.edit.new' : 'policies.edit.change', { version: this.policy.version })}</h2><span class="grow"></span>
          <div class="row segments" role="group" aria-label=${word('policies.edit.how')}>
            <button type="button" aria-pressed=${this.isText ? 'false' : 'true'} ?disabled=${this.isText && this.notJson} @click=${() => this.#turnTo(false)}>${word('policies.edit.form')}</button>
            <button type="button" aria-pressed=${this.isText ? 'true' : 'false'} data-test="edit-json" @click=${() => this.#turnTo(true)}>JSON</button></div></div>
        <div><label for="edit-note">${word('policies.edit.note')}</label>
          <textarea id="edit-note" rows="2" maxlength=${LONGEST_NOTE} data-test="edit-note" .value=${live(this.note)} @input=${({ target }) => { this.note = target.value; }}></textarea></div>
        <div role="status" class="verdict" data-test="edit-verdict">${this.#says()}</div>
        ${refusal(this.refused)}
        ${isStale ? html`<div class="row"><span>${word('policies.edit.stale')}</span>
          <button type="button" @click=${() => this.#save(true)}>${word('policies.edit.save-new')}</button></div>` : nothing}
        <div class="row">
          <button type="button" class="primary" data-test="edit-save" ?disabled=${!!this.notJson || this.mistakes.length > 0 || !this.note.trim()} @click=${() => this.#save(this.isNew)}>${word(this.isNew ? 'policies.edit.save-draft' : 'policies.edit.save')}</button>
          <button type="button" data-test="edit-leave" @click=${() => this.dispatchEvent(new Event('left'))}>${word('policies.edit.leave')}</button>
          ${this.note.trim() ? nothing : html`<span class="soft">${word('policies.edit.note-first')}</span>`}</div>
        ${this.isText ? this.#json() : this.#form()}
      </section>`;
  }

  #says() {
    if (this.notJson) return html`<p class="refused">${word('policies.edit.not-json', { why: this.notJson })}</p>`;
    if (this.mistakes.length) {
      return html`<div class="refused"><p>${word('policies.edit.mistakes', { count: this.mistakes.length })}</p>
        <ol class="mistakes">${this.mistakes.map((mistake) => html`
          <li><button type="button" class="plain" @click=${() => this.#goTo(mistake.path)}><code>${mistake.path || '/'}</code></button>
            ${this.isText ? html`<span class="soft">${word('policies.edit.line', { line: placeOf(this.text, mistake.path).line })}</span>` : nothing}
            ${wordOr(`mistake.${mistake.reason}`, mistake.reason)} <span class="soft">${JSON.stringify(mistake.value) ?? ''} → ${mistake.expected}</span></li>`)}</ol></div>`;
    }
    return this.isValid ? html`<p class="ready">${word('policies.edit.valid')}</p>` : nothing;
  }

  #form() {
    const cells = new Cells({
      onChange: (pointer, value) => this.#change(changed(this.document, pointer, value)),
      mistakes: new Map(this.mistakes.map((mistake) => [mistake.path, mistake])),
    });
    return showDocument(this.kind, this.document, { person: this.person, cells, search: this.search, onSearch: (text) => { this.search = text; }, onCatalogue: () => this.requestUpdate() });
  }

  #json() {
    return html`
      <textarea class="json" spellcheck="false" aria-label=${word('policies.document')} data-test="edit-text" .value=${live(this.text)} @input=${({ target }) => this.#typed(target.value)}></textarea>
      ${this.schema ? html`<details><summary>${word('policies.edit.schema')}</summary><p class="soft">${this.schema.description}</p><pre class="raw">${JSON.stringify(this.schema, null, 2)}</pre></details>` : nothing}`;
  }
}

customElements.define('city-policy-edit', PolicyEdit);
