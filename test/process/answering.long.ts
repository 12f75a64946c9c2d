import should from 'should';
import { type Simulator, startSimulator } from '../../simulator';
import { type FlowNode, type RunningNodeRed, startNodeRed, versions } from '../support/node-red';

const MOST = 3;
const NUMBERS = ['+491700000000', '+491700000001'] as const;

describe('a Node-RED 4 and a Node-RED 5 that answer each other’s SMS', function () {
  this.timeout(180_000);
  const simulators: Simulator[] = [];
  const nodeReds: RunningNodeRed[] = [];

  before(async () => {
    for (const version of versions) {
      const simulator = await startSimulator({ speed: 'fast' });
      simulators.push(simulator);
      nodeReds.push(await startNodeRed({ version, install: 'link', flows: flows(simulator.url) }));
    }
  });

  after(async () => {
    await Promise.all(nodeReds.map((nodeRed) => nodeRed.stop()));
    await Promise.all(simulators.map((simulator) => simulator.close()));
  });

  it('stop by themselves at what may go to one number in an hour', async () => {
    const seen = [0, 0];
    /** What one gateway sends comes in at the other. */
    const relay = (): void => {
      for (const place of [0, 1] as const) {
        const news = simulators[place]?.submitted.slice(seen[place]) ?? [];
        seen[place] = (seen[place] ?? 0) + news.length;
        for (const { text } of news) simulators[1 - place]?.receive({ port: 0, number: NUMBERS[place], text });
      }
    };
    for (const nodeRed of nodeReds) await nodeRed.waitForLog(/listening/, 30_000);
    simulators[0]?.receive({ port: 0, number: NUMBERS[1], text: 'Hello' });
    const isHeld = () => nodeReds.some((nodeRed) => /held by loop-guard/.test(nodeRed.log()));
    for (let times = 0; times < 300 && !isHeld(); times += 1) {
      relay();
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    should(isHeld()).be.true();
    // What would still go round would have come and gone several times.
    for (let times = 0; times < 75; times += 1) {
      relay();
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    should(simulators.map(({ submitted }) => submitted.length)).matchEach((count: number) => count <= MOST);
    should(Math.max(...simulators.map(({ submitted }) => submitted.length))).equal(MOST);
  });
});

const drawn = (id: string, type: string, own: object): FlowNode => ({ id, type, z: 'tab', x: 100, y: 100, ...own });

/** Whatever comes in is answered. */
const flows = (url: string): FlowNode[] => [
  { id: 'tab', type: 'tab', label: 'answers' },
  { id: 'gateway', type: 'dinstar-gateway', url, maxPerRecipient: MOST },
  drawn('receive', 'dinstar-receive-sms', { gateway: 'gateway', interval: 1, wires: [['send']] }),
  drawn('send', 'dinstar-send-sms', {
    ...{ gateway: 'gateway', text: 'I am away', textType: 'str', until: 'accepted', wait: '0' },
    wires: [[], [], ['tell']],
  }),
  drawn('tell', 'function', {
    func: 'if (msg.payload.held) node.warn("held by " + msg.payload.held.by);',
    outputs: 0,
    wires: [],
  }),
  drawn('status', 'status', { scope: ['receive'], wires: [['listens']] }),
  drawn('listens', 'function', {
    func: 'if (msg.status.fill === "green") node.warn("listening");',
    outputs: 0,
    wires: [],
  }),
];
