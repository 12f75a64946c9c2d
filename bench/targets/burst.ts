import type { NodeRedVersion } from '../../test/support/node-red';
import { BenchNodeRed, type Burst } from './BenchNodeRed';
import { burstFlow, type Way } from './flows';
import { bounded, type Line, shown } from './Line';
import { alternating, middle } from './rounds';
import { StandIns } from './StandIns';

const COUNT = 20_000;
const WARM = 1000;

type Beside = Exclude<Way, 'planned'>;

/** One burst in a Node-RED of its own, which has had a small one before. */
async function burst(version: NodeRedVersion, way: Way): Promise<Burst> {
  const standIns = await StandIns.start();
  const bench = await BenchNodeRed.start(version, burstFlow(way, standIns.url()));
  try {
    await bench.burst({ count: WARM });
    return await bench.burst({ count: COUNT });
  } finally {
    await bench.end();
    await standIns.close();
  }
}

/** The same burst with plans of all SIMs, beside one without. */
export async function planned(version: NodeRedVersion, rounds: number): Promise<Line[]> {
  const once = (way: Way) => () => burst(version, way);
  const runs = await alternating(rounds, { embedded: once('embedded'), planned: once('planned') });
  const of = (way: 'embedded' | 'planned', figure: keyof Burst): number => middle(runs[way], (run) => run[figure]);
  const on = `Node-RED ${version}:`;
  return [
    bounded(
      2,
      `${on} burst with a plan on 32 ports, time / without`,
      of('planned', 'seconds') / of('embedded', 'seconds'),
      {
        atMost: 1.3,
      },
    ),
    { what: `${on} burst with a plan, CPU / without`, figure: shown(of('planned', 'cpu') / of('embedded', 'cpu')) },
    bounded(2, `${on} burst with a plan, SMS that failed`, of('planned', 'failed'), { atMost: 0 }),
  ];
}

/**
 * 20,000 SMS at once until they are accepted, beside what else Node-RED has for it.
 * @param kannel how many SMS a second Kannel takes into its file store, one by one; undefined = not there
 */
export async function bursts(version: NodeRedVersion, rounds: number, kannel: number | undefined): Promise<Line[]> {
  const once = (way: Way) => () => burst(version, way);
  const runs = await alternating(rounds, {
    memory: once('memory'),
    embedded: once('embedded'),
    'http request': once('http request'),
    'batching + http request': once('batching + http request'),
    prototype: once('prototype'),
  });
  const rate = (way: Beside): number => COUNT / middle(runs[way], ({ seconds }) => seconds);
  const of = (way: Beside, figure: keyof Burst): number => middle(runs[way], (run) => run[figure]);
  const on = `Node-RED ${version}:`;
  const told = (way: Beside): Line => ({
    what: `${on} burst, ${way}`,
    figure: `${shown(rate(way))}/s, ${shown(of(way, 'cpu') / COUNT)} ms CPU each, ${shown(of(way, 'memory'))} MB more`,
  });
  const wanted = version === 4 ? Math.min(25, (0.9 * rate('prototype')) / rate('http request')) : 12;
  return [
    ...(Object.keys(runs) as Beside[]).map(told),
    bounded(2, `${on} memory store / core http request`, rate('memory') / rate('http request'), { atLeast: wanted }),
    bounded(2, `${on} embedded / memory store`, rate('embedded') / rate('memory'), { atLeast: 0.8 }),
    ...(kannel === undefined
      ? []
      : [bounded(2, `${on} embedded / Kannel's file store`, rate('embedded') / kannel, { atLeast: 4 })]),
    ...(['memory', 'embedded'] as const).flatMap((way) => [
      bounded(2, `${on} ${way}, first outcome`, of(way, 'first'), { atMost: 150, unit: ' ms' }),
      bounded(2, `${on} ${way}, loop's delay p99`, of(way, 'delay'), { atMost: 30, unit: ' ms' }),
      bounded(2, `${on} ${way}, memory / that of http request`, of(way, 'memory') / of('http request', 'memory'), {
        atMost: 0.25,
      }),
      bounded(2, `${on} ${way}, SMS that failed`, of(way, 'failed'), { atMost: 0 }),
    ]),
  ];
}
