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
  Submission,
  Until,
  Witness,
} from './records';
export { envelopeOf, laneOf, PRIORITY_RANK } from './records';
export type { LaneCount, SmsChange, Store, Taken, Taking, WaitingQuery } from './store';
export { StoreUnavailable } from './store';
