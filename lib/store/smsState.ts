import type { InputRecord, NewSms, SmsState, StoredSms } from './records';
import type { SmsChange } from './store';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const STATE: Record<keyof SmsState, 'always' | 'sometimes'> = {
  stage: 'always',
  status: 'always',
  expires_at: 'always',
  due_at: 'always',
  held: 'sometimes',
  released_at: 'sometimes',
  superseded: 'sometimes',
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

/** An SMS as it is stored when it is taken: what was given is its giver's to change. */
export function takenSms(id: number, input: InputRecord, sms: NewSms, paused = false): StoredSms {
  // Not spread (see `changedSms`): with each field the object gets a shape of its own, 6 KB for nobody.
  const taken: Writable<StoredSms> = Object.assign({}, sms, {
    id,
    input: input.id,
    gateway: input.gateway,
    node: input.node,
    stage: sms.turn && sms.turn.place > 0 ? ('standby' as const) : ('waiting' as const),
    status: 'QUEUED' as const,
    due_at: sms.due_at ?? 0,
    history: [],
    poll_at: sms.poll_at ?? 0,
    polls: 0,
  });
  if (sms.ports) taken.ports = [...sms.ports];
  if (sms.text_param) taken.text_param = [...sms.text_param];
  if (sms.extra) taken.extra = { ...sms.extra };
  if (paused) taken.paused = true;
  return taken;
}

/** What becomes of an SMS by a change: another object, the one that was stays as it is. What it gives back or is charged is the caller's. */
export function changedSms(sms: StoredSms, change: Omit<SmsChange, 'id'>): StoredSms {
  // Not spread: V8 clones what was parsed from JSON as it lies, and a field more costs such an object as much as twenty others.
  const after = Object.assign({}, sms);
  enterChange(after, change);
  return after;
}

/**
 * Enters a change: its fields that are those of an {@link SmsState} replace what is there, whatever else the object carries. One
 * that is there as `undefined` takes away what was there; what an SMS always has stays.
 */
export function enterChange(sms: StoredSms, change: Omit<SmsChange, 'id'>): void {
  const fields: Record<string, unknown> = sms as unknown as Record<string, unknown>;
  const isCharged = sms.sim !== undefined;
  for (const field in change) {
    const kind = STATE[field as keyof SmsState];
    const value = change[field as keyof SmsState];
    if (value !== undefined && kind !== undefined) fields[field] = value;
    else if (kind === 'sometimes' && field in fields) delete fields[field];
  }
  const { giveBack, recharge } = change;
  if (giveBack) delete fields.sim;
  else if (recharge && isCharged) fields.sim = recharge;
}
