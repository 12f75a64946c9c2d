/*
 * How long one job of 100,000 recipients holds up the event loop, from taking to its outcome, in the store that Node-RED uses:
 *   npm run build && node --require ./scripts/typescript/register.cjs bench/sending/job.ts [file|memory] [how many]
 * Each line has the longest that the loop stood still by the wall, what of that was the collection of garbage, the longest but for
 * that, the longest by the processor (Node 24: of this thread), and in all the time and the processor's of all threads. One run.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { systemClock } from '../../lib/clock';
import { inSteps } from '../../lib/concurrency';
import { Gateways } from '../../lib/messaging/Gateways';
import { validateRequest } from '../../lib/messaging/taking/validateRequest';
import { findDriver, MemoryStore, SteadyStore, type Store, ThreadedStore } from '../../lib/store';
import { ScriptedApi } from '../../test/support/core/ScriptedApi';
import { SETTINGS } from '../../test/support/gatewaySettings';
import { standstill } from '../standstill';

const [kind = 'file', count = '100000'] = process.argv.slice(2);
const ALWAYS = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:00', zone: 'UTC' }];

function storeIn(folder: string): Store {
  if (kind === 'memory') return new MemoryStore({ random: Math.random });
  const program = path.join(__dirname, '../../dist/lib/store/thread/worker.js');
  const file = path.join(folder, 'messages.sqlite');
  return new ThreadedStore({ program, file, driver: findDriver()?.name ?? '', random: Math.random });
}

async function say(name: string, work: () => Promise<unknown>): Promise<void> {
  const begun = performance.now();
  let all = 0;
  const before = process.cpuUsage();
  const { wall, gc, ours, cpu } = await standstill(async () => {
    await work();
    all = (performance.now() - begun) / 1000;
  });
  const { user, system } = process.cpuUsage(before);
  const longest = Object.entries({ wall, gc, ours, cpu }).map(
    ([what, ms]) => `${what} ${ms.toFixed(0).padStart(4)} ms`,
  );
  console.log(
    `${name.padEnd(10)} ${longest.join('  ')}   all ${all.toFixed(1)} s, cpu ${((user + system) / 1e6).toFixed(1)} s`,
  );
}

async function measure(folder: string): Promise<void> {
  const store = new SteadyStore(storeIn(folder), systemClock);
  await store.open();
  let left = (): void => undefined;
  const outcome = new Promise<void>((resolve) => {
    left = resolve;
  });
  const gateways = new Gateways({
    ...{ store, clock: systemClock, random: Math.random, onUpdate: () => undefined, onObstacle: () => undefined },
    onOutcome: async () => left(),
    onError: ({ message }) => console.log(message),
  });
  const api = new ScriptedApi();
  api.ready = [];
  const createClient = () => api.client;
  gateways.join({ id: 'g', address: 'x', rank: 0, wiring: '', settings: SETTINGS, createClient });
  await after(200);
  const to = Array.from({ length: Number(count) }, (_, at) => ({
    number: `+49170${1_000_000 + at}`,
    name: `Name ${at}`,
  }));
  const raw = { to, text: 'Dear {{name}}', literal: false, ports: [7], wait: 0, window: ALWAYS };
  const validated = await inSteps(validateRequest(raw, 'keep', Date.now(), 'DE'));
  const { jobs } = gateways;
  const request = {
    id: randomUUID(),
    validated,
    gateway: 'g',
    node: 'n',
    job: 'j',
    onTimeout: 'keep' as const,
    msg: '{}',
  };
  await say('taking', () => gateways.take(request, 7));
  await say('progress', () => jobs.progress(['g'], { job: 'j' }));
  for (const action of ['pause', 'resume', 'stop'] as const) {
    await say(action, () => jobs.command(['g'], { job: 'j' }, action));
  }
  await say('outcome', () => outcome);
  await gateways.leave('g');
  await store.close();
}

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dinstar-bench-'));
  try {
    await measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
