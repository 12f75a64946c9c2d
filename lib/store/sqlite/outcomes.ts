import type { StoredInput, StoredSms } from '../records';
import { smsOf } from '../rows';
import type { OutcomeParts } from '../store';
import type { Connection } from './Connection';
import { inputsByIds } from './inputs';
import { oneOf } from './oneOf';
import { SMS } from './records';

/** What outcomes tell, read for all of them at once. */
export function outcomes(db: Connection, ids: string[]): OutcomeParts[] {
  const open = inputsByIds(db, ids).filter(({ closed_at }) => closed_at === 0);
  const firsts = firstsOf(db, open);
  const told = open.map((input) => ({ input, first: firsts.get(input.duplicate_of ?? '') ?? input }));
  const sms = smsOfInputs(db, new Set(told.map(({ first }) => first.id)));
  return told.map(({ input, first }) => ({ input, first, recipients: sms.get(first.id) ?? [] }));
}

function firstsOf(db: Connection, inputs: readonly StoredInput[]): Map<string, StoredInput> {
  const ids = inputs.flatMap(({ duplicate_of }) => duplicate_of ?? []);
  return new Map(ids.length === 0 ? [] : inputsByIds(db, ids).map((input) => [input.id, input]));
}

const OF_INPUTS = `SELECT ${SMS.replace(/\w+/g, 'sms.$&')} FROM inputs CROSS JOIN sms ON sms.id BETWEEN inputs.first_sms AND inputs.last_sms`;

function smsOfInputs(db: Connection, ids: ReadonlySet<string>): Map<string, StoredSms[]> {
  const { is, value } = oneOf([...ids]);
  const found = new Map<string, StoredSms[]>();
  for (const row of db.all(`${OF_INPUTS} WHERE inputs.id ${is}`, value)) {
    const sms = smsOf(row);
    const others = found.get(sms.input);
    if (others) others.push(sms);
    else found.set(sms.input, [sms]);
  }
  for (const sms of found.values()) sms.sort((a, b) => a.id - b.id);
  return found;
}
