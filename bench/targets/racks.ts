import { setTimeout as after } from 'node:timers/promises';
import type { FlowNode, NodeRedVersion } from '../../test/support/node-red';
import { BenchNodeRed, type Burst } from './BenchNodeRed';
import { node, source, TAB } from './flows';
import { bounded, type Line } from './Line';
import { StandIns } from './StandIns';

const GATEWAYS = 200;
const PORTS = 32;
const SMS_A_PORT = 4;
const SECONDS_AN_SMS = 5;
const IDLE_SECONDS = 20;
const LONGEST_SECONDS = 200;

const each = (make: (gateway: number) => FlowNode): FlowNode[] =>
  Array.from({ length: GATEWAYS }, (_, at) => make(at + 1));

const rack = (standIns: StandIns): FlowNode[] => [
  TAB,
  ...each((at) => ({
    id: `gateway ${at}`,
    type: 'dinstar-gateway',
    name: `g${at}`,
    url: standIns.url(at),
    combine: 'all',
  })),
  node('receiver', 'dinstar-push-receiver', { path: '/dinstar/push', wires: [[]] }),
];

const sending = (): FlowNode[] => [
  ...source('send'),
  node('send', 'dinstar-send-sms', {
    ...{ gatewayFrom: 'msg', until: 'sent', literal: true, wires: [['source'], ['source'], []] },
  }),
];

const watching = (): FlowNode[] => [
  ...each((at) => node(`receive ${at}`, 'dinstar-receive-sms', { gateway: `gateway ${at}`, wires: [[]] })),
  ...each((at) => node(`watch ${at}`, 'dinstar-port-info', { gateway: `gateway ${at}`, mode: 'watch', wires: [[]] })),
];

/** 200 gateways of 32 ports: all their SMS at once, and what they cost while nothing happens. */
export async function racks(version: NodeRedVersion): Promise<Line[]> {
  const standIns = await StandIns.start({ gateways: GATEWAYS, secondsAnSms: SECONDS_AN_SMS });
  const on = `Node-RED ${version}: ${GATEWAYS} gateways,`;
  const busy = await BenchNodeRed.start(version, [...rack(standIns), ...sending()]);
  standIns.pushTo(`${busy.nodeRed.url}/dinstar/push`);
  const count = GATEWAYS * PORTS * SMS_A_PORT;
  const run = await busy
    .burst({ count, gateways: GATEWAYS }, LONGEST_SECONDS * 1000)
    .catch(() => undefined)
    .finally(() => busy.end());
  const idle = await BenchNodeRed.start(version, [...rack(standIns), ...watching()]);
  try {
    await after(15_000);
    const { cpu } = idle;
    await after(IDLE_SECONDS * 1000);
    return [
      ...(run ? busyLines(on, count, run) : [neverEnded(`${on} ${count} SMS`)]),
      bounded(4, `${on} idle, of a core`, (idle.cpu - cpu) / (10 * IDLE_SECONDS), { atMost: 2.5, unit: ' %' }),
      bounded(4, `${on} idle, memory`, idle.memory, { atMost: 250, unit: ' MB' }),
    ];
  } finally {
    await idle.end();
    await standIns.close();
  }
}

const neverEnded = (what: string): Line => ({
  ...{ target: 4, what, figure: `did not end in ${LONGEST_SECONDS} s` },
  ...{ wanted: 'an end', holds: false },
});

const busyLines = (on: string, count: number, run: Burst): Line[] => [
  bounded(4, `${on} ${count} SMS, time / ideal`, run.seconds / (SMS_A_PORT * SECONDS_AN_SMS), { atMost: 1.03 }),
  bounded(4, `${on} CPU for the life of an SMS`, run.cpu / count, { atMost: 0.3, unit: ' ms' }),
  bounded(4, `${on} loop's delay p99`, run.delay, { atMost: 30, unit: ' ms' }),
  { what: `${on} loop held up at most`, figure: `${Math.round(run.heldUp)} ms` },
  bounded(4, `${on} SMS that failed`, run.failed, { atMost: 0 }),
];
