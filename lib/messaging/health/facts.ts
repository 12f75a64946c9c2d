import type { Clock } from '../../clock';
import { freeSince, PRIORITY_RANK, type Priority, type Store } from '../../store';
import type { CanaryFacts } from '../canary/Canary';
import type { SimFacts } from '../sims/usage';
import type { GatewayHealth } from './GatewayHealth';

/** What a gateway's own parts know. */
export interface ObservedGateway {
  readonly health: GatewayHealth;
  readonly sms: { readonly pushesMissed: number | undefined };
  readonly clockAhead: number | undefined;
  readonly canary: { readonly facts: CanaryFacts | undefined };
  /** What holds its queue up. */
  readonly obstacle: string | undefined;
}

/** A gateway, and the config nodes that share it, in the order of the flow file. */
export interface KnownGateway {
  ids: readonly string[];
  gateway: ObservedGateway;
}

/** What is known of a gateway at one moment; what isn't known is absent. */
export interface GatewayFacts {
  ids: readonly string[];
  gateway: ObservedGateway;
  /** Seconds without an answer. */
  silent?: number;
  /** Seconds without a SIM that is registered. */
  noSim?: number;
  readyPorts?: readonly number[];
  /** SMS that wait here, at most {@link MOST_COUNTED} of a priority. */
  waiting?: Record<Priority, number>;
  /** Seconds that an SMS waits here at most since it could leave, by priority; 0 where none does. */
  oldest?: Record<Priority, number>;
  /** Seconds that the oldest SMS lies in the gateway without being on air. */
  stuck?: { normal: number; high: number };
  /** Our SMS that the gateway has, or may have, and that aren't on air. */
  inGateway?: number;
  inDoubt?: number;
  /** Seconds that some have been in doubt; 0 where none is. */
  inDoubtFor?: number;
  deliveredPercent?: number;
  /** SMS since the last push whose end none told; absent where none ever came. */
  pushesMissed?: number;
  /** Ms since 1970. */
  pushedAt?: number;
  /** Seconds that its clock is ahead of ours. */
  clockAhead?: number;
  /** Of its test SMS from SIM to SIM; absent where nobody wants any. */
  canary?: CanaryFacts;
  isDurable: boolean;
  /** Undefined while nothing is known of their plans. */
  sims: readonly SimFacts[] | undefined;
}

/** Counting ends there, of each priority. */
const MOST_COUNTED = 100_000;
/** SMS in doubt that are counted. */
const MOST_DOUBTS = 1000;
/** SMS in the gateway that are looked at for the oldest: the first ones were handed over first. */
const MOST_STUCK = 64;
/** SMS that are looked at for the one that waits longest: what was held may go long after it was taken. */
const MOST_HEADS = 64;

const NO_PORT_SETS: ReadonlySet<string> = new Set();

/** Reads what the store knows of a gateway's SMS. Rejects when it can't be read. */
export async function readStored(
  { ids, gateway }: KnownGateway,
  store: Store,
  clock: Clock,
): Promise<Pick<GatewayFacts, 'waiting' | 'oldest' | 'stuck' | 'inGateway' | 'inDoubt' | 'inDoubtFor'>> {
  const gateways = [...ids];
  const now = clock.now();
  const [waiting, portSets, doubts, unknown, submissions, oldest] = await Promise.all([
    Promise.all(PRIORITIES.map((one) => store.waitingCounts(gateways, MOST_COUNTED, one).then(sumOf))),
    store.portSetCounts(gateways),
    store.find(gateways, { stage: 'doubt', after: 0, limit: MOST_DOUBTS }),
    store.find(gateways, { stage: 'unknown', after: 0, limit: MOST_DOUBTS }),
    store.submissions(gateways),
    Promise.all(PRIORITIES.map((priority) => oldestOf(gateways, priority, store, now))),
  ]);
  const inDoubt = doubts.length + unknown.length;
  const doubted = new Map(doubts.map((one) => [one.id, one]));
  const begun = submissions.filter(({ sms }) => sms.some((id) => doubted.has(id)));
  const urgent = begun.filter(({ sms }) => sms.some((id) => doubted.get(id)?.priority === 'high'));
  return {
    waiting: byPriority(waiting),
    oldest: byPriority(oldest),
    stuck: await stuckOf({ gateways, store, now, urgent: firstOf(urgent, now) }),
    inGateway: sumOf(portSets),
    inDoubt,
    inDoubtFor: gateway.health.inDoubtFor(inDoubt, firstOf(begun, now)),
  };
}

const PRIORITIES = Object.keys(PRIORITY_RANK) as Priority[];

/** @param given one for each of {@link PRIORITIES} */
const byPriority = (given: readonly number[]): Record<Priority, number> =>
  Object.fromEntries(PRIORITIES.map((priority, place) => [priority, given[place] ?? 0])) as Record<Priority, number>;

const sumOf = (counts: readonly { count: number }[]): number => counts.reduce((sum, { count }) => sum + count, 0);

/** Seconds that an SMS of a priority waits at most, since it could leave; of the first ones. */
async function oldestOf(gateways: string[], priority: Priority, store: Store, now: number): Promise<number> {
  const heads = await store.waiting({ gateways, limit: MOST_HEADS, now, closedPortSets: NO_PORT_SETS, priority });
  const found = await store.inputs([...new Set(heads.map(({ input }) => input))]);
  const inputs = new Map(found.map((input) => [input.id, input]));
  const since = heads.flatMap((head) => {
    const input = inputs.get(head.input);
    return input ? freeSince(head, input) : [];
  });
  return secondsSince(Math.min(now, ...since), now);
}

const firstOf = (begun: readonly { at: number }[], now: number): number => Math.min(now, ...begun.map(({ at }) => at));

/**
 * What the gateway accepted first, and hasn't sent. An urgent one that it may have waits as well, because nobody knows.
 * @param from `urgent`: when the first one of those was handed over
 */
async function stuckOf(from: { gateways: string[]; store: Store; now: number; urgent: number }) {
  const { gateways, store, now, urgent } = from;
  const there = await store.find(gateways, { stage: 'gateway', after: 0, limit: MOST_STUCK });
  const ageOf = (isHigh: boolean): number => {
    const begun = there.filter(({ priority }) => (priority === 'high') === isHigh);
    return secondsSince(Math.min(now, ...begun.map(({ history }) => history[0]?.at ?? now)), now);
  };
  return { normal: ageOf(false), high: Math.max(ageOf(true), secondsSince(urgent, now)) };
}

const secondsSince = (at: number, now: number): number => Math.max(0, Math.floor((now - at) / 1000));

/** What the gateway's own parts know of it; nothing is asked for it. */
export function readKnown(
  { ids, gateway }: KnownGateway,
  { isDurable, sims }: Pick<GatewayFacts, 'isDurable' | 'sims'>,
): GatewayFacts {
  const { health, sms, clockAhead, canary } = gateway;
  return {
    ...{ ids, gateway, isDurable, sims },
    silent: health.silentSeconds,
    // Of a gateway that doesn't answer nobody knows how its SIMs are.
    noSim: health.silentSeconds === 0 || health.silentSeconds === undefined ? health.noSimSeconds : undefined,
    readyPorts: health.sims.ready,
    deliveredPercent: health.deliveredPercent,
    pushesMissed: sms.pushesMissed,
    pushedAt: health.pushedAt,
    clockAhead,
    canary: canary.facts,
  };
}
