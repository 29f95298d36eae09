/**
 * The values of a policy's document, each at its JSON pointer: as text to read, or as fields to change (`onChange(pointer, value)`), with what is wrong
 * with it at its place (`mistakes`, a map by pointer).
 */
import { html, live, nothing } from '../lib/element.js';
import { number, word, wordOr } from '../lib/words.js';

export class Cells {
  constructor({ onChange = null, mistakes = new Map() } = {}) {
    this.onChange = onChange;
    this.mistakes = mistakes;
    this.placed = new Set();
  }

  get isForm() {
    return this.onChange !== null;
  }

  #wrong(pointer) {
    const mistake = this.mistakes.get(pointer);
    if (!mistake) return nothing;
    this.placed.add(pointer);
    return html`<span class="mistake" role="alert">${wordOr(`mistake.${mistake.reason}`, mistake.reason)}<span class="detail soft">${mistake.expected}</span></span>`;
  }

  #field(pointer, label, field) {
    return html`${field}${this.#wrong(pointer)}`;
  }

  number(pointer, value, label, { unit = '', step = 'any' } = {}) {
    if (!this.isForm) return html`${value === undefined ? '–' : number(value, { maximumFractionDigits: 6 })}${unit && value !== undefined ? ` ${unit}` : ''}`;
    return this.#field(pointer, label, html`<input type="number" class="field-narrow" step=${step} aria-label=${label} aria-invalid=${this.mistakes.has(pointer) ? 'true' : nothing} data-pointer=${pointer}
      .value=${live(value === undefined ? '' : String(value))} @input=${({ target }) => this.onChange(pointer, target.value === '' ? undefined : Number(target.value))}>${unit ? html` ${unit}` : nothing}`);
  }

  choice(pointer, value, label, options, name) {
    if (!this.isForm) return value === undefined ? '–' : name(value);
    return this.#field(pointer, label, html`<select aria-label=${label} data-pointer=${pointer} @change=${({ target }) => this.onChange(pointer, target.value)}>
      ${options.map((option) => html`<option value=${option} ?selected=${option === value}>${name(option)}</option>`)}</select>`);
  }

  flag(pointer, value, label) {
    if (!this.isForm) return value ? '✓' : '–';
    return this.#field(pointer, label, html`<input type="checkbox" aria-label=${label} .checked=${live(value === true)} @change=${({ target }) => this.onChange(pointer, target.checked)}>`);
  }

  /** Where a figure comes from; a policy default is marked, for a city may change it. */
  source(pointer, value) {
    if (this.isForm) {
      return this.#field(pointer, word('policies.column.source'), html`<input class="field-wide" aria-label=${word('policies.column.source')} .value=${live(value ?? '')} data-pointer=${pointer}
        @input=${({ target }) => this.onChange(pointer, target.value || undefined)}>`);
    }
    const text = value ?? 'policy default';
    return html`${/policy default/i.test(text) ? html`<span class="default" title=${word('policies.default.means')}>${word('policies.default')}</span> ` : nothing}${/^policy default$/i.test(text) ? nothing : text}`;
  }
}

/** A document like the other, but for one value; undefined takes it away. */
export function changed(document, pointer, value) {
  const copy = structuredClone(document);
  const path = pointer.split('/').slice(1).map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = path.pop();
  let at = copy;
  for (const name of path) at = at[name] ??= {};
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}
