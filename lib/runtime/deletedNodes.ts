import { forgetNotes, type Gateways } from '../messaging';
import type { Store } from '../store';
import type { Red } from './red';

const DAY_MS = 24 * 3600 * 1000;

/** All nodes in the flows, disabled ones too. */
export function idsOfNodes(red: Red): Set<string> {
  const nodes = new Set<string>();
  red.nodes.eachNode(({ id }) => nodes.add(id));
  return nodes;
}

export interface EndDeletedOptions {
  store: Store;
  gateways: Pick<Gateways, 'learnAbsent' | 'giveUp'>;
  now: number;
  keepDays: number;
  nodes: ReadonlySet<string>;
}

/** Sees to what nodes have left that are gone: SMS of a gateway node end in their time, and what is only remembered is forgotten. */
export async function endDeleted({ store, gateways, now, keepDays, nodes }: EndDeletedOptions): Promise<void> {
  await gateways.learnAbsent();
  const onGone = (id: string): Promise<void> => gateways.giveUp(id);
  await forgetNotes({ store, now, keepMs: keepDays * DAY_MS, nodes, onGone });
}
