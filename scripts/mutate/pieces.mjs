// What is mutated in one go, and the unit tests that have to notice it.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../common/failure.mjs';
import { inRoot, shown } from '../common/paths.mjs';
import { filesNamed } from '../test/files.mjs';

/** A folder with all that is below it. */
const below = (folder, ...tests) => ({ folder, isDeep: true, tests });
const named = (tests) => tests.map((test) => `messaging/${test}`);
const room = (name, ...tests) => below(`lib/messaging/${name}`, ...named(tests));
/** The files that lie in a folder itself, beside its rooms. */
const around = (folder, ...tests) => ({ folder, isDeep: false, tests: named(tests) });

/**
 * Each change is tried on every test of its piece that reaches it: files or folders below `test/lib`, by their names. Those
 * that wait for a real clock are left out.
 */
export const PIECES = [
  below('lib/push', 'push'),
  below('lib/gateway-api', 'gateway-api'),
  around(
    'lib/messaging',
    'gateways',
    'pushes',
    'oddities',
    'redirected',
    'forgetNotes',
    'scheduler',
    'full',
    'sms/sender/waiting',
  ),
  around(
    'lib/messaging/sms',
    'sms/sender/waiting',
    'sms/tracker/tracking',
    'sms/reconcile/reconciling',
    'redirected',
    'taking/validateRequest',
    'sms/stopping/stopper',
  ),
  room(
    'inbox',
    ...['asking', 'delivery', 'duringALook', 'inventedPushes', 'judge', 'once', 'restarts', 'tooHighIds'].map(
      (test) => `inbox/${test}`,
    ),
  ),
  room(
    'dialogs',
    'dialogs/portMutexes',
    'dialogs/stk/stkMenus',
    'dialogs/stk/names',
    'dialogs/ussd/property',
    'dialogs/ussd/stories',
    'dialogs/ussd/portTexts',
  ),
  room('reading', 'reading/portReader', 'reading/knownPorts', 'reading/smsFilter', 'missingQuestions'),
  room('commands', 'commands/portCommand', 'commands/portSetter'),
  room(
    'watching',
    'watching/cdr/callRecords',
    'watching/cdr/cdrWatch',
    'watching/cdr/seenCdrs',
    'watching/cdr/crashes',
    'invented',
    'watching/ports/changes',
    'watching/ports/portWatcher',
  ),
  room('clocks', 'clocks'),
  room(
    'taking',
    'taking/followUp',
    'taking/smsIntake',
    'taking/key',
    'taking/validateRequest',
    'taking/recipients',
    'taking/templates',
    'taking/userIds',
    'taking/wording',
  ),
  room('requestQueue', 'requestQueue/requestQueue', 'requestQueue/slot', 'requestQueue/sharedRead'),
  room('selftest', 'selftest'),
  room(
    'sms/ledger',
    'sms/ledger/ledger',
    'sms/ledger/transitions',
    'sms/ledger/transitionsWalk',
    'sms/ledger/results',
    'sms/ledger/segments',
    'sms/ledger/pollPlan',
    'sms/ledger/overdue',
  ),
  room(
    'sms/sender',
    'sms/sender/admission',
    'sms/sender/readyPorts',
    'sms/sender/compose',
    'sms/sender/expiry',
    'sms/sender/hourlyLimit',
    'sms/sender/backoff',
    'submitting',
    'sms/sender/waiting',
    'sms/reconcile/reconciling',
    'redirected',
  ),
  room('sms/evidence', 'sms/evidence/evidence', 'sms/evidence/probe', 'sms/reconcile/reconciling', 'redirected'),
  room(
    'sms/reconcile',
    'sms/reconcile/inDoubtSubmission',
    'sms/reconcile/lateAnswer',
    'sms/reconcile/reconciler',
    'sms/reconcile/lostSmsDetector',
    'sms/reconcile/reconciling',
    'missingQuestions',
    'redirected',
  ),
  room(
    'sms/correlation',
    'sms/correlation/match',
    'sms/correlation/correlator',
    'sms/tracker/tracking',
    'sms/correlation/inventedResults',
  ),
  room('sms/tracker', 'sms/tracker/tracker', 'sms/tracker/tracking', 'missingQuestions'),
  room('sms/outcome', 'sms/outcome/outcome', 'sms/outcome/outcomes', 'taking/followUp'),
  room('sms/stopping', 'sms/stopping/stopper', 'sms/stopping/stopFollowUp', 'sms/stopping/stopRequest'),
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
  const names = tests.map((test) => `test/lib/${test}`);
  return filesNamed(names.map((name) => (existsSync(inRoot(name)) ? name : `${name}.test.ts`))).map(shown);
}

/** Pieces that a file or a folder of the clone lies in or holds: `{ name, sources, tests }`, the latter lists of files. */
export function piecesOf(given) {
  const asked = given === undefined ? '' : shown(path.resolve(given));
  const isAsked = (file) => asked === '' || file === asked || file.startsWith(`${asked}/`);
  const found = PIECES.map((piece) => ({ ...piece, sources: sourcesOf(piece).filter(isAsked) })).filter(
    ({ sources }) => sources.length > 0,
  );
  if (found.length === 0) throw new Failure(`${asked} is in no piece of ${shown(inRoot('scripts/mutate/pieces.mjs'))}`);
  return found.map((piece) => ({
    name: piece.isDeep ? piece.folder : `${piece.folder}/*.ts`,
    sources: piece.sources,
    tests: testsOf(piece),
  }));
}
