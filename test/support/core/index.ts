import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../../../lib/clock';
import { atOnce } from '../../../lib/concurrency';
import { GatewayClient, type OddityListener } from '../../../lib/gateway-api';
import type { Flows } from '../../../lib/messaging/Flows';
import { Gateways } from '../../../lib/messaging/Gateways';
import type { GatewaySettings } from '../../../lib/messaging/gatewayOptions';
import type { GatewayLease } from '../../../lib/messaging/sharing/GatewayLease';
import type { Outcome, Recipient } from '../../../lib/messaging/sms/outcome/outcome';
import type { SendRequest } from '../../../lib/messaging/taking/SmsIntake';
import { type RawOptions, validateRequest } from '../../../lib/messaging/taking/validateRequest';
import { readPush } from '../../../lib/push';
import { byKind } from '../../../lib/runtime/push/byKind';
import { MemoryStore, type Store } from '../../../lib/store';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../../simulator';
import { FakeClock } from '../FakeClock';
import { SETTINGS } from '../gatewaySettings';
import { Inbox } from '../Inbox';
import { ScriptedApi } from './ScriptedApi';

/** The messaging core as the nodes use it, with a simulated gateway at the other end. */
export interface Core {
  gateways: Gateways;
  simulator: Simulator;
  outcomes: Inbox<{ id: string; outcome: Outcome }>;
  updates: Inbox<Recipient>;
  /** What holds the line up, each time that changes. */
  states: Inbox<string>;
  failures: string[];
  /** Takes an input; resolves with its id as soon as its SMS are safe. */
  take(options: Partial<RawOptions>, sendRequest?: Partial<SendRequest>): Promise<string>;
  /** The outcome of an input. */
  outcomeOf(id: string, ms?: number): Promise<Outcome>;
  /** Joins a config node, as a deploy does. */
  join(options?: JoinOptions): void;
  close(): Promise<void>;
}

export interface JoinOptions {
  id?: string;
  url?: string;
  rank?: number;
  password?: string;
  settings?: Partial<GatewaySettings>;
  /** Of its gateway; by default UTC. */
  timezone?: string;
}

const OPTIONS: RawOptions = {
  to: '123456',
  text: 'Hello',
  encoding: 'auto',
  statusReport: true,
  priority: 'normal',
  validity: 86_400,
  until: 'sent',
  wait: 300,
};

/** What both cores can do. */
export type CoreParts = Omit<Core, 'simulator'>;

/** Starts a core with one gateway node, `gateway`, and a simulated gateway at the other end. */
export async function startCore(
  options: JoinOptions & { simulator?: SimulatorOptions; pushed?: boolean; store?: Store } = {},
): Promise<Core> {
  const push = async (body: string): Promise<void> => {
    await parts.gateways.of('gateway')?.pushed(byKind(readPush(body)));
  };
  const simulator = await startSimulator({
    speed: 'fast',
    ...(options.pushed && { onPush: push }),
    ...options.simulator,
  });
  const connect = ({ url = simulator.url, password }: JoinOptions, onOddity: OddityListener): GatewayClient =>
    new GatewayClient({ url, password, username: password === undefined ? undefined : 'admin', onOddity });
  const parts = await startParts(systemClock, options.store, connect, simulator.url);
  parts.join(options);
  return {
    ...parts,
    simulator,
    async close() {
      await parts.close();
      await simulator.close();
    },
  };
}

interface ScriptedOptions extends JoinOptions {
  store?: Store;
  api?: ScriptedApi;
  /** The client that a config node makes; by default `api`, whatever node it is. */
  getApi?: (how: JoinOptions) => ScriptedApi;
  now?: number;
  clock?: FakeClock;
  flows?: Flows;
}

/**
 * A core whose gateway answers what the test prepares, and whose time passes as the test says. With the `store` and `api` of
 * another one it goes on where that one died.
 */
export async function startScripted(
  options: ScriptedOptions = {},
): Promise<CoreParts & { api: ScriptedApi; clock: FakeClock }> {
  const { api = new ScriptedApi(), store, now, clock = new FakeClock(now) } = options;
  const { getApi = () => api } = options;
  const parts = await startParts(clock, store, (how) => getApi(how).client, 'http://gateway', options.flows);
  parts.join(options);
  await clock.advance(0);
  return { ...parts, api, clock };
}

/** A core without a gateway node. */
export async function startParts(
  clock: Clock,
  store: Store = new MemoryStore({ random: Math.random }),
  connect: (how: JoinOptions, onOddity: OddityListener, lease?: GatewayLease) => GatewayClient,
  byDefault: string,
  flows?: Flows,
  isShared?: (gateway: string) => boolean,
): Promise<CoreParts> {
  const outcomes = new Inbox<{ id: string; outcome: Outcome }>('outcomes');
  const updates = new Inbox<Recipient>('updates');
  const states = new Inbox<string>('states');
  const failures: string[] = [];
  const zones = new Map<string, string>();
  await store.open();
  const gateways = new Gateways({
    store,
    clock,
    random: () => 0,
    flows,
    ...(isShared && { isShared }),
    onOutcome: async ({ id }, outcome) => outcomes.put({ id, outcome }),
    onUpdate: (_input, recipient) => updates.put(recipient),
    onObstacle: (_members, obstacle) => states.put(obstacle ?? 'none'),
    onError: ({ message }) => void failures.push(message),
  });
  const join = (how: JoinOptions = {}): void => {
    const { id = 'gateway', url = byDefault, rank = 0, settings = {}, timezone = 'UTC' } = how;
    zones.set(id, timezone);
    const wiring = JSON.stringify([settings, how.password]);
    const all = { ...SETTINGS, ...settings };
    gateways.join({
      id,
      address: url,
      rank,
      wiring,
      settings: all,
      timezone,
      createClient: (odd, lease) => connect(how, odd, lease),
    });
  };
  return {
    gateways,
    outcomes,
    updates,
    states,
    failures,
    join,
    async take(options, sendRequest = {}) {
      const id = randomUUID();
      const zone = zones.get(sendRequest.gateway ?? 'gateway');
      const validated = atOnce(validateRequest({ ...OPTIONS, ...options }, 'keep', clock.now(), undefined, zone));
      const address = { gateway: 'gateway', node: 'send', onTimeout: 'keep' as const, msg: '{}' };
      await gateways.take({ ...address, ...sendRequest, id, validated }, 7);
      return id;
    },
    outcomeOf: async (id, ms) => (await outcomes.first((one) => one.id === id, ms)).outcome,
    async close() {
      await Promise.all(gateways.ids().map((id) => gateways.leave(id)));
      await store.close();
    },
  };
}

/** The requests to one endpoint so far. */
export const requestsTo = (simulator: Simulator, endpoint: string): number =>
  simulator.requests.filter(({ path }) => path === `/api/${endpoint}`).length;
