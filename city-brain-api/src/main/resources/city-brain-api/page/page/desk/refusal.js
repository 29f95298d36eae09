/** A refusal as a block to read: in words, and beneath it what the server said of the value. */
import { html } from '../lib/element.js';
import { sayRefused } from '../lib/refusals.js';
import { word } from '../lib/words.js';

export function refusal(refused) {
  if (!refused) return '';
  const said = sayRefused(refused);
  const detail = refused.problem?.detail;
  return html`
    <p class="refused" role="alert" data-test="refused">${said}
      ${detail && detail !== said && refused.status !== 0 ? html`<span class="soft detail" title=${word('refused.detail')}>${detail}</span>` : ''}</p>`;
}
