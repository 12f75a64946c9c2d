import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../common/failure.mjs';
import { inRoot, root, shown } from '../common/paths.mjs';

// A process costs a second before its first test, with Node-RED two; one for all would grow without end.
const FILES_A_PROCESS = { units: 120, nodes: 30, small: 30, package: 30 };

// Rooms whose tests start programs: Node-RED, a browser, npm. They come first, as the longest ones.
const HEAVY = ['test/package', 'test/editor', 'test/process', 'test/violence'];
// Of those the ones that take longest, which says no size of a file: begun last, one of them would go on alone.
const LONGEST = [
  ...['editor/exampleRuns', 'violence/nodeRed', 'editor/smoke', 'violence/killPlans'],
  ...['violence/kill', 'violence/lifecycle', 'package/demo', 'process/canaries', 'process/canary', 'violence/machines'],
];

/** The files below `test/` whose names end so. Throws when there are none. */
export function filesEndingWith(ending) {
  const found = below(inRoot('test')).filter((file) => file.endsWith(ending));
  if (found.length === 0) throw new Failure(`there are no test files *${ending}`);
  return found;
}

/** What a change is tried by while one works: the files that need no build, no program of their own, and no second of a core. */
export function unitFiles() {
  const units = filesEndingWith('.test.ts').filter(isUnit);
  const gone = LEFT_OUT.find((name) => !units.some((file) => shown(file) === name));
  if (gone) throw new Failure(`scripts/test/files.mjs names ${gone}, which is gone`);
  return units.filter((file) => !takesLong(file));
}

/** The files that run on one of the two versions, another one in another run. */
export const filesInTurn = () =>
  filesEndingWith('.test.ts').filter((file) => readFileSync(file, 'utf8').includes('versionsInTurn'));

// They start Node-RED, PostgreSQL, another Node or a pooler, and wait for it.
const STARTS_PROGRAMS = /support\/(flow|postgres|machines|LoggedProcess)|child_process/;
// Hours and weeks of whole gateways: a second of a core and more each.
const STORIES = [
  ...['canary/simulated', 'health/conditions', 'health/noticed', 'hours', 'inbox/full', 'jobs/stories'],
  ...[
    'sending',
    'sims/midnight',
    'sims/operators',
    'sims/resets',
    'sims/rotation',
    'sims/stickyRules',
    'steppingClock',
  ],
  ...['sms/collecting/collecting', 'sms/holding/hours', 'sms/holding/schedule', 'sms/sender/concurrency'],
  ...['sims/simPlans', 'watching/cdr/callRecords'],
].map((name) => `test/lib/messaging/${name}.test.ts`);
// The whole conformance suite, of which the store in memory and the oracle stay in the inner loop, by each driver of SQLite.
const CONFORMANCE = ['sqlite/sqlite', 'thread/conformance'].map((name) => `test/lib/store/${name}.test.ts`);
// Ten seconds of the machine's own clock and more, in which they wait for what takes as long in the product.
const PATIENT = ['gateway-api/embedded', 'messaging/sms/reconcile/doubt', 'messaging/sms/stopping/simulated'].map(
  (name) => `test/lib/${name}.test.ts`,
);
const LEFT_OUT = [...STORIES, ...CONFORMANCE, ...PATIENT];

const takesLong = (file) => {
  const text = readFileSync(file, 'utf8');
  return LEFT_OUT.includes(shown(file)) || STARTS_PROGRAMS.test(text) || COUNTS_ITS_PROCESS.test(text);
};

const isUnit = (file) => /^test\/(lib|manual|simulator)\//.test(shown(file));

const isOfNodes = (file) => /^test\/(nodes|plugins)\//.test(shown(file));

// They read sources, or what dialogs are made of; of the editor's rooms only what starts no program.
const isSmall = (file, text) =>
  /^test\/(locales|bounds|mutation|editor|architecture\.)/.test(shown(file)) &&
  !/support\/(node-red|browser|TriedExample)/.test(text);

// Each process would pack it once more.
const isOfPackage = (file, text) => /^test\/package\//.test(shown(file)) && /\bpack\(\)|install: 'tarball'/.test(text);

// They count V8's work, or look at what their process holds.
const COUNTS_ITS_PROCESS = /CountedWork|support\/fuzz|process\.memoryUsage|getActiveResourcesInfo|getHeapStatistics/;

/** Files that may run in one process one after the other have the same room; undefined: this one has a process of its own. */
function roomOf(file) {
  const text = readFileSync(file, 'utf8');
  if (COUNTS_ITS_PROCESS.test(text)) return undefined;
  if (isUnit(file)) return 'units';
  if (isOfNodes(file)) return 'nodes';
  if (isOfPackage(file, text)) return 'package';
  return isSmall(file, text) ? 'small' : undefined;
}

/** All TypeScript that tests load or start. */
export function sources() {
  const folders = ['lib', 'nodes', 'plugins', 'simulator', 'test'];
  return folders.flatMap((folder) => below(inRoot(folder))).filter((file) => /(?<!\.d)\.ts$/.test(file));
}

/**
 * The files that somebody has named, or those below a folder that end so. Throws when there is none of that name: with the files
 * that there are, where they end otherwise than most do.
 */
export function filesNamed(names, ending = '.test.ts') {
  return names.flatMap((name) => {
    const file = path.resolve(root, name);
    if (!existsSync(file)) throw new Failure(`there is no test file ${name}${others(ending)}`);
    if (!statSync(file).isDirectory()) return [file];
    const found = below(file).filter((one) => one.endsWith(ending));
    if (found.length === 0) throw new Failure(`${name} holds no test file *${ending}${others(ending)}`);
    return found;
  });
}

const others = (ending) =>
  ending === '.test.ts' ? '' : `; there are:\n  ${filesEndingWith(ending).map(shown).join('\n  ')}`;

/**
 * What each process runs: `{ files, isHeavy }`; a heavy one starts programs of its own, which need a core each. Those that
 * take long come first, so that nothing long is left for the end. Files that share processes are in an order made of
 * `random` numbers (0 to 1): what one of them needs of another shows sooner or later.
 */
export function processesFor(files, random) {
  const size = (file) => statSync(file).size;
  const isHeavy = (file) => HEAVY.some((room) => shown(file).startsWith(`${room}/`));
  const alone = files
    .filter((file) => roomOf(file) === undefined)
    .sort((one, other) => placeOf(one) - placeOf(other) || size(other) - size(one));
  const shared = (room) => {
    const mixed = files.filter((file) => roomOf(file) === room).map((file) => ({ file, place: random() }));
    const inOrder = mixed.sort((one, other) => one.place - other.place).map(({ file }) => file);
    return inParts(inOrder, FILES_A_PROCESS[room]);
  };
  const [heavy, light] = [alone.filter(isHeavy), alone.filter((file) => !isHeavy(file))];
  return [
    ...[...shared('package'), ...heavy.map((file) => [file])].map((part) => ({ files: part, isHeavy: true })),
    ...[...shared('nodes'), ...light.map((file) => [file]), ...shared('small'), ...shared('units')].map((part) => ({
      files: part,
      isHeavy: false,
    })),
  ];
}

function placeOf(file) {
  const place = LONGEST.indexOf(shown(file).replace(/^test\/|\.test\.ts$/g, ''));
  return place < 0 ? LONGEST.length : place;
}

/** As few parts as do, of about the same size. */
function inParts(files, most) {
  const parts = Math.ceil(files.length / most);
  return Array.from({ length: parts }, (_, part) => files.filter((_file, place) => place % parts === part));
}

function below(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules') return [];
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? below(file) : [file];
  });
}
