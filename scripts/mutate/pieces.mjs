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
    'housekeeper',
    'full',
    'waiting',
  ),
  around('lib/messaging/sms', 'waiting', 'tracking', 'reconciling', 'redirected', 'order', 'stopping'),
  room(
    'inbox',
    ...['asking', 'delivery', 'duringALook', 'inventedPushes', 'judge', 'once', 'restarts', 'tooHighIds'].map(
      (test) => `inbox/${test}`,
    ),
  ),
  room('dialogs', 'dialogTurns', 'stkMenus', 'stkNames', 'ussdProperty', 'ussdStories', 'ussdTexts'),
  room('reading', 'portReader', 'knownPorts', 'smsFilter', 'missingQuestions'),
  room('commands', 'portCommand', 'portSetting'),
  room('watching', 'callRecords', 'cdrWatch', 'seenCdr', 'cdrCrashes', 'invented', 'portChanges', 'portWatcher'),
  room('clocks', 'clocks'),
  room('taking', 'followUp', 'intake', 'key', 'order', 'recipients', 'templates', 'userIds', 'wording'),
  room('requestQueue', 'line', 'turn', 'sharedRead'),
  room('selftest', 'selftest'),
  room('sms/ledger', 'ledger', 'transitions', 'transitionsWalk', 'merge', 'segments', 'pollPlan', 'overdue'),
  room(
    'sms/sender',
    'admission',
    'ports',
    'compose',
    'expiry',
    'hourlyLimit',
    'backoff',
    'submitting',
    'waiting',
    'reconciling',
    'redirected',
  ),
  room('sms/evidence', 'evidence', 'probe', 'reconciling', 'redirected'),
  room(
    'sms/reconcile',
    'doubtLooks',
    'lateLook',
    'reconciler',
    'lostSms',
    'reconciling',
    'missingQuestions',
    'redirected',
  ),
  room('sms/correlation', 'match', 'correlator', 'tracking', 'inventedResults'),
  room('sms/tracker', 'tracker', 'tracking', 'missingQuestions'),
  room('sms/outcome', 'outcome', 'outcomes', 'followUp'),
  room('sms/stopping', 'stopping', 'stoppingAftermath', 'stoppingWish'),
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
