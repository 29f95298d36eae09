/** What was known around an incident when it was first dispatched (信息拉齐), and what was not; and what is said of it when it is over. */
import { html, nothing } from '../lib/element.js';
import { show } from '../lib/address.js';
import { short } from '../lib/time.js';
import { typeName } from '../lib/types.js';
import { unitName } from '../lib/unit-names.js';
import { number, word, wordOr } from '../lib/words.js';

const metres = (near) => html`<span class="soft number">${word('picture.metres', { metres: number(Math.round(near.metersAway)) })}</span>`;

/** `list` is absent where it could not be had: that is said below. */
const group = (title, list, item, more) => (list
  ? html`<div class="group"><h4>${title}</h4>${list.length ? html`<ul>${list.map((each) => html`<li>${item(each)}</li>`)}</ul>` : html`<p class="soft">${word('picture.nothing')}</p>`}${more ?? nothing}</div>`
  : nothing);

export const picture = (incident) => {
  const { picture: known } = incident;
  const within = known.keyPlacesWithin ?? [];
  const ids = new Set(within.map((place) => place.id));
  const near = known.keyPlacesNear?.filter((place) => !ids.has(place.id));
  const duty = known.chain?.filter((unit) => unit.staffOnDuty !== undefined && unit.staffOnDuty !== null);
  return html`
    <section class="part" id="part-picture" aria-labelledby="picture-title">
      <h3 id="picture-title">${word('incident.picture')}</h3>
      <p class="soft">${word('picture.when')}</p>
      <div class="groups">
        ${within.length ? group(word('picture.places-within', { count: number(known.keyPlacesWithinCount) }), within, (place) => html`<b>${place.name}</b> <span class="soft">${wordOr(`place.${place.kind}`, place.kind)}</span>`) : nothing}
        ${group(word('picture.places-near'), near, (place) => html`${place.name} <span class="soft">${wordOr(`place.${place.kind}`, place.kind)}</span> ${metres(place)}`)}
        ${group(word('picture.duty'), duty, (unit) => html`${unit.name} <b class=${unit.staffOnDuty ? '' : 'flag red'}>${word('picture.staff', { count: number(unit.staffOnDuty) })}</b>`)}
        ${group(word('picture.departments'), known.departments, (department) => department.name)}
        ${group(word('picture.devices', { count: number(known.devicesNearCount ?? 0) }), known.devicesNear, (device) => html`${device.name} ${kindOf(device)} ${metres(device)}`)}
        ${group(word('picture.incidents'), known.openIncidentsNear, (other) => html`
          <button type="button" class="plain" @click=${() => show({ incident: other.id })}>${typeName(other.type)} ${other.level ?? ''} ${other.number}</button> ${metres(other)}`,
          known.moreOpenIncidentsNear ? html`<p class="soft">${word('picture.more')}</p>` : nothing)}
      </div>
      ${known.missing?.length ? html`
        <div class="missing"><h4>${word('picture.missing')}</h4><ul>${known.missing.map((name) => html`
          <li>${wordOr(`picture.part.${name}`, name)}<span class="soft"> ${sayWhy(name, known.missingBecause?.[name])}</span></li>`)}</ul></div>` : nothing}
      ${feedback(incident)}
    </section>`;
};

/** Most devices are named by what they are. */
function kindOf({ name, kind }) {
  const said = wordOr(`device.${kind}`, kind);
  return name.includes(said) ? nothing : html`<span class="soft">${said}</span>`;
}

/** The server's reason holds codes: they are kept, the sentence around them is ours. */
function sayWhy(name, why = '') {
  const codes = why.match(/\d{2,17}/g)?.map(unitName).join('、');
  return name === 'staffOnDuty' && codes ? word('picture.no-roster', { units: codes }) : why;
}

const feedback = (incident) => (incident.feedback.length ? html`
  <div class="group"><h4>${word('incident.feedback')}</h4><ul>${incident.feedback.map((given) => html`
    <li><b class=${given.solved ? '' : 'flag red'}>${word(given.solved ? 'feedback.solved' : 'feedback.not-solved')}</b>
      ${given.satisfaction ? html`<span class="number">${word('feedback.satisfaction', { score: given.satisfaction })}</span>` : nothing}
      ${given.text} <span class="soft">${wordOr(`feedback.as.${given.givenAs}`, given.givenAs)} ${given.givenBy} ${short(given.givenAt)}</span></li>`)}</ul></div>` : nothing);
