import { noteKeys } from '../noteKeys';
import { copy, isOfStore } from './copy';
import { MoveRefused, type Side } from './Side';

/** What has been moved. */
export interface Moved {
  inputs: number;
  sms: number;
  /** Of the SMS: those that aren't done. */
  open: number;
  /** An interrupted move was ended. */
  isResumed: boolean;
  /** What is left of the store they were in, for people to see to; undefined = nothing. */
  left: string | undefined;
}

export interface MoveOptions {
  /** Makes a name that nothing else has. */
  createId: () => string;
  /** Whether the store to which a former move had begun is gone for good: then that one is taken for not done. */
  isFormerTargetGone?: boolean;
}

/** What a store that is being moved says of it. */
interface Mark {
  /** The name of this move. */
  id: string;
  /** The store that it goes to, by its own note. */
  to: string;
}

/**
 * Moves all messages from one store to another. The first says that it is moved before anything is written to the other, and from
 * then on nobody opens it; the other keeps all of it in one transaction, with the name of the move. So at any moment one of them is
 * alive at most, and whoever is stopped in between goes on where that was.
 * @returns undefined where there is nothing to move
 * @throws MoveRefused, StoreUnavailable; where nothing was kept in the other one, the first is as it was before
 */
export async function move(from: Side, to: Side, options: MoveOptions): Promise<Moved | undefined> {
  const target = await within(to, () => identityOf(to, options.createId));
  const begun = await within(from, () => mark(from, target, options));
  if (!begun) return undefined;
  const { id, isResumed, ...counts } = begun;
  await transfer(from, to, { id, isResumed });
  await within(from, () => from.clear());
  const left = await from.leave();
  // One that stays where this is killed harms nobody.
  await within(to, () => to.forgetNote(noteKeys.moved(id)));
  return { ...counts, isResumed, left };
}

async function within<T>(side: Side, work: () => Promise<T>): Promise<T> {
  await begin(side);
  try {
    const value = await work();
    await side.commit();
    return value;
  } catch (error) {
    await side.rollback().catch(() => undefined);
    throw error;
  }
}

async function begin(side: Side): Promise<void> {
  try {
    await side.begin();
  } catch (error) {
    await side.rollback().catch(() => undefined);
    throw error;
  }
}

async function identityOf(side: Side, createId: () => string): Promise<string> {
  const known = await side.note(noteKeys.identity);
  if (known !== undefined) return known;
  const id = createId();
  await side.putNotes(new Map([[noteKeys.identity, id]]));
  return id;
}

interface Begun extends Omit<Moved, 'left'> {
  id: string;
}

/** Says in a store that it is being moved; from then on nobody else opens it. */
async function mark(from: Side, target: string, options: MoveOptions): Promise<Begun | undefined> {
  const found = await from.note(noteKeys.moving);
  const counts = await from.counts();
  if (found !== undefined) {
    const { id, to } = JSON.parse(found) as Mark;
    if (to === target) return { id, isResumed: true, ...counts };
    if (!options.isFormerTargetGone) throw otherTarget(from);
  } else if (counts.inputs === 0 && (await isEmpty(from))) return undefined;
  const id = options.createId();
  await from.putNotes(new Map([[noteKeys.moving, JSON.stringify({ id, to: target } satisfies Mark)]]));
  await from.shutOut();
  return { id, isResumed: false, ...counts };
}

const otherTarget = ({ name }: Side): MoveRefused =>
  new MoveRefused(
    `A move of ${name} to another place was begun and interrupted. Give the same place again, and it is ended; ` +
      'only where that is gone for good, add --former-target-is-gone',
  );

async function isEmpty(from: Side): Promise<boolean> {
  const [usage, pauses, notes] = [await from.usage(0), await from.pauses(), await from.notes()];
  return usage.records.length + pauses.length === 0 && [...notes.keys()].every(isOfStore);
}

/** Copies all of it in one transaction, or finds that it was. */
async function transfer(from: Side, to: Side, { id, isResumed }: Pick<Begun, 'id' | 'isResumed'>): Promise<void> {
  let isAsked = false;
  try {
    await begin(from);
    await begin(to);
    if ((await to.note(noteKeys.moved(id))) === undefined) {
      await copy(from, to);
      await to.putNotes(new Map([[noteKeys.moved(id), '1']]));
    }
    isAsked = true;
    await to.commit();
    await from.rollback();
  } catch (error) {
    await to.rollback().catch(() => undefined);
    await from.rollback().catch(() => undefined);
    // Whether it was kept only the other one knows: whoever comes next asks it.
    if (!isAsked && !isResumed) await within(from, () => from.forgetNote(noteKeys.moving));
    throw error;
  }
}
