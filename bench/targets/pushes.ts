import type { NodeRedVersion } from '../../test/support/node-red';
import { BenchNodeRed } from './BenchNodeRed';
import { Child } from './Child';
import { code, gateway, node, source, TAB } from './flows';
import { bounded, type Line, shown } from './Line';
import type { PushFigures, PushWanted } from './pushLoad';
import { alternating, middle } from './rounds';
import { StandIns } from './StandIns';

const PUSHES = 1000;
const TOGETHER = 10;

interface Run extends PushFigures {
  /** Node-RED's, for each record, in ms. */
  cpu: number;
}

const flows = (url: string) => [
  TAB,
  ...gateway(url, 'embedded'),
  ...source('send'),
  node('send', 'dinstar-send-sms', {
    ...{ gateway: 'gateway', until: 'accepted', userId: 'userId', userIdType: 'msg', literal: true },
    wires: [['source'], ['source'], []],
  }),
  node('receiver', 'dinstar-push-receiver', { path: '/dinstar/push', wires: [['each']] }),
  code('each', 'return null;', []),
  ...['results', 'incoming'].flatMap((kind) => [
    node(`core ${kind}`, 'http in', {
      url: `/core/${kind}`,
      method: 'post',
      wires: [[`answer ${kind}`, `list ${kind}`]],
    }),
    node(`answer ${kind}`, 'http response', { statusCode: '200' }),
    node(`list ${kind}`, 'change', {
      rules: [
        { t: 'move', p: `payload.${kind === 'results' ? 'sms_result' : 'sms'}`, pt: 'msg', to: 'payload', tot: 'msg' },
      ],
      wires: [[`split ${kind}`]],
    }),
    node(`split ${kind}`, 'split', { arraySplt: 1, arraySpltType: 'len', wires: [['each']] }),
  ]),
];

/** Records of pushes, results that are stored before the 200 among them, beside what core nodes make of the same. */
export async function pushes(version: NodeRedVersion, rounds: number): Promise<Line[]> {
  const standIns = await StandIns.start();
  const bench = await BenchNodeRed.start(version, flows(standIns.url()));
  const load = new Child('pushLoad.ts');
  const bare = new Child('bareServer.ts');
  const port = await bare.next<number>();
  let from = 0;
  const run = (url: string, kind: PushWanted['kind']) => async (): Promise<Run> => {
    const cpu = bench.cpu;
    const figures = await load.ask<PushFigures>({ url, kind, from, pushes: PUSHES });
    from += PUSHES * TOGETHER;
    return { ...figures, cpu: (bench.cpu - cpu) / (PUSHES * TOGETHER) };
  };
  try {
    const { url } = bench.nodeRed;
    // Each way twice unmeasured, as the programs that they are compiled to come about by that; and all are SMS of ours.
    await bench.burst({ count: 6 * (rounds + 1) * PUSHES * TOGETHER }, 300_000);
    const works = {
      receiver: run(`${url}/dinstar/push`, 'results'),
      core: run(`${url}/core/results`, 'results'),
      'receiver, incoming': run(`${url}/dinstar/push`, 'incoming'),
      'core, incoming': run(`${url}/core/incoming`, 'incoming'),
      bare: run(`http://127.0.0.1:${port}/`, 'results'),
    };
    await alternating(1, works);
    const runs = await alternating(rounds, works);
    const rate = (way: keyof typeof works): number => middle(runs[way], ({ perSecond }) => perSecond);
    const on = `Node-RED ${version}: pushes,`;
    const p99 = (way: keyof typeof works): number => middle(runs[way], (one) => one.p99);
    return [
      ...(Object.keys(works) as (keyof typeof works)[]).map((way) => ({
        what: `${on} ${way}`,
        figure: `${shown(rate(way))} records/s, p99 ${shown(p99(way))} ms, ${shown(middle(runs[way], ({ cpu }) => cpu))} ms CPU each`,
      })),
      bounded(3, `${on} results of own SMS / core http in + split`, rate('receiver') / rate('core'), { atLeast: 2 }),
      bounded(3, `${on} incoming SMS / core http in + split`, rate('receiver, incoming') / rate('core, incoming'), {
        atLeast: 2,
      }),
      bounded(3, `${on} results of own SMS / bare Node server`, rate('receiver') / rate('bare'), { atLeast: 0.5 }),
      bounded(3, `${on} p99 of results / that of core`, p99('receiver') / p99('core'), { atMost: 1 }),
      bounded(
        3,
        `${on} refused`,
        runs.receiver.reduce((sum, { refused }) => sum + refused, 0),
        { atMost: 0 },
      ),
    ];
  } finally {
    await load.end();
    await bare.end();
    await bench.end();
    await standIns.close();
  }
}
