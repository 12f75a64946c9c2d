import type { Clock } from '../clock';
import { pause, whenAborted } from '../concurrency';
import { noteKeys, type Store, type StoredInput, StoreUnavailable } from '../store';
import type { Flows } from './Flows';
import type { Gateway } from './Gateway';
import type { Member } from './SharedGateways';
import type { Collecting } from './sms/collecting/Collecting';
import type { Outcomes } from './sms/outcome/Outcomes';

export interface RecoveryOptions {
  store: Store;
  clock: Clock;
  outcomes: Outcomes;
  collecting: Pick<Collecting, 'inherit'>;
  flows: Pick<Flows, 'untilReady'>;
  /** Aborts when the config node is gone, or wants something else: a deploy that takes it away waits for nothing here. */
  signal: AbortSignal;
  onError: (error: Error, members: string[]) => void;
}

const STORE_RETRY_MS = 5000;
/** Open inputs looked at in one go, and the pause after that: a million of them must not keep a restart from its work. */
const INPUTS_PER_STEP = 128;
const STEP_PAUSE_MS = 5;

/**
 * A config node's messages come to its gateway: those that waited when the process ended, and those that follow the node
 * to another address. A store that is away now is tried again: what waits in it is not given up.
 */
export async function recover(member: Member, gateway: Gateway, options: RecoveryOptions): Promise<void> {
  const { clock, onError: failed, flows, signal } = options;
  await untilReady(flows, signal);
  for (let tries = 0; !signal.aborted; tries++) {
    try {
      return await recoverNode(member, gateway, options);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      if (tries === 0) failed(error, [member.id]);
    }
    await pause(clock, STORE_RETRY_MS, signal);
  }
}

/** Resolves when the flows can take messages, or the config node is gone: the deploy that takes it away waits for that. */
async function untilReady(flows: RecoveryOptions['flows'], signal: AbortSignal): Promise<void> {
  let release = (): void => undefined;
  const gone = new Promise<void>((resolve) => {
    release = whenAborted(signal, resolve);
  });
  await Promise.race([flows.untilReady(), gone]);
  release();
}

/** What the gateway at the former address has of the node's SMS stays there. */
async function recoverNode(member: Member, gateway: Gateway, options: RecoveryOptions): Promise<void> {
  const { id, address } = member;
  const { store, onError: failed, signal } = options;
  const note = noteKeys.gatewayAddress(id);
  const known = (await store.notes([note])).get(note);
  if (known !== undefined && known !== address) await gateway.sms.abandon(id);
  if (known !== address) await store.putNotes(new Map([[note, address]]));
  if (signal.aborted) return;
  const isNew = !gateway.members.has(id);
  if (isNew) await options.collecting.inherit(id);
  await gateway.admit(id);
  // Nobody waits for it, neither a start nor a deploy.
  const isStill = (): boolean => gateway.members.has(id);
  if (isNew) reviewOpen(id, { ...options, isStill }).catch((error: Error) => failed(error, [id]));
}

/**
 * Lets outcomes leave that were complete and hadn't left when a process ended.
 * @param options `isStill`: whether they are still this process's
 */
export async function reviewOpen(
  id: string,
  options: Pick<RecoveryOptions, 'store' | 'clock' | 'outcomes'> & { isStill: () => boolean },
): Promise<void> {
  const { store, clock, outcomes, isStill } = options;
  let after: string | undefined = '';
  while (after !== undefined && isStill()) {
    const open: StoredInput[] = await store.openInputs([id], after, INPUTS_PER_STEP);
    await outcomes.reviewMany(open);
    after = open.length < INPUTS_PER_STEP ? undefined : open.at(-1)?.id;
    if (after !== undefined) await pause(clock, STEP_PAUSE_MS);
  }
}
