import type { RECORD_READERS } from './recordReaders';

type Readers = typeof RECORD_READERS;

/** The kinds of push that the manual (16) and the later firmware of the field notes describe. */
export type KnownTopic = keyof Readers;

/** A record of a known kind, with the documented types. */
export type RecordEvent = {
  [Topic in KnownTopic]: { kind: Topic; topic: Topic; payload: ReturnType<Readers[Topic]>; sn?: string };
}[KnownTopic];

/** A record under a known kind's key that can't be read as one: as it came, and why. */
export interface MalformedEvent {
  kind: 'malformed';
  topic: KnownTopic;
  payload: unknown;
  malformed: string;
  sn?: string;
}

/** Something under a key that neither the manual nor the field notes know: as it came. */
export interface OtherEvent {
  kind: 'other';
  topic: string;
  payload: unknown;
  sn?: string;
}

/** One pushed record. `kind` tells the shapes apart; `topic` is the key it came under, `sn` the sender's serial number. */
export type PushEvent = RecordEvent | MalformedEvent | OtherEvent;
