import should from 'should';
import { startSimulator } from '../../../simulator';
import { type FlowNode, type NodeRedVersion, type RunningNodeRed, startNodeRed } from '../node-red';
import { until } from '../until';

const TOKEN = 'open-sesame-1234';
const TEST = 'Test SMS from SIM to SIM';
const PATIENCE_MS = 60_000;

const node = (id: string, type: string, own: object): FlowNode => ({ id, type, z: 'tab', x: 1, y: 1, ...own });
const flows = (url: string, store: FlowNode[]): FlowNode[] => [
  { id: 'tab', type: 'tab', label: 'watch' },
  ...store,
  { id: 'gateway', type: 'dinstar-gateway', name: 'farm', url, store: store[0]?.id ?? '' },
  { id: 'metrics', type: 'dinstar-metrics', path: '/dinstar' },
  node('watch', 'dinstar-watch', { canary: '0.25', metrics: 'metrics', wires: [[], []] }),
  node('receive', 'dinstar-receive-sms', { gateway: 'gateway', interval: 1, wires: [['incoming']] }),
  node('incoming', 'function', { func: 'node.log("incoming " + msg.payload.text);', outputs: 0 }),
];

/**
 * A real Node-RED that is killed while a test SMS is on its way finds it in its next life, and sends no second one.
 * @param connection the URL of a PostgreSQL database that keeps its SMS; absent = they are in a file
 */
export async function killWhileOneIsOnItsWay(version: NodeRedVersion, connection?: string): Promise<void> {
  // What one SIM sends to another takes four seconds on its way.
  const simulator = await startSimulator({ speed: 'fast', ports: 2, paces: { report: { from: 4000, to: 4000 } } });
  const store: FlowNode[] = connection ? [{ id: 'store', type: 'dinstar-store', kind: 'postgres', lease: 10 }] : [];
  const credentials = { metrics: { token: TOKEN }, ...(connection && { store: { connection } }) };
  let nodeRed: RunningNodeRed | undefined;
  const start = async (userDir?: string): Promise<RunningNodeRed> => {
    const again = userDir === undefined ? { flows: flows(simulator.url, store) } : { userDir };
    nodeRed = await startNodeRed({ ...{ version, install: 'link', credentials }, ...again });
    return nodeRed;
  };
  const metric = async (name: string): Promise<number | undefined> => {
    const text = await (await fetch(`${nodeRed?.url}/dinstar/${TOKEN}/metrics`)).text();
    const value = new RegExp(`^${name}\\{gateway="farm"\\} (.+)$`, 'm').exec(text)?.[1];
    return value === undefined ? undefined : Number(value);
  };
  try {
    const first = await start();
    await until(() => ['SENT_OK', 'DELIVERED'].includes(simulator.submitted[0]?.state ?? ''), 'a test SMS on air');
    await first.kill('SIGKILL');
    should(simulator.submitted).have.length(1);
    await until(() => simulator.submitted[0]?.state === 'DELIVERED', 'its arrival');
    await start(first.userDir);
    await until(async () => (await metric('dinstar_canary_arrived_timestamp_seconds')) !== undefined, 'it to be found');
    should(await metric('dinstar_canary_failures')).equal(0);
    should(await metric('dinstar_canary_seconds')).be.within(3, 120);
    simulator.receive({ port: 1, number: '+4366412345678', text: 'somebody' });
    await nodeRed?.waitForLog(/incoming somebody/, PATIENCE_MS);
    should(nodeRed?.log()).not.containEql(`incoming ${TEST}`);
    should(simulator.submitted.map(({ text }) => text.slice(0, TEST.length))).eql([TEST]);
  } finally {
    await nodeRed?.stop();
    await simulator.close();
  }
}
