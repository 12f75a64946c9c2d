import { noteKeys, ownersOf, type Store } from '../store';
import { CANARY_NODE } from './canary/CanaryLine';

export interface ForgetNotesOptions {
  store: Store;
  /** Ms since 1970. */
  now: number;
  /** How long a node must have been missing, in ms. */
  keepMs: number;
  /** The nodes in the flows, disabled ones too. */
  nodes: ReadonlySet<string>;
  /** Told that a node has been missing for so long: what only it could have ended is to be ended. */
  onGone: (node: string) => Promise<void>;
}

/**
 * Forgets the notes of nodes that have been missing in the flows for so long: a node that comes back sooner, by an undo or
 * from a backup, goes on where it was. Rejects when the store can't be read or written; then nothing is lost by trying again.
 */
export async function forgetNotes({ store, now, keepMs, nodes, onGone }: ForgetNotesOptions): Promise<void> {
  const byMissing = await missingOwners(store, nodes);
  const noted = (await store.notes([noteKeys.missingNodes])).get(noteKeys.missingNodes) || '[]';
  const known = new Map(JSON.parse(noted) as [string, number][]);
  const since = new Map<string, number>();
  for (const [node, keys] of byMissing) {
    // A clock that was set back mustn't make it longer.
    const at = Math.min(known.get(node) ?? now, now);
    const isGone = at <= now - keepMs;
    if (isGone) await onGone(node);
    if (isGone && (await isIdle(store, node))) await store.forgetNotes(keys);
    else since.set(node, at);
  }
  const note = JSON.stringify([...since]);
  if (note !== noted) await store.putNotes(new Map([[noteKeys.missingNodes, note]]));
}

async function missingOwners(store: Store, nodes: ReadonlySet<string>): Promise<Map<string, string[]>> {
  // Ids are made without spaces and slashes, but a flow written by hand may have any: their notes can't be told apart.
  const odd = [...nodes].filter((id) => /[\s/]/.test(id));
  const found = new Map<string, string[]>();
  for (const key of await store.noteKeys()) {
    if (odd.some((id) => key.includes(id))) continue;
    const missing = ownersOf(key).find((id) => !isThere(id, nodes));
    if (missing !== undefined) found.set(missing, [...(found.get(missing) ?? []), key]);
  }
  return found;
}

/** Whether a node is in the flows. One inside a subflow has the ids of instance and template, joined by a hyphen. */
function isThere(id: string, nodes: ReadonlySet<string>): boolean {
  if (nodes.has(id) || id === CANARY_NODE) return true;
  for (let end = id.indexOf('-'); end >= 0; end = id.indexOf('-', end + 1)) {
    if (nodes.has(id.slice(0, end)) && isThere(id.slice(end + 1), nodes)) return true;
  }
  return false;
}

/** Whether no SMS of a gateway node is open: as long as one is, the address that has it must be known. */
async function isIdle(store: Store, gateway: string): Promise<boolean> {
  const [due, submissions, inputs] = await Promise.all([
    store.nextDue([gateway]),
    store.submissions([gateway]),
    store.openInputs([gateway], '', 1),
  ]);
  const nothingIsDue = Object.values(due).every((at) => at === undefined);
  return nothingIsDue && submissions.length === 0 && inputs.length === 0;
}
