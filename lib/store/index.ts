export { MemoryStore } from './memory/MemoryStore';
export type {
  HistoryEntry,
  InputRecord,
  NewSms,
  Priority,
  SmsFate,
  SmsStatus,
  Stage,
  StoredInput,
  StoredSms,
  StoredSubmission,
  Submission,
  Until,
  Witness,
} from './records';
export { envelopeOf, laneOf, PRIORITY_RANK } from './records';
export { coversReference } from './references';
export { FIRST_MEMORY_ID, RoutedStore } from './routed/RoutedStore';
export { type DriverKind, findDriver, libsql, nodeSqlite, SqliteStore, sqliteStore } from './sqlite';
export { SteadyStore } from './steady/SteadyStore';
export type { LaneCount, SmsChange, Store, Taken, Taking, WaitingCount, WaitingQuery } from './store';
export { StoreUnavailable } from './store';
