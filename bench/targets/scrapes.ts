import { createServer } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import type { FlowNode, NodeRedVersion } from '../../test/support/node-red';
import { BenchNodeRed } from './BenchNodeRed';
import { node, TAB } from './flows';
import { type Line, shown } from './Line';

const GATEWAYS = 50;
const SCRAPES = 200;
/** Between two scrapes, in ms: together they last longer than a client waits for an answer. */
const INTERVAL_MS = 150;
const AT_MOST_MS = 50;
const METRICS = 'metrics';

const flows = (port: number): FlowNode[] => [
  TAB,
  { id: METRICS, type: 'dinstar-metrics', path: '/dinstar' },
  node('watch', 'dinstar-watch', { metrics: METRICS, wires: [[], []] }),
  ...Array.from({ length: GATEWAYS }, (_, at) => ({
    ...{ id: `gateway ${at + 1}`, type: 'dinstar-gateway', name: `g${at + 1}` },
    url: `http://127.0.0.${at + 1}:${port}`,
  })),
];

/** How long Prometheus and a health check wait while all gateways take connections and answer nothing. */
export async function scrapes(version: NodeRedVersion): Promise<Line[]> {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '0.0.0.0', resolve));
  const address = silent.address();
  const bench = await BenchNodeRed.start(version, flows(typeof address === 'object' && address ? address.port : 0));
  try {
    // By now each gateway has been asked, and none has answered.
    await after(25_000);
    const lines: Line[] = [];
    for (const page of ['metrics', 'health']) {
      const took = await timesOf(`${bench.nodeRed.url}/dinstar/${page}`);
      const most = took[Math.floor(SCRAPES * 0.99) - 1] ?? Number.NaN;
      lines.push({
        what: `Node-RED ${version}: ${SCRAPES} readings of /${page} while ${GATEWAYS} gateways hang, p99 (median ${shown(took[SCRAPES / 2] ?? 0)} ms)`,
        figure: `${shown(most)} ms`,
        wanted: `at most ${AT_MOST_MS} ms`,
        holds: most <= AT_MOST_MS,
      });
    }
    return lines;
  } finally {
    await bench.end();
    silent.close();
  }
}

/** In ms, the quickest first. */
async function timesOf(url: string): Promise<number[]> {
  const took: number[] = [];
  for (let reading = 0; reading < SCRAPES; reading++) {
    const began = performance.now();
    await (await fetch(url)).text();
    took.push(performance.now() - began);
    await after(INTERVAL_MS);
  }
  return took.sort((one, other) => one - other);
}
