/** Why the server refused, in words: by its `reason`, else in its own words. */
import { html } from '../lib/element.js';
import { word, wordOr } from '../lib/words.js';

export const why = (refused) => wordOr(`refusal.${refused.reason}`, refused.message);

/** For the person; what the server said of the value stands beside it, where the words alone leave it open. */
export function refusal(refused) {
  if (!refused) return '';
  const known = wordOr(`refusal.${refused.reason}`);
  return html`
    <p class="refused" role="alert" data-test="refused">${known ?? refused.message}
      ${known && refused.problem?.detail ? html`<span class="soft detail" title=${word('refusal.detail')}>${refused.problem.detail}</span>` : ''}</p>`;
}
