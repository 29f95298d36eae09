/** A policy's document in tables that people read, by its kind; with fields in them where it is being changed. */
import { html } from '../lib/element.js';
import { word } from '../lib/words.js';
import { Cells } from './cells.js';
import { showCatalogue } from './show-catalogue.js';
import { showCorrelation } from './show-correlation.js';
import { showGrading } from './show-grading.js';
import { showRouting } from './show-routing.js';

const SHOWS = { grading: showGrading, routing: showRouting, correlation: showCorrelation, 'item-catalogue': showCatalogue };

export function showDocument(kind, document, { cells = new Cells(), person, search = '', onSearch, onCatalogue } = {}) {
  return html`
    ${SHOWS[kind](document, cells, { person, search, onSearch, onCatalogue })}
    <details><summary>${word('policies.raw')}</summary><pre class="raw">${JSON.stringify(document, null, 2)}</pre></details>`;
}
