import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import type { NewSms } from '../../lib/store';
import { sqliteStore } from '../../lib/store/sqlite';
import { type Simulator, startSimulator } from '../../simulator';
import { type RunningNodeRed, startNodeRed, versions } from '../support/node-red';
import { temporaryFolder } from '../support/temporaryFolder';

const WAITING = Number(process.env.DINSTAR_WAITING ?? 1_000_000);
const PER_INPUT = 1000;
const MORE_START_MS = 3000;
const MOST_MB = 250;

for (const version of versions) {
  describe(`${WAITING} SMS waiting in Node-RED ${version}`, function () {
    this.timeout(600_000);
    let simulator: Simulator;
    let nodeRed: RunningNodeRed;
    let userDir: string;

    before(async () => {
      simulator = await startSimulator({ latency: 50 });
      userDir = temporaryFolder('million');
      await fill(path.join(userDir, 'dinstar'));
    });
    after(async () => {
      await nodeRed?.stop();
      await simulator.close();
    });

    it('start within 3 s of the normal time, in less than 250 MB, and let an alarm out with the next request', async () => {
      const settings = { version, install: 'link' as const };
      const [empty, normal] = await timed(() => startNodeRed({ ...settings, flows: flows(simulator.url) }));
      await empty.stop();
      let took = 0;
      [nodeRed, took] = await timed(() => startNodeRed({ ...settings, userDir, flows: flows(simulator.url) }));
      await nodeRed.waitForLog(/in the gateway/, 20_000);
      const before = Math.max(-1, ...simulator.submitted.map(({ request }) => request));
      await fetch(`${nodeRed.url}/alarm`, { method: 'POST', body: 'Fire', headers: { 'Content-Type': 'text/plain' } });
      await nodeRed.waitForLog(/reached Fire/, 20_000);
      const alarm = simulator.submitted.find(({ text }) => text === 'Fire');
      const megabytes = memoryOf(nodeRed.pid ?? 0);
      console.log(
        `      start: ${normal} ms empty, ${took} ms full; ${megabytes} MB; alarm ${(alarm?.request ?? 0) - before} after`,
      );
      should(took - normal).be.below(MORE_START_MS);
      should(megabytes).be.below(MOST_MB);
      should((alarm?.request ?? Number.POSITIVE_INFINITY) - before).be.belowOrEqual(2);
    });
  });
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const start = Date.now();
  return [await work(), Date.now() - start];
}

function memoryOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}

async function fill(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const store = sqliteStore({ folder, random: Math.random });
  if (!store) throw new Error('this Node has no SQLite');
  await store.open();
  for (let first = 0; first < WAITING; first += PER_INPUT) {
    const user_id = await store.reserveUserIds(PER_INPUT);
    const sms = Array.from({ length: PER_INPUT }, (_, place) => waitingSms(user_id + place, first + place));
    const input = {
      id: `bulk ${first}`,
      gateway: 'gateway',
      node: 'send',
      taken_at: Date.now(),
      duplicates: 0,
      msg: '{}',
    };
    const manner = { until: 'sent' as const, wait_until: 0, on_timeout: 'keep' as const };
    await store.take([{ input: { ...input, ...manner }, sms, usedSince: { user_id: 0, key: 0 } }]);
  }
  await store.close();
}

const waitingSms = (user_id: number, place: number): NewSms => ({
  user_id,
  number: String(10_000_000 + place),
  text: `Bulk number ${place}`,
  encoding: 'gsm-7bit',
  request_status_report: true,
  priority: 'normal',
  expires_at: 0,
});

function flows(url: string) {
  const node = (id: string, type: string, properties: object) => ({ id, type, z: 'tab', x: 1, y: 1, ...properties });
  return [
    { id: 'tab', type: 'tab', label: 'sms' },
    { id: 'gateway', type: 'dinstar-gateway', url },
    node('in', 'http in', { url: '/alarm', method: 'post', wires: [['ok', 'send']] }),
    node('ok', 'http response', { statusCode: '202' }),
    node('send', 'dinstar-send-sms', {
      gateway: 'gateway',
      to: '112',
      toType: 'str',
      priority: 'high',
      until: 'accepted',
      wires: [['reached'], [], ['update']],
    }),
    node('reached', 'function', { func: 'node.log("reached Fire " + msg.payload.total);' }),
    node('update', 'function', { func: 'node.log(msg.payload.number + " in the gateway");' }),
  ];
}
