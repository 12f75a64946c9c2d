export type { Collect, Collected } from './collect';
export { freeSince } from './freeSince';
export type { HeldCount } from './heldCounts';
export {
  type JobCommand,
  type JobList,
  type JobScope,
  type JobTally,
  jobOf,
  type ListedJob,
  type TimedCommand,
} from './jobs';
export { MemoryStore } from './memory/MemoryStore';
export { holderOfNote, noteKeys, ownersOf } from './noteKeys';
export type { PostgresStore } from './postgres';
export { parseConnection } from './postgres/connectionString';
export { loadPostgres } from './postgres/loadPostgres';
export { loadPg } from './postgres/pg';
export { failedForCertain, hasFailed, hasReached, isFailure, isPending, wasAccepted, wasSent } from './reach';
export { countingOf, firstIdOf, hadTurn, idsOfRecipient, isOpen } from './recipients';
export type {
  Held,
  HeldBy,
  HistoryEntry,
  InputRecord,
  NewSms,
  Priority,
  SmsState,
  SmsStatus,
  SmsTimes,
  Source,
  Stage,
  StoredInput,
  StoredSms,
  StoredSubmission,
  Submission,
  Turn,
  Until,
} from './records';
export { batchKeyOf, NOT_DUE, PRIORITY_RANK, portSetOf, SMS_STATUSES } from './records';
export { coversReference } from './references';
export { FIRST_DATABASE_ID, FIRST_MEMORY_ID } from './routed/ids';
export { RoutedStore } from './routed/RoutedStore';
export { type DriverKind, findDriver, libsql, nodeSqlite } from './sqlite/drivers';
export { SteadyStore } from './steady/SteadyStore';
export type {
  BegunTo,
  DueKind,
  OutcomeParts,
  PortCount,
  PortSetCount,
  SmsChange,
  SmsCriterion,
  SmsPage,
  Store,
  Taken,
  Taking,
  WaitingQuery,
} from './store';
export { StoreUnavailable } from './store';
export { ThreadedStore, threadedStore } from './thread';
export type { Charge, ChosenSim, Usage, UsageChange, UsageQuestion } from './usage';
export { WITHDRAWABLE, withdrawal } from './withdrawal';
