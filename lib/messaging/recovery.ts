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
  const { onError: failed, flows, signal } = options;
  await untilReady(flows, signal);
  // One that another machine has taken meanwhile is recovered there, and anew when it comes back.
  const isStill = (): boolean => !signal.aborted && gateway.isOurs;
  await untilDone(() => recoverNode(member, gateway, options), {
    ...options,
    isStill,
    onAway: (error) => failed(error, [member.id]),
  });
}

/** While what is to be done is still to be done, and by whom it is told that the store is away, once. */
export interface Persistence {
  clock: Clock;
  isStill: () => boolean;
  /** Aborts when nobody waits for it any more. */
  signal?: AbortSignal;
  onAway: (error: StoreUnavailable) => void;
}

/** Does something that only the store may keep from being done: while that is away, again and again. */
export async function untilDone(work: () => Promise<void>, how: Persistence): Promise<void> {
  const { clock, isStill, signal, onAway } = how;
  for (let tries = 0; isStill(); tries++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      if (tries === 0) onAway(error);
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
  const told = (error: Error): void => failed(error, [id]);
  if (isNew) reviewOpen(id, { ...options, isStill, onAway: told }).catch(told);
}

/**
 * Lets outcomes leave that were complete and hadn't left when a process ended, or when another machine did.
 * @param options `isStill`: whether they are still this process's
 */
export async function reviewOpen(
  id: string,
  options: Pick<RecoveryOptions, 'store' | 'outcomes'> & Omit<Persistence, 'signal'>,
): Promise<void> {
  const { store, clock, outcomes, isStill } = options;
  let after: string | undefined = '';
  const step = async (): Promise<void> => {
    const open: StoredInput[] = await store.openInputs([id], after ?? '', INPUTS_PER_STEP);
    await outcomes.reviewMany(open);
    after = open.length < INPUTS_PER_STEP ? undefined : open.at(-1)?.id;
  };
  while (after !== undefined && isStill()) {
    await untilDone(step, options);
    if (after !== undefined) await pause(clock, STEP_PAUSE_MS);
  }
}
