/** Keeps the marks of the map up to date with the live incidents and the filters of the address: one change touches one mark. */
import { now } from '../lib/api.js';
import { filter, shownIncidents } from '../lib/filter.js';

/** Opened so shortly ago, an incident that appears is new; else it only came back into the filter. */
const NEW_MILLIS = 60_000;
const OVERDUE_SECONDS = 5;

export class FollowIncidents {
  constructor(live, clusters, marks) {
    this.live = live;
    this.clusters = clusters;
    this.marks = marks;
  }

  fill(state, at = now()) {
    this.clusters.fill(shownIncidents(this.live, state, at), at);
    this.marks.redraw();
  }

  /** Redrawn by the caller: many changes, one picture. */
  change({ changed, removed }, state, at = now()) {
    const isShown = filter(state, at);
    for (const id of removed) this.clusters.remove(id);
    for (const id of changed) {
      const incident = this.live.incidents.get(id);
      if (!incident || !isShown(incident)) {
        this.clusters.remove(id);
        continue;
      }
      if (!this.clusters.get(id) && at - Date.parse(incident.openedAt) < NEW_MILLIS) this.marks.pulse(id);
      this.clusters.put(incident, at);
    }
  }

  /** Deadlines run out without anybody telling. */
  tick(state, at) {
    if (state.due === 'over' && Math.floor(at / 1000) % OVERDUE_SECONDS === 0) this.fill(state, at);
    else if (this.clusters.tick(at)) this.marks.redraw();
  }
}
