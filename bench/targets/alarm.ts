import { setTimeout as after } from 'node:timers/promises';
import type { FlowNode, NodeRedVersion } from '../../test/support/node-red';
import { BenchNodeRed } from './BenchNodeRed';
import { code, gateway, node, source, TAB } from './flows';
import { MODULES } from './functions';
import { bounded, type Line } from './Line';
import { quantile } from './rounds';
import { StandIns } from './StandIns';

const ALARMS = 200;
const EVERY_MS = 25;
const WAITING = 100_000;
const BURST = 20_000;

// The moment it is given stands in its text.
const ALARM = `
let left = ${ALARMS};
const timer = timers.setInterval(() => {
  if (left-- === 0) return timers.clearInterval(timer);
  node.send([null, { payload: 'ALARM ' + process.hrtime.bigint() + ' pump 3', to: '+491719876543' }]);
}, ${EVERY_MS});
return [{ statusCode: 202, payload: '', req: msg.req, res: msg.res }, null];
`;

// What waits: many recipients in an input, as mailings are.
const BULK = `
let left = ${WAITING / 1000};
const give = () => {
  const to = Array.from({ length: 1000 }, (_, at) => '+4916' + (10000000 + 1000 * left + at));
  node.send([null, { payload: 'Maintenance on Sunday', to }]);
  if (--left > 0) timers.setTimeout(give, 20);
};
give();
return [{ statusCode: 202, payload: '', req: msg.req, res: msg.res }, null];
`;

const asked = (name: string, func: string, to: string): FlowNode[] => [
  node(`in ${name}`, 'http in', { url: `/${name}`, method: 'post', wires: [[name]] }),
  code(name, func, [['answer'], [to]], MODULES),
];

const flows = (url: string, store: 'memory' | 'embedded'): FlowNode[] => [
  TAB,
  ...gateway(url, store, { queueLimit: 2, combine: 'same' }),
  ...source('send'),
  ...asked('bulk', BULK, 'send'),
  ...asked('alarm', ALARM, 'send alarm'),
  node('send', 'dinstar-send-sms', { gateway: 'gateway', until: 'accepted', literal: true, wires: [[], [], []] }),
  node('send alarm', 'dinstar-send-sms', {
    ...{ gateway: 'gateway', until: 'accepted', priority: 'high', literal: true, wires: [[], [], []] },
  }),
];

/** From an alarm's input to its first byte at the gateway: alone, with 100,000 SMS waiting, and while 20,000 come. */
export async function alarms(version: NodeRedVersion): Promise<Line[]> {
  const lines: Line[] = [];
  for (const store of ['memory', 'embedded'] as const) {
    const standIns = await StandIns.start();
    const bench = await BenchNodeRed.start(version, flows(standIns.url(), store));
    const measure = async (what: string): Promise<void> => {
      standIns.seen.length = 0;
      await bench.post('/alarm', {});
      for (let left = 400; countAlarms(standIns) < ALARMS && left > 0; left--) await after(50);
      const times = latencies(standIns);
      const p99 = times.length < ALARMS ? Number.NaN : quantile(times, 0.99);
      const bound = { atMost: store === 'memory' ? 2 : 6, unit: ` ms (median ${quantile(times, 0.5).toFixed(1)})` };
      lines.push(bounded(5, `Node-RED ${version}: an alarm, ${store}, ${what}, p99`, p99, bound));
    };
    try {
      await bench.post('/alarm', {});
      await after(ALARMS * EVERY_MS + 1000);
      await measure('nothing else');
      await bench.post('/bulk', {});
      await after(15_000);
      await measure('100,000 waiting');
      await bench.post('/burst', { count: BURST, text: 'Pressure in pump ' });
      await measure('20,000 arriving');
    } finally {
      await bench.end();
      await standIns.close();
    }
  }
  return lines;
}

const given = ({ seen }: StandIns): { first: bigint; given: bigint }[] =>
  seen.flatMap(({ first, text }) =>
    [...text.matchAll(/ALARM (\d+)/g)].map(([, at = '0']) => ({ first: BigInt(first), given: BigInt(at) })),
  );

const countAlarms = (standIns: StandIns): number => given(standIns).length;
const latencies = (standIns: StandIns): number[] => given(standIns).map((one) => Number(one.first - one.given) / 1e6);
