/**
 * How a mark looks. A level has a form, a numeral and a colour: I an octagon, II a triangle, III a square, IV a circle, an everyday matter a
 * small disc. Several are a disc with their number, the gravest level's numeral on top, and a red arc for the share that is overdue. What is
 * overdue alone has a red diamond, as the light of a deadline has. Drawn once for each look, then copied.
 */
import { size } from '../lib/size.js';
import { colour } from '../lib/theme.js';
import { RANKS } from './clusters.js';

const FONT = 'system-ui, "Segoe UI", "Noto Sans CJK SC", sans-serif';
const MOST_KEPT = 800;
/** Half the height of a single mark in pixels, by rank. */
const SIZES = [17, 16, 12.5, 11.5, 5.5];
const SHARES = 12;

const kept = new Map();

/** Colours have changed. */
export const forget = () => kept.clear();

/** Half the width of what is drawn for a mark, in pixels of this screen: for the ring around it and for the finger on it. */
export const radius = (mark) => half(mark) * size();

/** The same as it would be on a laptop. */
function half(mark) {
  if (mark.count === 1) return SIZES[mark.rank];
  return mark.count < 10 ? 15 : mark.count < 100 ? 17 : mark.count < 1000 ? 20 : 24;
}

/** @returns {HTMLCanvasElement} with the mark in its middle, `ratio` canvas pixels to a pixel of this screen */
export function sprite(mark, ratio) {
  const share = mark.overdue === 0 ? 0 : Math.max(1, Math.floor((mark.overdue / mark.count) * SHARES));
  const scale = ratio * size();
  const look = `${mark.count} ${mark.rank} ${mark.graves} ${share} ${scale}`;
  let drawn = kept.get(look);
  if (drawn) return drawn;
  if (kept.size >= MOST_KEPT) kept.clear();
  const middle = half(mark) + 12;
  drawn = document.createElement('canvas');
  drawn.width = drawn.height = Math.ceil(2 * middle * scale);
  const pen = drawn.getContext('2d');
  pen.scale(scale, scale);
  pen.translate(middle, middle);
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.lineJoin = 'round';
  if (mark.count === 1) single(pen, mark.rank, share > 0);
  else several(pen, mark, share / SHARES);
  kept.set(look, drawn);
  return drawn;
}

/** The same form for the legend. */
export const sample = (rank, isOverdue = false) => sprite({ count: 1, rank, graves: 1, overdue: isOverdue ? 1 : 0 }, 2);

function single(pen, rank, isOverdue) {
  const reach = SIZES[rank];
  form(pen, rank, reach);
  pen.strokeStyle = colour('halo');
  pen.lineWidth = rank < 4 ? 4 : 3;
  pen.stroke();
  pen.fillStyle = levelColour(rank);
  pen.fill();
  if (rank < 4) {
    pen.fillStyle = colour('on-level');
    pen.font = `800 ${rank === 1 ? 12 : 13}px ${FONT}`;
    pen.fillText(RANKS[rank], 0, rank === 1 ? 5 : 0.5);
  }
  if (isOverdue) diamond(pen, reach * 0.8 + 1, -reach * 0.8 - 1, rank < 4 ? 6 : 5);
}

function several(pen, mark, share) {
  const reach = half(mark);
  circle(pen, reach);
  pen.strokeStyle = colour('halo');
  pen.lineWidth = 5;
  pen.stroke();
  pen.fillStyle = isGrave(mark) ? levelColour(mark.rank) : colour('panel');
  pen.fill();
  pen.strokeStyle = levelColour(mark.rank);
  pen.lineWidth = 2;
  pen.stroke();
  if (share > 0) overdueArc(pen, reach + 4.5, share);
  pen.fillStyle = colour(isGrave(mark) ? 'on-level' : 'text');
  pen.font = `700 ${mark.count < 1000 ? 13 : 12}px ${FONT}`;
  pen.fillText(String(mark.count), 0, mark.rank < 4 ? 2 : 0.5);
  if (mark.rank < 4) tab(pen, mark, -reach);
}

/** From the foot of the disc on, with the sun. */
function overdueArc(pen, reach, share) {
  for (const [width, paint] of [[6.5, 'halo'], [3.5, 'red']]) {
    pen.beginPath();
    pen.arc(0, 0, reach, Math.PI / 2, Math.PI / 2 + 2 * Math.PI * share);
    pen.strokeStyle = colour(paint);
    pen.lineWidth = width;
    pen.stroke();
  }
}

/** The gravest level inside, and how many of it. */
function tab(pen, mark, y) {
  const text = mark.graves > 1 ? `${RANKS[mark.rank]} ${mark.graves}` : RANKS[mark.rank];
  pen.font = `800 11px ${FONT}`;
  const half = Math.max(9, pen.measureText(text).width / 2 + 5);
  pen.beginPath();
  pen.roundRect(-half, y - 7.5, 2 * half, 15, 4);
  pen.strokeStyle = colour('halo');
  pen.lineWidth = 5;
  pen.stroke();
  pen.fillStyle = colour('panel');
  pen.fill();
  pen.strokeStyle = levelColour(mark.rank);
  pen.lineWidth = 1.5;
  pen.stroke();
  pen.fillStyle = levelColour(mark.rank);
  pen.fillText(text, 0, y + 0.5);
}

/** What must be seen from afar is filled; the many of level IV and below only have their line. */
const isGrave = ({ rank }) => rank < 3;

const levelColour = (rank) => colour(rank < 4 ? `level-${RANKS[rank]}` : 'everyday');

function form(pen, rank, reach) {
  if (rank === 0) corners(pen, 8, reach, Math.PI / 8);
  else if (rank === 1) triangle(pen, reach);
  else if (rank === 2) corners(pen, 4, reach * 1.2, Math.PI / 4);
  else circle(pen, reach);
}

function circle(pen, reach) {
  pen.beginPath();
  pen.arc(0, 0, reach, 0, 2 * Math.PI);
}

function triangle(pen, reach) {
  pen.beginPath();
  pen.moveTo(0, -reach);
  pen.lineTo(reach * 1.12, reach * 0.86);
  pen.lineTo(-reach * 1.12, reach * 0.86);
  pen.closePath();
}

function corners(pen, count, reach, turn) {
  pen.beginPath();
  for (let i = 0; i < count; i++) {
    const angle = turn + (i * 2 * Math.PI) / count;
    pen.lineTo(reach * Math.cos(angle), reach * Math.sin(angle));
  }
  pen.closePath();
}

function diamond(pen, x, y, reach) {
  pen.beginPath();
  pen.moveTo(x, y - reach);
  pen.lineTo(x + reach, y);
  pen.lineTo(x, y + reach);
  pen.lineTo(x - reach, y);
  pen.closePath();
  pen.strokeStyle = colour('halo');
  pen.lineWidth = 3;
  pen.stroke();
  pen.fillStyle = colour('red');
  pen.fill();
}
