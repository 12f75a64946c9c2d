/*
 * What plans cost: as many SMS as are wanted, one an input, taken by the core in the store that Node-RED uses, until they are accepted,
 * without and with a plan on 32 ports:
 *   npm run build && node --require ./scripts/typescript/register.cjs bench/sending/plans.ts [none|plans|both] [how many]
 * Each line has the time and the processor's (all threads) for one SMS. Alternating runs, the median of five.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as after, setImmediate as turn } from 'node:timers/promises';
import { systemClock } from '../../lib/clock';
import { atOnce } from '../../lib/concurrency';
import { Gateways } from '../../lib/messaging/Gateways';
import { validateRequest } from '../../lib/messaging/taking/validateRequest';
import { readPlans } from '../../lib/plans';
import { findDriver, SteadyStore, ThreadedStore } from '../../lib/store';
import { ScriptedApi } from '../../test/support/core/ScriptedApi';
import { SETTINGS } from '../../test/support/gatewaySettings';

const [which = 'both', count = '20000', runs = '5'] = process.argv.slice(2);
const COUNT = Number(count);
const IN_ONE_TURN = 250;
const PLANS = readPlans([{ limits: ['day', 'month'].map((per) => ({ count: 'sms', per, max: 1_000_000 })) }], 'UTC');

interface Figures {
  wall: number;
  cpu: number;
  requests: number;
}

class ManyPorts extends ScriptedApi {
  override async sendSms() {
    return { error_code: 202, sms_in_queue: 0, task_id: ++this.portsAsked } as never;
  }

  override async getPortInfo() {
    return { error_code: 200, info: Array.from({ length: 32 }, (_, port) => ({ port, reg: 'REGISTER_OK' })) };
  }
}

async function measure(isPlanned: boolean): Promise<Figures> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dinstar-bench-'));
  const program = path.join(__dirname, '../../dist/lib/store/thread/worker.js');
  const file = path.join(folder, 'messages.sqlite');
  const inFile = new ThreadedStore({ program, file, driver: findDriver()?.name ?? '', random: Math.random });
  const store = new SteadyStore(inFile, systemClock);
  await store.open();
  let left = 0;
  let end = (): void => undefined;
  const gateways = new Gateways({
    ...{ store, clock: systemClock, random: Math.random, onUpdate: () => undefined, onObstacle: () => undefined },
    onOutcome: async () => {
      left -= 1;
      if (left === 0) end();
    },
    onError: () => undefined,
  });
  const api = new ManyPorts();
  const settings = { ...SETTINGS, queueLimit: 0, combine: 'all' as const, ...(isPlanned && { plans: PLANS }) };
  gateways.join({ id: 'g', address: 'x', rank: 0, wiring: '', settings, createClient: () => api.client });
  await after(200);
  const send = async (many: number, from: number): Promise<void> => {
    left = many;
    const done = new Promise<void>((resolve) => {
      end = resolve;
    });
    const common = { encoding: 'auto', statusReport: true, priority: 'normal', validity: 86_400, wait: 300 } as const;
    const taken: Promise<unknown>[] = [];
    for (let at = from; at < from + many; at += 1) {
      const raw = { ...common, to: `+4917${10_000_000 + at}`, text: `Pressure in pump 3 is below 2 bar, number ${at}` };
      const validated = atOnce(validateRequest({ ...raw, until: 'accepted' as const }, 'keep', Date.now()));
      const address = { gateway: 'g', node: 'n', onTimeout: 'keep' as const, msg: '{}' };
      taken.push(gateways.take({ ...address, id: randomUUID(), validated }, 7));
      if (at % IN_ONE_TURN === 0) await turn();
    }
    await Promise.all(taken);
    await done;
  };
  await send(1000, 0);
  const begun = performance.now();
  const cpu = process.cpuUsage();
  await send(COUNT, 1000);
  const { user, system } = process.cpuUsage(cpu);
  const wall = performance.now() - begun;
  await gateways.leave('g');
  await store.close();
  rmSync(folder, { recursive: true, force: true });
  return { wall: (1000 * wall) / COUNT, cpu: (user + system) / COUNT, requests: api.portsAsked };
}

const medianOf = (all: number[]): number => all.toSorted((a, b) => a - b)[all.length >> 1] ?? 0;

async function main(): Promise<void> {
  const ways = which === 'both' ? [false, true] : [which === 'plans'];
  const told = new Map<boolean, Figures[]>();
  for (let run = 0; run < Number(runs); run += 1) {
    for (const isPlanned of ways) told.set(isPlanned, [...(told.get(isPlanned) ?? []), await measure(isPlanned)]);
  }
  for (const [isPlanned, all] of told) {
    const of = (figure: 'wall' | 'cpu' | 'requests'): number => medianOf(all.map((one) => one[figure]));
    const told = `${of('wall').toFixed(0)} µs, ${of('cpu').toFixed(0)} µs of the processor, ${of('requests')} requests`;
    console.log(`${isPlanned ? 'plans' : 'none '}  ${told}`);
  }
  process.exit();
}

void main();
