import should from 'should';
import { type Simulator, startSimulator } from '../../simulator';
import { type FlowNode, type RunningNodeRed, startNodeRed, versionsInTurn } from '../support/node-red';
import { until } from '../support/until';

const TOKEN = 'open-sesame-1234';
const TEST = 'Test SMS from SIM to SIM';
const PATIENCE_MS = 60_000;

const node = (id: string, type: string, own: object): FlowNode => ({ id, type, z: 'tab', x: 1, y: 1, ...own });
const flows = (url: string): FlowNode[] => [
  { id: 'tab', type: 'tab', label: 'watch' },
  { id: 'gateway', type: 'dinstar-gateway', name: 'farm', url },
  { id: 'metrics', type: 'dinstar-metrics', path: '/dinstar' },
  node('watch', 'dinstar-watch', { canary: '0.25', metrics: 'metrics', wires: [[], []] }),
  node('receive', 'dinstar-receive-sms', { gateway: 'gateway', interval: 1, wires: [['incoming']] }),
  node('incoming', 'function', { func: 'node.log("incoming " + msg.payload.text);', outputs: 0 }),
];

for (const version of versionsInTurn) {
  describe(`a real Node-RED ${version} with test SMS`, function () {
    this.timeout(240_000);
    let simulator: Simulator;
    let nodeRed: RunningNodeRed | undefined;
    beforeEach(async () => {
      // What one SIM sends to another takes four seconds on its way.
      simulator = await startSimulator({ speed: 'fast', ports: 2, paces: { report: { from: 4000, to: 4000 } } });
    });
    afterEach(async () => {
      await nodeRed?.stop();
      await simulator.close();
    });

    const start = async (userDir?: string): Promise<RunningNodeRed> => {
      const again = userDir === undefined ? { flows: flows(simulator.url) } : { userDir };
      nodeRed = await startNodeRed({
        ...{ version, install: 'link', credentials: { metrics: { token: TOKEN } } },
        ...again,
      });
      return nodeRed;
    };
    const metric = async (name: string): Promise<number | undefined> => {
      const text = await (await fetch(`${nodeRed?.url}/dinstar/${TOKEN}/metrics`)).text();
      const value = new RegExp(`^${name}\\{gateway="farm"\\} (.+)$`, 'm').exec(text)?.[1];
      return value === undefined ? undefined : Number(value);
    };
    it('finds the one that arrives while the process is dead, sends no second one, and tells no flow of it', async () => {
      const first = await start();
      await until(() => ['SENT_OK', 'DELIVERED'].includes(simulator.submitted[0]?.state ?? ''), 'a test SMS on air');
      await first.kill('SIGKILL');
      should(simulator.submitted).have.length(1);
      await until(() => simulator.submitted[0]?.state === 'DELIVERED', 'its arrival');
      await start(first.userDir);
      await until(
        async () => (await metric('dinstar_canary_arrived_timestamp_seconds')) !== undefined,
        'it to be found',
      );
      should(await metric('dinstar_canary_failures')).equal(0);
      should(await metric('dinstar_canary_seconds')).be.within(3, 120);
      simulator.receive({ port: 1, number: '+4366412345678', text: 'somebody' });
      await nodeRed?.waitForLog(/incoming somebody/, PATIENCE_MS);
      should(nodeRed?.log()).not.containEql(`incoming ${TEST}`);
      should(simulator.submitted.map(({ text }) => text.slice(0, TEST.length))).eql([TEST]);
    });
  });
}
