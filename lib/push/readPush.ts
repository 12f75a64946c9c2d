import { type ClockFace, isRecord, type OddityListener, passedOver } from '../gateway-api';
import type { KnownTopic, PushEvent, RecordEvent } from './events';
import { type OpenedPush, openPush, recordsUnder } from './openPush';
import { RECORD_READERS } from './recordReaders';

/** How the records of a push are read: by the gateway's clock face each time gains its `_iso` sibling. */
export interface ReadPushOptions extends Partial<ClockFace> {
  /** Told of records that can't be read and of words that aren't known. */
  onOddity?: OddityListener;
}

/**
 * Checks a pushed body and reads its records (manual 3.4, 4.4, 6.4, 8.4 and 16): one event a record, in the body's order,
 * several kinds in one body included. {@link openPush} says what a body may be and which PushError it may throw.
 */
export function readPush(body: unknown, options: ReadPushOptions = {}): PushEvent[] {
  return readEvents(openPush(body), options);
}

/**
 * The events of an opened push. Each key holds one record, an array or an object of them, whatever the manual prints; null
 * and an empty text under a known kind's key are no record. A record of a known kind that can't be read leaves the others
 * as they are: it becomes an event of the kind `malformed`, as it came. A key that isn't known becomes events of the kind
 * `other`.
 */
export function readEvents(push: OpenedPush, options: ReadPushOptions = {}): PushEvent[] {
  const sender = push.sn === undefined ? {} : { sn: push.sn };
  return push.entries.flatMap(([topic, value]): PushEvent[] => {
    if (!isKnown(topic)) {
      const payloads: unknown[] = Array.isArray(value) ? value : [value];
      return payloads.map((payload) => ({ kind: 'other', topic, payload, ...sender }));
    }
    return recordsUnder(value).map((record) => ({ ...readRecord(topic, record, options), ...sender }));
  });
}

// Own keys only: a body may well have a key such as `constructor`.
function isKnown(topic: string): topic is KnownTopic {
  return Object.hasOwn(RECORD_READERS, topic);
}

function readRecord(topic: KnownTopic, record: unknown, options: ReadPushOptions): PushEvent {
  const { timezone = '', now, onOddity } = options;
  const reader = RECORD_READERS[topic];
  const attempted = reader.attempt(record, { timezone, now }, onOddity);
  // The compiler can't see that reader and topic go together; the table says so.
  if ('record' in attempted) return { kind: topic, topic, payload: attempted.record } as RecordEvent;
  onOddity?.(passedOver(reader.what, attempted.why, 'pushed', false));
  const why = isRecord(record)
    ? `The gateway sent ${reader.what} that can't be read: ${attempted.why}.`
    : 'not an object';
  return { kind: 'malformed', topic, payload: record, malformed: why };
}
