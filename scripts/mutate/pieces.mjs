// What is mutated in one go, and the unit tests that have to notice it.
import path from 'node:path';
import { Failure } from '../common/failure.mjs';
import { inRoot, shown } from '../common/paths.mjs';

const messaging = (room, ...tests) => ({
  folder: `lib/messaging/${room}`,
  tests: tests.map((test) => `test/lib/messaging/${test}.test.ts`),
});

/**
 * The tests of a piece are those that are about it: each change is tried on every one of them that reaches it. What stands
 * in `lib/messaging` beside its rooms puts them together, and belongs to no piece.
 */
export const PIECES = [
  { folder: 'lib/push', tests: ['test/lib/push/**/*.test.ts'] },
  { folder: 'lib/gateway-api', tests: ['test/lib/gateway-api/**/*.test.ts'] },
  messaging('inbox', 'inbox/*'),
  messaging('dialogs', '{dialogTurns,stk*,ussd*}'),
  messaging('reading', '{portReader,knownPorts,smsFilter,missingQuestions}'),
  messaging('commands', 'port{Command,Setting}'),
  messaging('watching', '{callRecords,cdrWatch,seenCdr,invented,portChanges,portWatcher}'),
  messaging('clocks', 'clocks/*'),
  messaging('taking', '{followUp,order,recipients,userIds,sending}'),
  messaging('line', '{line,turn,sharedRead}'),
  messaging('selftest', 'selftest/*'),
  messaging('sms/ledger', '{ledger,transitions,transitionsWalk,merge,pollPlan,overdue}'),
  messaging('sms/sender', '{admission,compose,expiry,fuse,holdOff,sending}'),
  messaging('sms/evidence', '{match,reconciling,inventedResults}'),
  messaging('sms/reconcile', '{reconciling,doubt}'),
  messaging('sms/correlation', '{match,tracking,inventedResults}'),
  messaging('sms/tracker', 'tracking'),
  messaging('sms/outcome', '{outcome,outcomes,followUp}'),
  messaging('sms/stopping', '{stopping,stoppingAftermath,stoppingWish}'),
];

/** Pieces that a file or a folder of the clone lies in or holds: `{ folder, tests, mutate }`, the last what to change. */
export function piecesOf(given) {
  if (given === undefined) return PIECES.map((piece) => ({ ...piece, mutate: sourcesIn(piece.folder) }));
  const asked = shown(path.resolve(given));
  const isIn = (inner, outer) => inner === outer || inner.startsWith(`${outer}/`);
  const found = PIECES.flatMap((piece) => {
    if (isIn(piece.folder, asked)) return [{ ...piece, mutate: sourcesIn(piece.folder) }];
    return isIn(asked, piece.folder) ? [{ ...piece, mutate: sourcesIn(asked) }] : [];
  });
  if (found.length === 0) throw new Failure(`${asked} is in no piece of ${shown(inRoot('scripts/mutate/pieces.mjs'))}`);
  return found;
}

const sourcesIn = (name) => (name.endsWith('.ts') ? name : `${name}/**/*.ts`);
