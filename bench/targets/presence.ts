import { execFileSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import type { FlowNode, NodeRedVersion } from '../../test/support/node-red';
import { root } from '../../test/support/repository';
import { BenchNodeRed } from './BenchNodeRed';
import { node, TAB } from './flows';
import { bounded, type Line, shown } from './Line';
import { alternating, middle } from './rounds';
import { StandIns } from './StandIns';

const KINDS = ['cdr', 'port-info', 'push-receiver', 'query-result', 'receive-sms', 'send-sms', 'set-port', 'stk'];

const oneOfEach = (url: string): FlowNode[] => [
  TAB,
  { id: 'gateway', type: 'dinstar-gateway', name: 'g', url },
  ...[...KINDS, 'stop-sms', 'ussd'].map((kind) =>
    node(kind, `dinstar-${kind}`, { gateway: 'gateway', wires: [[], [], []] }),
  ),
];

interface Start {
  ms: number;
  cpu: number;
  memory: number;
}

async function start(version: NodeRedVersion, flows: FlowNode[], more: object): Promise<Start> {
  const begun = performance.now();
  const bench = await BenchNodeRed.start(version, flows, more);
  const ms = performance.now() - begun;
  const { cpu } = bench;
  await after(3000);
  const { memory } = bench;
  await bench.end();
  return { ms, cpu, memory };
}

/** What it costs to be there: one gateway and one node of each kind, beside a Node-RED without the package. */
export async function presence(version: NodeRedVersion, rounds: number): Promise<Line[]> {
  const standIns = await StandIns.start();
  const runs = await alternating(rounds, {
    without: () => start(version, [TAB], { install: 'none' }),
    with: () => start(version, oneOfEach(standIns.url()), {}),
  });
  await standIns.close();
  const more = (figure: keyof Start): number =>
    middle(runs.with, (run) => run[figure]) - middle(runs.without, (run) => run[figure]);
  const on = `Node-RED ${version}: one of each node,`;
  return [
    bounded(6, `${on} memory`, more('memory'), { atMost: 15, unit: ' MB more' }),
    bounded(6, `${on} start`, more('ms'), { atMost: 60, unit: ' ms later' }),
    { what: `${on} start`, figure: `${shown(more('cpu'))} ms CPU more` },
  ];
}

/** How large the package is that npm packs. */
export async function packed(): Promise<Line[]> {
  const told = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
  });
  const [{ size = Number.NaN } = {}] = JSON.parse(told) as { size?: number }[];
  return [bounded(6, 'the package as npm packs it', size / 1e6, { atMost: 1.3, unit: ' MB' })];
}
