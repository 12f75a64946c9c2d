// What a run of Stryker has shown, as a text to read.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../common/paths.mjs';

const EQUIVALENT = inRoot('test', 'mutation', 'equivalent.json');
const NOTICED = ['Killed', 'Timeout', 'RuntimeError'];
const MISSED = ['Survived', 'NoCoverage'];

/**
 * The changes that no test can notice, each with why: `{ file, line, from, to, why }`. `line` is the line of the source
 * without its indentation, `from` the part of it that is changed, `to` what it is changed to.
 */
const equivalents = () => JSON.parse(readFileSync(EQUIVALENT, 'utf8'));

/** The changes of one report: `{ file, at, line, from, to, status, isStatic }`. */
const changesOf = ({ files }) =>
  Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants.map((mutant) => ({ file, ...placed(source.split('\n'), mutant) })),
  );

function placed(lines, { location: { start, end }, replacement, mutatorName, status, static: isStatic }) {
  const rows = lines.slice(start.line - 1, end.line);
  // From the end backwards: both may lie in the same row.
  rows[rows.length - 1] = rows[rows.length - 1].slice(0, end.column - 1);
  rows[0] = rows[0].slice(start.column - 1);
  const line = lines[start.line - 1].trim();
  return { at: start.line, line, from: flat(rows.join(' ')), to: flat(replacement ?? mutatorName), status, isStatic };
}

const flat = (text) => text.replace(/\s+/g, ' ').trim();
const isSame = (one, other) => ['file', 'line', 'from', 'to'].every((key) => one[key] === other[key]);

/** Sums reports up: `{ text, score }`, the score as a percentage of the changes that a test could notice. */
export function sumUp(reports) {
  const changes = reports.flatMap(changesOf);
  const known = equivalents();
  const whyOf = (change) => known.find((it) => isSame(it, change))?.why;
  const missed = changes.filter(({ status }) => MISSED.includes(status));
  const open = missed.filter((change) => whyOf(change) === undefined);
  const files = new Set(changes.map(({ file }) => file));
  const stale = known.filter((it) => files.has(it.file) && !missed.some((change) => isSame(it, change)));
  const noticed = changes.filter(({ status }) => NOTICED.includes(status)).length;
  const text = [
    ...scores(changes, open),
    ...section('Noticed by no test', open.map(described)),
    ...section(
      'Can be noticed by no test (test/mutation/equivalent.json)',
      missed.filter((change) => !open.includes(change)).map((change) => `${described(change)}\n    ${whyOf(change)}`),
    ),
    ...section(
      'In test/mutation/equivalent.json, and no longer there',
      stale.map(({ file, from, to }) => `${file}: ${from} -> ${to}`),
    ),
  ];
  return { text: text.join('\n'), score: percentage(noticed, noticed + open.length) };
}

function scores(changes, open) {
  const folders = [...new Set(changes.map(({ file }) => path.posix.dirname(file)))].sort();
  const rows = folders.map((folder) => row(folder, changes, open, (file) => path.posix.dirname(file) === folder));
  return [...rows, row('all', changes, open, () => true)];
}

function row(name, changes, open, isMeant) {
  const mine = changes.filter(({ file }) => isMeant(file));
  const count = (statuses) => mine.filter(({ status }) => statuses.includes(status)).length;
  const [noticed, missed] = [count(NOTICED), count(MISSED)];
  const mineOpen = open.filter(({ file }) => isMeant(file)).length;
  const loaded = mine.filter(({ status, isStatic }) => status === 'Ignored' && isStatic).length;
  return (
    `${percentage(noticed, noticed + mineOpen)
      .toFixed(1)
      .padStart(5)} %  ${name}: ${noticed} noticed, ` +
    `${mineOpen} not, ${missed - mineOpen} can't be; not tried: ${loaded} at loading, ${count(['Ignored']) - loaded} sentences`
  );
}

const described = ({ file, at, from, to, status }) =>
  `${file}:${at} ${shortened(from)} -> ${shortened(to)}${status === 'NoCoverage' ? '  (no test comes here)' : ''}`;
const shortened = (text) => (text.length > 100 ? `${text.slice(0, 97)}…` : text);
const section = (title, lines) => (lines.length > 0 ? ['', `${title}:`, ...lines.map((line) => `  ${line}`)] : []);
const percentage = (part, whole) => (whole === 0 ? 100 : (100 * part) / whole);
