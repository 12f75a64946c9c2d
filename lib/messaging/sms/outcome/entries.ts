import { mapped, type Steps } from '../../../concurrency';
import { countingOf, type StoredSms, type Until } from '../../../store';

/** The SMS of one recipient in the order of his numbers, which have their turns one after the other; mostly it is one. */
export type Entry = readonly [StoredSms, ...StoredSms[]];

/** The SMS of an input as recipients, in their order. */
export function* entriesOf(sms: readonly StoredSms[]): Steps<Entry[]> {
  const entries: [StoredSms, ...StoredSms[]][] = [];
  yield* mapped(sms, (one) => {
    const last = entries.at(-1);
    if (last && one.turn && one.turn.place > 0) last.push(one);
    else entries.push([one]);
  });
  return entries;
}

/** The SMS that counts of a recipient: the one that has reached him, else the last one that had its turn. */
export const countsOf = (entry: Entry, until: Until): StoredSms => countingOf(entry, until) ?? entry[0];

/** SMS that are changed in one go. */
const SMS_PER_PART = 128;

/** The SMS of an input in parts, each with whole recipients: what stands by for a number goes with it. */
export function* inParts(sms: readonly StoredSms[]): Generator<StoredSms[]> {
  for (let from = 0, to = 0; from < sms.length; from = to) {
    to = from + SMS_PER_PART;
    while ((sms[to]?.turn?.place ?? 0) > 0) to += 1;
    yield sms.slice(from, to);
  }
}
