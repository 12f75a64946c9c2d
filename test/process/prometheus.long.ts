// VERSIONS: of Node-RED, apart by commas (4,5).
import should from 'should';
import { type Simulator, startSimulator } from '../../simulator';
import { textOf } from '../support/architecture/sources';
import { ALERTS, alertQuestions, dashboardQuestions } from '../support/monitoring';
import { type FlowNode, type NodeRedVersion, type RunningNodeRed, startNodeRed, versions } from '../support/node-red';
import {
  ALERTS_TRIED,
  checkMetrics,
  isInstalled,
  type Prometheus,
  promtool,
  startPrometheus,
} from '../support/servers/prometheus';

const TOKEN = 'open-sesame-1234';
const METRICS = 'the-metrics';
const wanted = (process.env.VERSIONS ?? '4,5').split(',').map(Number);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The flows of the demo, with a watch and metrics, and something that sends. */
function flows(): FlowNode[] {
  const demo = JSON.parse(textOf('scripts/demo/flows.json')) as FlowNode[];
  const [gateway, tab] = ['dinstar-gateway', 'tab'].map((type) => demo.find((node) => node.type === type)?.id);
  const drawn = (id: string, type: string, own: object): FlowNode => ({
    id,
    type,
    z: tab,
    x: 1,
    y: 1,
    wires: [],
    ...own,
  });
  return [
    ...demo,
    { id: METRICS, type: 'dinstar-metrics', path: '/dinstar' },
    drawn('the-watch', 'dinstar-watch', { metrics: METRICS, wires: [[], []] }),
    drawn('start', 'inject', {
      props: [
        { p: 'to', v: '+436641234567', vt: 'str' },
        { p: 'payload', v: 'The secret of the farm', vt: 'str' },
      ],
      once: true,
      onceDelay: '2',
      wires: [['send']],
    }),
    drawn('send', 'dinstar-send-sms', { gateway, until: 'delivered', untilType: 'str', wires: [[], [], []] }),
  ];
}

describe('Prometheus', function () {
  this.timeout(300_000);
  before(() => {
    if (!isInstalled) throw new Error('prometheus and promtool are missing: install the Debian package prometheus');
  });

  it('finds nothing to complain about in the shipped alert rules, and they fire when they should', async () => {
    should(await promtool('check', 'rules', '--lint=all', '--lint-fatal', ALERTS)).match(/SUCCESS: \d+ rules found/);
    should(await promtool('test', 'rules', ALERTS_TRIED)).match(/SUCCESS/);
  });

  for (const version of versions.filter((one) => wanted.includes(one))) {
    it(`scrapes the demo on Node-RED ${version}, answers the dashboard, and raises the alert of a gateway that hangs`, () =>
      watched(version));
  }
});

async function watched(version: NodeRedVersion): Promise<void> {
  const simulator = await startSimulator({ speed: 'fast' });
  const opened: { stop(): Promise<unknown> }[] = [{ stop: () => simulator.close() }];
  try {
    const nodeRed = await startNodeRed({
      ...{ version, install: 'link', flows: flows(), env: { DINSTAR_SIMULATOR: simulator.url } },
      credentials: { [METRICS]: { token: TOKEN } },
    });
    opened.push(nodeRed);
    const { host } = new URL(nodeRed.url);
    const prometheus = await startPrometheus({ target: host, path: '/dinstar/metrics', token: TOKEN }, '2s');
    opened.push(prometheus);
    await isWell(nodeRed, prometheus);
    await isTold(simulator, prometheus);
    should(nodeRed.log()).not.match(new RegExp(TOKEN));
  } finally {
    for (const { stop } of opened.reverse()) await stop();
  }
}

async function isWell(nodeRed: RunningNodeRed, prometheus: Prometheus): Promise<void> {
  await until(
    'a delivered SMS is counted',
    async () => (await prometheus.ask('sum(dinstar_sms_total{status="DELIVERED"}) > 0')).length > 0,
  );
  should((await fetch(`${nodeRed.url}/dinstar/metrics`)).status).equal(404);
  const scraped = await fetch(`${nodeRed.url}/dinstar/${TOKEN}/metrics`);
  const text = await scraped.text();
  should(scraped.headers.get('content-type')).match(/^text\/plain; version=0\.0\.4/);
  should(await checkMetrics(text)).equal('');
  should(text).not.match(/436641234567|secret/);
  should((await prometheus.ask('up{job="gsm"}')).map(({ value }) => value[1])).eql(['1']);
  await until(
    'the gateway and its SIMs are seen',
    async () =>
      (await prometheus.ask('dinstar_gateway_up == 1 and on (gateway) sum by (gateway) (dinstar_port_ready) == 8'))
        .length > 0,
  );
  await until(
    'each counter has two samples',
    async () => (await prometheus.ask('increase(dinstar_incoming_total[1m])')).length > 0,
  );
  const silent: string[] = [];
  for (const { by, expr } of [...dashboardQuestions(), ...alertQuestions()])
    if ((await prometheus.ask(expr)).length === 0) silent.push(by);
  // Without a plan no SIM has a limit or a balance; alerts answer only where something is wrong.
  const alerts = alertQuestions().map(({ by }) => by);
  const empty = ['What is wrong', 'Plans: used of the limit', 'Balance', 'Withheld by a rule', 'Last push'];
  should(silent.filter((by) => !alerts.includes(by) && !empty.includes(by))).eql([]);
  should(await prometheus.alerts()).eql([]);
}

async function isTold(simulator: Simulator, prometheus: Prometheus): Promise<void> {
  simulator.fault({ fault: 'hang' });
  await until('the alert fires', async () => (await prometheus.alerts()).includes('GsmGatewayUnreachable firing'));
  should(await prometheus.alerts()).not.containEql('GsmNodeRedDown firing');
  simulator.clearFaults();
  await until('the alert is over', async () =>
    (await prometheus.alerts()).every((one) => !one.startsWith('GsmGateway')),
  );
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isSo()); tries++) {
    if (tries > 180) throw new Error(`it never came about: ${what}`);
    await pause(500);
  }
}
