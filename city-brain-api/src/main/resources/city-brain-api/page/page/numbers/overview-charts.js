/** The pictures of an overview: which figures each shows, as rows of its table, and how they are drawn. What they mean: docs/overview.md. */
import { dateTime, short } from '../lib/time.js';
import { size } from '../lib/size.js';
import { number, percent, word } from '../lib/words.js';
import './chart.js';

const LEVELS = ['I', 'II', 'III', 'IV'];
const SCOPES = ['R3', 'R2', 'R1'];
const TIERS = ['CITY', 'DISTRICT', 'STREET', 'COMMUNITY', 'GRID'];

const levelName = (level) => (LEVELS.includes(level) ? level : `${level} ${word(`numbers.scope.${level}`)}`);

/** A bar with its figure at the end, coloured one by one. */
const bars = (colourOf) => (rows, colour) => ({
  legend: false,
  grid: { left: 8, right: 64, top: 12, bottom: 8, containLabel: true },
  tooltip: { trigger: 'item' },
  xAxis: { type: 'value', minInterval: 1 },
  yAxis: { type: 'category', inverse: true, data: rows.map((row) => row[0]), axisLabel: { color: colour('text') } },
  series: [{
    type: 'bar', barMaxWidth: 26 * size(),
    data: rows.map((row, i) => ({ value: row[1], name: row[0], itemStyle: { color: colour(colourOf(i)) } })),
    label: { show: true, position: 'right', color: colour('text'), formatter: ({ value }) => number(value) },
  }],
});

export const openByLevelChart = ({ open }) => {
  const kinds = [...LEVELS, ...SCOPES];
  return {
    key: 'open-by-level',
    columns: [{ name: word('numbers.column.level') }, { name: word('numbers.figure.open'), isNumber: true }],
    rows: kinds.map((kind) => [levelName(kind), open.byLevel[kind] ?? open.byScope[kind] ?? 0]),
    option: bars((i) => (i < LEVELS.length ? `level-${LEVELS[i]}` : 'everyday')),
  };
};

export const openByTierChart = ({ open }) => ({
  key: 'open-by-tier',
  columns: [{ name: word('numbers.column.tier') }, { name: word('numbers.figure.open'), isNumber: true }],
  rows: TIERS.map((tier) => [word(`desk.tier.${tier}`), open.byCommandingTier[tier] ?? 0]),
  option: bars(() => 'accent'),
});

const lines = (names, colours, more = {}) => (rows, colour) => ({
  tooltip: { trigger: 'axis', ...more.tooltip },
  xAxis: { type: 'category', data: rows.map((row) => row[0]), axisLabel: { hideOverlap: true } },
  yAxis: { type: 'value', ...more.yAxis },
  series: names.map((name, i) => ({
    name, type: more.type ?? 'line', stack: more.stack, symbolSize: 6 * size(), barMaxWidth: 22 * size(), connectNulls: false,
    symbol: ['circle', 'triangle', 'rect'][i], lineStyle: { width: 2 * size(), type: ['solid', 'dashed', 'dotted'][i] },
    color: colour(colours[i]), data: rows.map((row) => row[i + 1]),
  })),
});

/** The hour or day that a period begins with; days of the city's own zone. */
const periodName = ({ from }, isDays) => (isDays ? dateTime(from).slice(0, 10) : short(from));

const periodsOf = ({ periods, from, to }) => {
  const isDays = Date.parse(to) - Date.parse(from) > 72 * 3_600_000;
  return periods.map((period) => ({ name: periodName(period, isDays), figures: period.figures }));
};

const periodColumn = () => ({ name: word('numbers.column.from') });

export const trendChart = (overview) => {
  const names = ['opened', 'closed', 'reopened'].map((name) => word(`numbers.figure.${name}`));
  return {
    key: 'trend',
    columns: [periodColumn(), ...names.map((name) => ({ name, isNumber: true }))],
    rows: periodsOf(overview).map(({ name, figures }) => [name, figures.opened, figures.closed, figures.reopened]),
    option: lines(names, ['accent', 'green', 'amber'], { yAxis: { minInterval: 1 } }),
  };
};

export const onTimeChart = (overview) => {
  const name = word('numbers.figure.onTimeRate');
  return {
    key: 'on-time',
    columns: [periodColumn(), { name, isNumber: true, show: percent }],
    rows: periodsOf(overview).map((period) => [period.name, period.figures.onTimeRate]),
    option: lines([name], ['green'], {
      yAxis: { min: 0, max: 1, axisLabel: { formatter: (share) => percent(share) } }, tooltip: { valueFormatter: (share) => percent(share) },
    }),
  };
};

export const breachesChart = (overview) => {
  const kinds = ['deadlinesMissed', 'escalated', 'supervised'];
  const names = kinds.map((kind) => word(`numbers.breach.${kind}`));
  return {
    key: 'breaches',
    columns: [periodColumn(), ...names.map((name) => ({ name, isNumber: true }))],
    rows: periodsOf(overview).map(({ name, figures }) => [name, ...kinds.map((kind) => figures.breaches[kind])]),
    option: lines(names, ['red', 'amber', 'accent'], { type: 'bar', stack: 'breaches', yAxis: { minInterval: 1 } }),
  };
};
