// A process that is one of several machines: the core over a store in PostgreSQL, without Node-RED. It is told by lines of JSON
// how many SMS to take, and tells line by line what it took and which outcomes left.
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { systemClock } from '../../../lib/clock';
import { atOnce } from '../../../lib/concurrency';
import { GatewayClient } from '../../../lib/gateway-api';
import { Gateways } from '../../../lib/messaging/Gateways';
import type { Member } from '../../../lib/messaging/SharedGateways';
import { validateRequest } from '../../../lib/messaging/taking/validateRequest';
import { PostgresLeases, PostgresOutbox, PostgresStore } from '../../../lib/store';
import { SETTINGS } from '../gatewaySettings';

/** What the process is given. */
export interface WorkerSettings {
  url: string;
  connection: string;
  /** In ms. */
  lease: number;
}

/** What it is told: to take so many SMS, each as an input of its own, to numbers from `first` on. */
export interface Order {
  take: number;
  first: number;
}

const tell = (...words: string[]): void => void writeSync(1, `${words.join(' ')}\n`);

const { url, connection, lease } = JSON.parse(process.argv[2] ?? '') as WorkerSettings;
const [store, clock] = [
  new PostgresStore({ connection, schema: 'dinstar', clock: systemClock, random: Math.random }),
  systemClock,
];
const gateways = new Gateways({
  store,
  clock,
  random: Math.random,
  isShared: () => true,
  onOutcome: async ({ id }, { ok }) => tell('outcome', id, String(ok)),
  onUpdate: () => undefined,
  onObstacle: () => undefined,
  onError: ({ message }) => void process.stderr.write(`${message}\n`),
});

async function take({ take: count, first }: Order): Promise<void> {
  const one = async (to: number): Promise<void> => {
    const id = randomUUID();
    const given = { to: String(to), text: 'Hello', encoding: 'auto', statusReport: false, priority: 'normal' };
    const raw = { ...given, validity: 86_400, until: 'sent', wait: 0 };
    const validated = atOnce(validateRequest(raw, 'keep', clock.now(), undefined, 'UTC'));
    await gateways.take({ id, validated, gateway: 'gateway', node: 'send', onTimeout: 'keep', msg: '{}' }, 7);
    tell('taken', id, String(to));
  };
  await Promise.allSettled(Array.from({ length: count }, (_, place) => one(first + place)));
}

async function start(): Promise<void> {
  await store.open();
  const parts = { store, leases: new PostgresLeases(store), outbox: new PostgresOutbox(store) };
  const fence = (gateway: string, epoch: number): void => store.fence(gateway, epoch);
  const getFacts = () => ({ settings: {}, names: {} });
  await gateways.share({ ...parts, fence, getFacts, id: randomUUID(), name: `worker ${process.pid}`, lease });
  const createClient: Member['createClient'] = (onOddity, own) =>
    new GatewayClient({ url, timezone: 'UTC', onOddity, lease: own });
  gateways.join({
    id: 'gateway',
    address: url,
    rank: 0,
    wiring: '',
    settings: SETTINGS,
    timezone: 'UTC',
    createClient,
  });
  tell('ready');
}

createInterface({ input: process.stdin }).on('line', (line) => void take(JSON.parse(line) as Order));
setInterval(() => tell('holds', String(gateways.of('gateway')?.isOurs)), 250);
void start();
