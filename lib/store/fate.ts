import type { InputRecord, NewSms, SmsFate, StoredSms } from './records';

/** Every field of an {@link SmsFate}: what a change may replace. */
const FATE_FIELDS = Object.keys({
  stage: true,
  status: true,
  task_id: true,
  port: true,
  ref_id: true,
  count: true,
  succ_count: true,
  time: true,
  time_iso: true,
  status_code: true,
  error: true,
  reports: true,
  history: true,
  poll_at: true,
  polls: true,
} satisfies Record<keyof SmsFate, true>) as (keyof SmsFate)[];

/**
 * The fields of a change that replace stored ones. Whatever else the object carries is left out (a whole SMS may be
 * given), and so are fields that are `undefined`: a poll that says nothing of a `ref_id` doesn't wipe the known one.
 */
export function changedFields(change: Partial<SmsFate>): Partial<SmsFate> {
  return Object.fromEntries(
    FATE_FIELDS.filter((field) => change[field] !== undefined).map((field) => [field, change[field]]),
  );
}

/** An SMS as it is stored when it is taken: waiting, with one entry in its history. */
export function takenSms(id: number, input: InputRecord, sms: NewSms): StoredSms {
  return {
    ...sms,
    id,
    input: input.id,
    gateway: input.gateway,
    stage: 'waiting',
    status: 'QUEUED',
    history: [{ status: 'QUEUED', at: input.taken_at, by: 'node' }],
    poll_at: 0,
    polls: 0,
  };
}
