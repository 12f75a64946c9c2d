import { abandon, forgetNotes, type Gateways, notedGateways } from '../messaging';
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
  gateways: Pick<Gateways, 'know' | 'of' | 'ledger'>;
  now: number;
  keepDays: number;
  nodes: ReadonlySet<string>;
}

/** Sees to what nodes have left that are gone: SMS of a gateway node end in their time, and what is only remembered is forgotten. */
export async function endDeleted({ store, gateways, now, keepDays, nodes }: EndDeletedOptions): Promise<void> {
  gateways.know(await notedGateways(store));
  const onGone = async (id: string): Promise<void> => {
    // Nobody can say any more what has become of what its gateway has of its SMS.
    if (!gateways.of(id)) await abandon(store, gateways.ledger, id);
  };
  await forgetNotes({ store, now, keepMs: keepDays * DAY_MS, nodes, onGone });
}
