import should from 'should';
import { type FlowNode, type NodeRedVersion, type RunningNodeRed, versionsInTurn } from '../support/node-red';
import { type TriedExample, tryOut } from '../support/TriedExample';
import { ofJobs } from './exampleRuns/ofJobs';
import { ofNodes } from './exampleRuns/ofNodes';
import { ofPeers } from './exampleRuns/ofPeers';
import { ofStories } from './exampleRuns/ofStories';
import { ofWebhooks } from './exampleRuns/ofWebhooks';
import { type Peers, startPeers, withPorts } from './exampleRuns/peers';
import { told } from './exampleRuns/tellings';

type Runs = Record<string, (example: TriedExample) => Promise<void>>;
const runs: Runs = { ...ofNodes, ...ofStories, ...ofJobs, ...ofWebhooks };

describe('the examples, all of them imported and deployed', function () {
  this.timeout(180_000);
  const running = new Map<NodeRedVersion, RunningNodeRed>();
  const peers: Peers[] = [];
  const outcomes = new Map<string, Promise<void>>();

  before(() => Promise.all(versionsInTurn.map(begin)));

  after(async () => {
    await Promise.all([...running.values()].map((nodeRed) => nodeRed.stop()));
    await Promise.all(peers.map((ofOne) => ofOne.close()));
  });

  /** Starts all runs at the same time, as each of them mostly waits. */
  async function begin(version: NodeRedVersion): Promise<void> {
    const around = await startPeers();
    peers.push(around);
    const given = told.map((example) => withPorts(example, around));
    const { nodeRed, examples } = await tryOut(version, given, callingItself);
    running.set(version, nodeRed);
    const all = { ...runs, ...ofPeers(around) };
    for (const [name, example] of examples) {
      const outcome = tryOne(name, example, all[name]);
      // It is looked at in its turn.
      outcome.catch(() => undefined);
      outcomes.set(`${name} on ${version}`, outcome);
    }
  }

  async function tryOne(name: string, example: TriedExample, run: Runs[string] | undefined): Promise<void> {
    if (!run) throw new Error(`nobody tries ${name}`);
    if (!AS_SLOW_AS_REAL.has(name)) await example.hasten();
    await run(example);
  }

  for (const version of versionsInTurn) {
    for (const { name } of told) {
      it(`${name} does what it says on Node-RED ${version}`, () => outcomes.get(`${name} on ${version}`));
    }

    it(`have nothing to complain about on Node-RED ${version}`, () => {
      const complaints =
        running
          .get(version)
          ?.log()
          .match(/^.*\[(?:warn|error)\] .*$/gm) ?? [];
      should(complaints.filter((line) => !OF_THE_SETTINGS.test(line))).eql([]);
    });
  }
});

// What is in the gateway for a while can be stopped there.
const AS_SLOW_AS_REAL = new Set(['stop-sms']);

const OF_THE_SETTINGS = /Projects disabled|Using unencrypted credentials/;

/** The webhook's stand-in is at Node-RED's own address, which is another one in a test. */
function callingItself(node: FlowNode, url: string): FlowNode {
  return node.type === 'http request' ? { ...node, url: String(node.url).replace('http://127.0.0.1:1880', url) } : node;
}
