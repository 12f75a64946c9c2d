// What is mutated in one go, and the unit tests that have to notice it.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../common/failure.mjs';
import { inRoot, shown } from '../common/paths.mjs';
import { filesNamed } from '../test/files.mjs';

// Tests are named below `test/lib`, files without their ending. These wait for a real clock, or count in thousands.
const TOO_SLOW = [
  'messaging/inbox/full',
  'messaging/inbox/random',
  'messaging/jobs/stories',
  'messaging/selftest/selfTest',
  'messaging/sims/balances',
  'messaging/sims/operators',
  'messaging/sims/stickyRules',
  'messaging/sms/reconcile/doubt',
  'messaging/sms/sender/concurrency',
  'messaging/sms/stopping/simulated',
  'store/postgres/failover',
  'store/postgres/pgBouncer',
  'store/postgres/servers',
];

/** A folder with all that is below it. */
const below = (folder, ...tests) => ({ folder, isDeep: true, tests });
const named = (tests) => tests.map((test) => `messaging/${test}`);
/** A room of `lib/messaging`: its own tests notice what changes there, and a few others by their names. */
const room = (name, ...more) => below(`lib/messaging/${name}`, ...named([name, ...more]));
/** The files that lie in a folder itself, beside its rooms. */
const around = (folder, ...tests) => ({ folder, isDeep: false, tests: named(tests) });

/** Each change is tried on every test of its piece that reaches it. */
export const PIECES = [
  below('lib/push', 'push'),
  below('lib/gateway-api', 'gateway-api'),
  below('lib/plans', 'plans'),
  below('lib/machines', 'machines', 'messaging/sharing'),
  // What they try is in a real PostgreSQL, one for each run of the tests.
  below('lib/store/postgres', 'store/postgres'),
  around(
    'lib/messaging',
    ...[
      'gateway',
      'gateways',
      'sharedGateways',
      'recovery',
      'homeCountry',
      'pushes',
      'oddities',
      'redirected',
      'forgetNotes',
    ],
    ...['forgetting', 'scheduler', 'full', 'sms/sender/waiting'],
  ),
  around(
    'lib/messaging/sms',
    ...['sms/smsPipeline', 'sms/sender', 'sms/tracker', 'sms/stopping', 'sms/reconcile/reconciling', 'gateway'],
    ...['sms/holding', 'gateways', 'redirected'],
  ),
  room('inbox'),
  room('dialogs'),
  room('reading', 'missingQuestions'),
  room('commands'),
  room('watching', 'invented'),
  room('clocks'),
  room('taking'),
  room('requestQueue'),
  room('selftest'),
  room('health'),
  room('canary'),
  room('sharing'),
  room('sims'),
  room('replies'),
  // Its commands are tried in a Node-RED, too, which is no unit test (test/nodes/sendSmsJobs).
  room('jobs', 'gateways', 'sms/stopping', 'sms/sender/recall'),
  // What collects is one of its rules, and is tried with the windows it fills.
  room('sms/holding', 'sms/collecting'),
  room('sms/collecting'),
  room('sms/ledger'),
  room('sms/sender', 'submitting', 'sms/reconcile/reconciling', 'redirected'),
  room('sms/evidence', 'sms/reconcile/reconciling', 'redirected'),
  room('sms/reconcile', 'missingQuestions', 'redirected'),
  room('sms/correlation', 'sms/tracker/tracking'),
  room('sms/tracker', 'missingQuestions'),
  room('sms/outcome', 'taking/followUp'),
  room('sms/stopping'),
];

/** The files of the clone that a piece changes. */
export function sourcesOf({ folder, isDeep }) {
  return readdirSync(inRoot(folder), { recursive: isDeep, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => shown(path.join(entry.parentPath, entry.name)))
    .sort();
}

/** The files of a piece's tests, one by one: what mocha (12.0.3) makes of `{one,other}.test.ts` is no file at all. */
export function testsOf({ tests }) {
  const files = tests
    .flatMap((test) => filesOf(test))
    .filter((file) => !TOO_SLOW.some((slow) => filesOf(slow)[0] === file));
  return [...new Set(files)];
}

function filesOf(test) {
  const name = `test/lib/${test}`;
  return filesNamed([existsSync(inRoot(name)) ? name : `${name}.test.ts`]).map(shown);
}

/**
 * Pieces that one of these files and folders of the clone lies in or holds, or that have one of these names; without any, all:
 * `{ name, sources, tests }`, the latter lists of files.
 */
export function piecesOf(given) {
  const asked = given.map((one) => shown(path.resolve(one)));
  const isAsked = (file) => asked.length === 0 || asked.some((one) => file === one || file.startsWith(`${one}/`));
  const all = PIECES.map((piece) => ({ name: nameOf(piece), piece, sources: sourcesOf(piece) }));
  const exact = all.filter(({ name }) => asked.includes(name));
  const found = all.map((one) => ({ ...one, sources: one.sources.filter(isAsked) }));
  const chosen = (exact.length > 0 ? exact : found).filter(({ sources }) => sources.length > 0);
  if (chosen.length === 0)
    throw new Failure(`${asked} is in no piece of ${shown(inRoot('scripts/mutate/pieces.mjs'))}`);
  return chosen.map(({ name, piece, sources }) => ({ name, sources, tests: testsOf(piece) }));
}

const nameOf = ({ folder, isDeep }) => (isDeep ? folder : `${folder}/*.ts`);
