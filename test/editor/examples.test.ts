import should from 'should';
import { asImported, examples, plainExamples } from '../support/examples';
import { type FlowNode, type RunningNodeRed, startNodeRed, versions } from '../support/node-red';

const all = examples.flatMap(({ nodes }) => nodes);

describe('an example', () => {
  for (const { name, nodes, isOfNode } of examples) {
    it(`${name} shows its node, explains itself, and needs neither hardware nor a login`, () => {
      const shown = isOfNode ? [`dinstar-${name}`, 'inject', 'debug'] : ['dinstar-gateway'];
      should(nodes.map(({ type }) => type)).containDeep(['comment', ...shown]);
      for (const gateway of nodes.filter(({ type }) => type === 'dinstar-gateway')) {
        should(gateway).containEql({ url: 'simulator:' }).and.not.have.property('credentials');
      }
      should(nodes.find(({ type }) => type === 'comment')?.info)
        .be.a.String()
        .and.not.be.empty();
    });

    it(`${name} is whole: one flow, and no wire or gateway that leads elsewhere`, () => {
      const ids = new Set(nodes.map(({ id }) => id));
      const named = nodes.flatMap(({ wires, gateway }) =>
        [...((wires as string[][]) ?? []).flat(), gateway || []].flat(),
      );
      should(named.filter((id) => !ids.has(id as string))).eql([]);
      should(new Set(nodes.flatMap(({ z }) => z ?? [])).size).equal(1);
    });
  }

  it('shares no id with another one, so that all can be imported', () => {
    should(new Set(all.map(({ id }) => id)).size).equal(all.length);
  });
});

/** The examples as somebody has imported them, with their debug nodes writing to the log. */
const imported = (): FlowNode[] =>
  asImported(plainExamples).map((node) => (node.type === 'debug' ? { ...node, console: true } : node));

describe('the examples', function () {
  // A USSD reply takes up to 15 seconds, and a menu several.
  this.timeout(120_000);
  let running: RunningNodeRed[] = [];

  before(async () => {
    running = await Promise.all(
      versions.map((version) => startNodeRed({ version, install: 'link', flows: imported() })),
    );
  });

  after(() => Promise.all(running.map((nodeRed) => nodeRed.stop())));

  const press = async (nodeRed: RunningNodeRed, name: string): Promise<void> => {
    for (const { id } of all.filter((node) => node.type === 'inject' && node.name === name)) {
      should((await nodeRed.admin(`/inject/${id}`, { method: 'POST' })).status).equal(200);
    }
  };

  it('do what they say on Node-RED 4 and 5, with the simulator alone', async () => {
    await Promise.all(
      running.map(async (nodeRed) => {
        for (const name of ['one number', 'two numbers', 'send an SMS']) await press(nodeRed, name);
        await nodeRed.waitForLog(/\[debug:reached\][\s\S]*?ok: true/, 40_000);
        await nodeRed.waitForLog(/\[debug:not reached\][\s\S]*?ok: false/, 40_000);
        await nodeRed.waitForLog(/\[debug:updates\][\s\S]*?DELIVERED/, 40_000);
        await nodeRed.waitForLog(/\[debug:sms_deliver_status\]/, 40_000);
        for (const name of ['results of the last hour', 'how many wait', 'what is new?']) await press(nodeRed, name);
        await nodeRed.waitForLog(/\[debug:answer\][\s\S]*?succ_count/, 5000);
        await nodeRed.waitForLog(/\[debug:answer\][\s\S]*?in_queue/, 5000);
        await nodeRed.waitForLog(/\[debug:new ones\][\s\S]*?payload: \[\]/, 5000);
        for (const name of ['balance of port 1', 'a menu on port 2']) await press(nodeRed, name);
        await nodeRed.waitForLog(/\[debug:reply\][\s\S]*?Valid until/, 40_000);
        await nodeRed.waitForLog(/\[debug:reply\][\s\S]*?sent: '1'/, 40_000);
        await press(nodeRed, 'last text of port 1');
        await nodeRed.waitForLog(/\[debug:last text\][\s\S]*?12\.34 EUR/, 5000);
        for (const name of ['all ports now', 'try to switch port 2 off']) await press(nodeRed, name);
        await nodeRed.waitForLog(/\[debug:ports\][\s\S]*?REGISTER_OK/, 5000);
        await nodeRed.waitForLog(/\[debug:refused\][\s\S]*?may cut the line off/, 5000);
        await press(nodeRed, 'restart port 2');
        await nodeRed.waitForLog(/\[debug:change\][\s\S]*?changed: \[[^\]]*'reg'/, 15_000);
        should(nodeRed.log().match(/^.*\[(?:warn|error)\] \[.*$/gm) ?? []).eql([]);
      }),
    );
  });
});
