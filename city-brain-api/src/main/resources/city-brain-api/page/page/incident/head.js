/** The top of an incident: what it is, how grave and why in one sentence, how it stands, how many people, and where to jump to. */
import { html, nothing } from '../lib/element.js';
import { show } from '../lib/address.js';
import { dateTime, short } from '../lib/time.js';
import { named, number, word, wordOr } from '../lib/words.js';
import '../lib/due.js';
import { gradeWord, sayGrade } from './reasons.js';

const PARTS = ['chain', 'grade', 'picture', 'timeline'];

/** To where a part begins, below what stays in sight. */
function jump(name) {
  const part = document.getElementById(`part-${name}`);
  const view = part?.closest('city-incident');
  view?.scrollBy({ top: part.getBoundingClientRect().top - view.querySelector('.incident-top').getBoundingClientRect().bottom });
}

function basisOfArea(incident) {
  const axis = incident.grade.axes.find((each) => each.axis === 'AREA');
  return axis ? word(`basis.${axis.basis}`) : '';
}

export const head = (incident) => {
  const { grade } = incident;
  const grid = incident.chain.at(-1);
  const street = incident.chain.find((unit) => unit.tier === 'STREET');
  return html`
    <header class="incident-head ${grade.level ? `level-${grade.level}` : 'everyday'}">
      <div class="row">
        <span class="level big ${grade.level ? `level-${grade.level}` : 'everyday'}" data-test="incident-level" data-level=${grade.level ?? grade.scope ?? ''}>
          <span aria-hidden="true">${grade.level ?? grade.scope}</span><span class="visually-hidden">${grade.level ? word(`level.${grade.level}`) : gradeWord(grade)}</span></span>
        <h2 tabindex="-1" data-test="incident-title">${named(incident.typeNames, incident.type)}</h2>
        <span class="number soft" data-test="incident-number">${incident.number}</span>
        <span class="grow"></span>
        <button type="button" class="plain" data-test="incident-close" aria-label=${word('common.close')} title=${`${word('common.close')} (Esc)`} @click=${() => show({ incident: null })}>✕</button>
      </div>
      <p data-test="incident-reason">${sayGrade(incident)}</p>
      <dl class="facts">
        <div><dt>${word('incident.status')}</dt><dd><b data-test="incident-status" data-status=${incident.status}>${wordOr(`status.${incident.status}`, incident.status)}</b></dd></div>
        <div><dt>${word('incident.command')}</dt><dd><b>${incident.commandingUnit.name}</b></dd></div>
        <div><dt>${word('incident.place')}</dt><dd>${incident.locationUnit
          ? html`${incident.locationUnit.name} <span class="soft">${word('incident.place-by-unit')}</span>`
          : [street?.name, grid?.name].filter(Boolean).join(' · ')}</dd></div>
        <div><dt>${word('incident.people')}</dt><dd class="number">${number(incident.peopleAffected.value)} <span class="soft">${word(`basis.${incident.peopleAffected.basis}`)}</span></dd></div>
        <div><dt>${word('incident.area')}</dt><dd class="number">${number(incident.areaSquareKilometers, { maximumFractionDigits: 3 })} km² <span class="soft">${basisOfArea(incident)}</span></dd></div>
        <div><dt>${word('incident.opened')}</dt><dd class="number" title=${dateTime(incident.openedAt)}>${short(incident.openedAt)}</dd></div>
        ${incident.nextSituationReportBy ? html`
          <div><dt>${word('incident.next-situation-report')}</dt><dd><city-due data-test="situation-report" .from=${null} .due=${incident.nextSituationReportBy}></city-due></dd></div>` : nothing}
        <div><dt>${word('incident.reports')}</dt><dd class="number">${number(incident.reportCount)}</dd></div>
        <div><dt>${word('incident.truth')}</dt><dd>${grade.corroborated ? word('incident.corroborated') : html`<b class="warned">${word('incident.waiting')}</b>`}</dd></div>
      </dl>
      ${incident.mergedInto ? html`<p class="done"><button type="button" class="plain" @click=${() => show({ incident: incident.mergedInto })}>${word('incident.merged-into')}</button></p>` : nothing}
      <nav class="row jumps" aria-label=${word('incident.parts')}>
        ${PARTS.map((name) => html`<button type="button" class="plain" @click=${() => jump(name)}>${word(`incident.${name}`)}</button>`)}
      </nav>
    </header>`;
};
