import type { Clock } from '../clock';
import { pause } from '../concurrency';
import { abandon, forgetNotes, type Gateways, notedGateways } from '../messaging';
import type { Store } from '../store';
import type { Red } from './red';

const DAY_MS = 24 * 3600 * 1000;
/** How long it is waited, in ms, until it is agreed with other machines who looks after what is left of a gateway node. */
const AGREEMENT_MS = 60_000;
const LOOK_PAUSE_MS = 1000;

/** All nodes in the flows, disabled ones too. */
export function idsOfNodes(red: Red): Set<string> {
  const nodes = new Set<string>();
  red.nodes.eachNode(({ id }) => nodes.add(id));
  return nodes;
}

/** The ids of nodes in the flows that are ours, or in which ours may be; disabled ones too. */
export function idsOfOurs(red: Red | undefined): string[] {
  const nodes: string[] = [];
  red?.nodes.eachNode(({ id, type }) => /^(dinstar-|subflow)/.test(type) && nodes.push(id));
  return nodes;
}

export interface EndDeletedOptions {
  /** What is this machine's alone. */
  store: Store;
  /** What it shares with others; undefined = nothing. */
  shared: Store | undefined;
  gateways: Pick<Gateways, 'know' | 'of' | 'ledger' | 'sharing'>;
  clock: Clock;
  keepDays: number;
  nodes: ReadonlySet<string>;
}

/** Sees to what nodes have left that are gone: SMS of a gateway node end in their time, and what is only remembered is forgotten. */
export async function endDeleted({ store, shared, gateways, clock, ...those }: EndDeletedOptions): Promise<void> {
  const [own, theirs] = [await notedGateways(store), shared ? await notedGateways(shared) : []];
  gateways.know(own, theirs);
  const { nodes } = those;
  const [now, keepMs] = [clock.now(), those.keepDays * DAY_MS];
  const onGone = async (id: string): Promise<void> => {
    // Nobody can say any more what has become of what its gateway has of its SMS.
    if (!gateways.of(id)) await abandon(store, gateways.ledger, id);
  };
  await forgetNotes({ store, now, keepMs, nodes, onGone });
  // What is missing here may be in the flows of a machine that hasn't the same.
  if (!shared || gateways.sharing?.others.haveSameNodes !== true) return;
  const onGoneHere = async (id: string): Promise<void> => {
    if (theirs.includes(id) && (await isAgreed(id, gateways, clock))) await abandon(shared, gateways.ledger, id);
  };
  await forgetNotes({ store: shared, now, keepMs, nodes, onGone: onGoneHere });
}

/** Whether this machine looks after what is left of a gateway node that is gone. */
async function isAgreed(id: string, gateways: EndDeletedOptions['gateways'], clock: Clock): Promise<boolean> {
  const isOwn = (): boolean => !gateways.of(id) && gateways.sharing?.isOwn(id) === true;
  for (let waited = 0; !isOwn() && waited < AGREEMENT_MS; waited += LOOK_PAUSE_MS) await pause(clock, LOOK_PAUSE_MS);
  return isOwn();
}
