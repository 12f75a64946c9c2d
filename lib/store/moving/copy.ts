import { noteKeys } from '../noteKeys';
import type { Page } from './records';
import { MoveRefused, type Side } from './Side';
import { type Differences, inputThere, pauseThere, smsThere, usageThere } from './shiftedRecords';

/** Copies all that a store has into another one, which may have something already. Ids go on where the other one's end. */
export async function copy(from: Side, to: Side): Promise<void> {
  const [had, have] = [await to.counts(), await from.counts()];
  const by = await reserve(from, to, had.inputs === 0);
  await each(
    (after) => from.inputs(after),
    (inputs) => to.addInputs(inputs.map((one) => inputThere(one, by))),
  );
  await each(
    (after) => from.sms(after),
    (sms) => to.addSms(sms.map((one) => smsThere(one, by))),
  );
  await each(
    (after) => from.usage(after),
    (usage) => to.addUsage(usage.map((one) => usageThere(one, by))),
  );
  await to.addPauses((await from.pauses()).map((one) => pauseThere(one, by)));
  await to.putNotes(newNotes(await from.notes(), await to.notes()));
  const now = await to.counts();
  for (const what of ['inputs', 'sms', 'open'] as const) {
    if (now[what] !== had[what] + have[what])
      throw new MoveRefused(`${now[what]} ${what} arrived instead of ${had[what] + have[what]}`);
  }
}

/** Takes the ids that the other store's counters are to give for what comes. */
async function reserve(from: Side, to: Side, isFresh: boolean): Promise<Differences> {
  const [here, there] = [await from.counters(), await to.counters()];
  const first = (await from.firstSms()) ?? here.sms + 1;
  const places = (await to.pauses()).map(({ place }) => place);
  const moments = (await from.getShift()) - (await to.getShift());
  await to.setCounters({
    sms: there.sms + here.sms - first + 1,
    submission: there.submission + here.submission,
    // What follows the ids that the gateways still know: they begin at a random point.
    user_id: isFresh ? here.user_id : there.user_id,
  });
  return { ids: there.sms + 1 - first, submissions: there.submission, places: Math.max(0, ...places), moments };
}

async function each<T>(
  read: (after: number) => Promise<Page<T>>,
  write: (records: T[]) => Promise<void>,
): Promise<void> {
  for (let after: number | undefined = 0; after !== undefined; ) {
    const { records, next }: Page<T> = await read(after);
    if (records.length > 0) await write(records);
    after = next;
  }
}

const OF_STORE: readonly string[] = [noteKeys.time, noteKeys.identity, noteKeys.moving];
/** Whether a note is about its store itself. */
export const isOfStore = (key: string): boolean => OF_STORE.includes(key) || key.startsWith(noteKeys.moved(''));

/** What nodes have had in the other store counts; what they were about to emit is emitted from both. */
function newNotes(from: ReadonlyMap<string, string>, to: ReadonlyMap<string, string>): Map<string, string> {
  const added = new Map<string, string>();
  for (const [key, note] of from) {
    const known = to.get(key) ?? '';
    if (isOfStore(key)) continue;
    if (known === '') added.set(key, note);
    else if (key.startsWith(noteKeys.emitOutbox('', '').trimEnd()) && note !== '') {
      added.set(key, JSON.stringify([...JSON.parse(known), ...JSON.parse(note)]));
    }
  }
  return added;
}
