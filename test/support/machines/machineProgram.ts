// A process that is one of several machines: the core over a store in PostgreSQL, without Node-RED. It is told what to do by lines
// of JSON, and tells line by line what it did; what was told stays told when it is killed.
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { type Clock, systemClock } from '../../../lib/clock';
import { inSteps } from '../../../lib/concurrency';
import { GatewayClient } from '../../../lib/gateway-api';
import type { Gateway } from '../../../lib/messaging/Gateway';
import { Gateways } from '../../../lib/messaging/Gateways';
import type { Member } from '../../../lib/messaging/SharedGateways';
import { validateRequest } from '../../../lib/messaging/taking/validateRequest';
import { SteadyStore } from '../../../lib/store';
import { DatabaseTime, PostgresLeases, PostgresOutbox, PostgresStore } from '../../../lib/store/postgres';
import { SETTINGS } from '../gatewaySettings';
import type { Given } from '../violence/requests';
import { tellLine } from '../violence/tellLine';

/** What the process is given. */
export interface WorkerSettings {
  /** The addresses of the gateways that it could talk to. */
  urls: string[];
  connection: string;
  /** In ms. */
  lease: number;
}

/** What it is told. */
export type Order =
  /** Takes inputs for the gateway at that place. */
  | { take: Given[]; gateway: number }
  /** Its wall clock shows so many ms more than it should. */
  | { ahead: number };

const { urls, connection, lease } = JSON.parse(process.argv[2] ?? '') as WorkerSettings;
let ahead = 0;
const clock: Clock = { ...systemClock, now: () => systemClock.now() + ahead };
const postgres = new PostgresStore({ connection, schema: 'dinstar', clock, random: Math.random });
// As in Node-RED.
const store = new SteadyStore(postgres, clock, new DatabaseTime(() => postgres.now()));
const { closeInputs } = store;
store.closeInputs = async (ids, at) => {
  const waited = await closeInputs.call(store, ids, at);
  for (const id of ids) tellLine('closed', id);
  return waited;
};

const nodes = urls.map((_, place) => `gateway${place}`);
const listening = new Map<string, { gateway: Gateway; end: () => void }>();
const gateways = new Gateways({
  store,
  clock,
  random: Math.random,
  isShared: () => true,
  onOutcome: async ({ id }, { recipients }) =>
    tellLine('outcome', id, ...recipients.map(({ number, status }) => `${number}=${status}`)),
  onUpdate: () => undefined,
  onObstacle: () => undefined,
  onHolders: () => look(),
  onError: ({ message }) => void process.stderr.write(`${message}\n`),
});

async function take({ id, to, text }: Given, gateway: string): Promise<void> {
  try {
    const raw = { to, text, wait: 0, validity: 0, until: 'sent' };
    const validated = await inSteps(validateRequest(raw, 'keep', clock.now(), undefined, 'UTC'));
    await gateways.take({ id, validated, gateway, node: 'send', onTimeout: 'keep', msg: '{}' }, 7);
    tellLine('ack', id);
  } catch (error) {
    tellLine('refused', id, (error as Error).message.replaceAll('\n', ' '));
  }
}

/** Tells which gateways it holds, and emits what comes in by those, as a node that receives SMS. */
function look(): void {
  const held = nodes.filter((node) => gateways.of(node)?.isOurs);
  for (const node of nodes) listenTo(node);
  tellLine('holds', ...held);
}

/** A gateway that is lost and gained is another one. */
function listenTo(node: string): void {
  const [gateway, former] = [gateways.of(node), listening.get(node)];
  if (gateway === former?.gateway) return;
  former?.end();
  listening.delete(node);
  if (!gateway?.isOurs) return;
  const end = gateway.inbox.subscribe({
    ...{ node: `receive ${node}`, gateway: node, backlog: true, mode: 'poll', interval: 1000 },
    onState: () => undefined,
    onSms: async (handed) => {
      if (!gateway.isOurs) return false;
      for (const { sms, redelivered } of handed) tellLine('sms', sms.text, String(redelivered));
      return true;
    },
  });
  listening.set(node, { gateway, end });
}

async function start(): Promise<void> {
  await store.open();
  const parts = { store, leases: new PostgresLeases(postgres), outbox: new PostgresOutbox(postgres) };
  const fence = (gateway: string, epoch: number): void => postgres.fence(gateway, epoch);
  const unfence = (gateway: string): void => postgres.unfence(gateway);
  const getFacts = () => ({});
  await gateways.share({ ...parts, fence, unfence, getFacts, id: randomUUID(), name: `worker ${process.pid}`, lease });
  for (const [rank, url] of urls.entries()) {
    const createClient: Member['createClient'] = (onOddity, own) =>
      new GatewayClient({ url, timezone: 'UTC', onOddity, lease: own });
    const settings = { ...SETTINGS, queueLimit: 50 };
    gateways.join({ id: `gateway${rank}`, address: url, rank, wiring: '', settings, timezone: 'UTC', createClient });
  }
  tellLine('ready');
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const order = JSON.parse(line) as Order;
  if ('ahead' in order) ahead = order.ahead;
  else for (const given of order.take) void take(given, `gateway${order.gateway}`);
});
setInterval(look, 250);
void start();
