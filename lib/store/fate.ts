import type { InputRecord, NewSms, SmsFate, StoredSms } from './records';

const FATE: Record<keyof SmsFate, 'always' | 'sometimes'> = {
  stage: 'always',
  status: 'always',
  task_id: 'sometimes',
  port: 'sometimes',
  ref_id: 'sometimes',
  count: 'sometimes',
  succ_count: 'sometimes',
  time: 'sometimes',
  time_iso: 'sometimes',
  status_code: 'sometimes',
  error: 'sometimes',
  reports: 'sometimes',
  history: 'always',
  poll_at: 'always',
  polls: 'always',
};

const FATE_FIELDS = Object.keys(FATE) as (keyof SmsFate)[];

/**
 * The fields of a change that replace stored ones: those of an {@link SmsFate} that are there, whatever else the object
 * carries. One that is there as `undefined` takes the stored one away; those that an SMS always has stay.
 */
export function changedFields(change: Partial<SmsFate>): Partial<SmsFate> {
  const isGiven = (field: keyof SmsFate): boolean =>
    field in change && (change[field] !== undefined || FATE[field] === 'sometimes');
  return Object.fromEntries(FATE_FIELDS.filter(isGiven).map((field) => [field, change[field]]));
}

/** An SMS as it is stored when it is taken. */
export const takenSms = (id: number, input: InputRecord, sms: NewSms): StoredSms => ({
  ...sms,
  id,
  input: input.id,
  gateway: input.gateway,
  stage: 'waiting',
  status: 'QUEUED',
  history: [],
  poll_at: 0,
  polls: 0,
});
