import { randomBytes } from 'node:crypto';
import { noteKeys, type Store } from '../store';

const KEY_BYTES = 32;

/** The key in the store by which digests are made; made where there is none yet. Rejects when the store can't be read. */
export async function digestKey(store: Pick<Store, 'notes' | 'putNotes'>): Promise<string> {
  const key = noteKeys.digestKey;
  const kept = (await store.notes([key])).get(key);
  if (kept !== undefined) return kept;
  const made = randomBytes(KEY_BYTES).toString('base64url');
  await store.putNotes(new Map([[key, made]]));
  return made;
}
