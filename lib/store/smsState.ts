import type { InputRecord, NewSms, SmsState, StoredSms } from './records';
import type { SmsChange } from './store';

const STATE: Record<keyof SmsState, 'always' | 'sometimes'> = {
  stage: 'always',
  status: 'always',
  expires_at: 'always',
  due_at: 'always',
  held: 'sometimes',
  released_at: 'sometimes',
  superseded: 'sometimes',
  best_other: 'sometimes',
  collected: 'sometimes',
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
  sim: 'sometimes',
  stopping_at: 'sometimes',
  history: 'always',
  poll_at: 'always',
  polls: 'always',
};

const STATE_FIELDS = Object.keys(STATE) as (keyof SmsState)[];

/**
 * The fields of a change that replace stored ones: those of an {@link SmsState} that are there, whatever else the object
 * carries. One that is there as `undefined` takes the stored one away; those that an SMS always has stay.
 */
export function changedFields(change: Partial<SmsState>): Partial<SmsState> {
  const fields: Record<string, unknown> = {};
  for (const field of STATE_FIELDS) {
    const value = change[field];
    if (value !== undefined || (STATE[field] === 'sometimes' && field in change)) fields[field] = value;
  }
  return fields;
}

/** An SMS as it is stored when it is taken. */
export const takenSms = (id: number, input: InputRecord, sms: NewSms, paused = false): StoredSms => ({
  ...sms,
  id,
  input: input.id,
  gateway: input.gateway,
  node: input.node,
  ...(paused && { paused: true }),
  stage: sms.turn && sms.turn.place > 0 ? 'standby' : 'waiting',
  status: 'QUEUED',
  due_at: sms.due_at ?? 0,
  history: [],
  poll_at: sms.poll_at ?? 0,
  polls: 0,
});

/** A copy that shares nothing with the store which a caller could change by accident. */
export const copyOf = (sms: StoredSms): StoredSms => apart({ ...sms });

/** What becomes of an SMS by a change; the same as {@link copyOf} otherwise. What it gives back or is charged is the caller's. */
export function changedSms(sms: StoredSms, change: Omit<SmsChange, 'id'>): StoredSms {
  const { giveBack, recharge } = change;
  const fields = changedFields({
    ...change,
    ...(recharge && sms.sim && { sim: recharge }),
    ...(giveBack && { sim: undefined }),
  });
  const after = { ...sms, ...fields };
  for (const field in fields) {
    if (fields[field as keyof SmsState] === undefined) delete after[field as keyof SmsState];
  }
  return apart(after);
}

/** Gives an SMS its own of what it shares with the one it was copied from. */
function apart(sms: StoredSms): StoredSms {
  sms.history = [...sms.history];
  if (sms.held) sms.held = { ...sms.held };
  if (sms.reports) sms.reports = { ...sms.reports };
  if (sms.ports) sms.ports = [...sms.ports];
  if (sms.text_param) sms.text_param = [...sms.text_param];
  if (sms.times) sms.times = { ...sms.times };
  if (sms.collect) sms.collect = { ...sms.collect };
  if (sms.collected) sms.collected = { ...sms.collected };
  if (sms.sim) sms.sim = { ...sms.sim, charges: sms.sim.charges.map((charge) => ({ ...charge })) };
  if (sms.extra) sms.extra = { ...sms.extra };
  return sms;
}
