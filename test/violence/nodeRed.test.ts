import should from 'should';
import { type Simulator, startSimulator } from '../../simulator';
import { type NodeRedVersion, versionsInTurn } from '../support/node-red';
import { killNodeRed } from '../support/violence/killNodeRed';
import { flowsTo, NodeRedLives } from '../support/violence/NodeRedLives';
import type { Given } from '../support/violence/requests';
import { Tally } from '../support/violence/verdict';

const PATIENCE_MS = 120_000;

describe('Node-RED that is killed while SMS come in', function () {
  this.timeout(300_000);

  it('loses none and doubles none', async () => {
    const tally = new Tally();
    const seed = Date.now() % 1_000_000;
    await Promise.all(versionsInTurn.map((version) => killNodeRed(tally, version, { kills: 2, ms: 30_000, seed })));
    tally.report(`kills of a real Node-RED ${versionsInTurn.join(' and ')}, seed ${seed}`);
  });
});

/** Every SMS of these inputs once, in the order of the inputs. */
const numbersOf = (given: readonly Given[]): string[] => given.flatMap(({ to }) => to);
const numbersAt = (simulator: Simulator): string[] => simulator.submitted.map(({ number }) => number);

describe('SMS given to a Node-RED whose store is slow, because its machine is busy', function () {
  this.timeout(300_000);

  it('are kept through a deploy and a polite end that come before the store was open, and go on in their order', async () => {
    const keptAtEnd = async (version: NodeRedVersion): Promise<void> => {
      const lives = await NodeRedLives.begin(version, { storeMs: 100 });
      try {
        await lives.live();
        for (const port of lives.simulator.ports) port.unregister();
        const given = [await lives.post(), await lives.post(2)];
        await lives.nodeRed?.deploy(flowsTo(lives.simulator.url, { name: 'renamed' }));
        given.push(await lives.post(), await lives.post(3));
        const ids = given.map(({ id }) => id);
        const log = lives.nodeRed?.log;
        await lives.end('SIGTERM');
        should((await lives.keptInputs()).sort()).eql([...ids].sort());
        should(log?.()).not.match(/error/i);
        for (const port of lives.simulator.ports) port.register();
        await lives.live();
        await lives.settle(ids, PATIENCE_MS);
        should(numbersAt(lives.simulator)).eql(numbersOf(given));
        should(lives.outcomes.map(({ id }) => id).sort()).eql(ids.sort());
      } finally {
        await lives.close();
      }
    };
    await Promise.all(versionsInTurn.map(keptAtEnd));
  });
});

describe('SMS that wait because no port is registered', function () {
  this.timeout(300_000);
  let all: NodeRedLives[] = [];

  before(async () => {
    all = await Promise.all(versionsInTurn.map((version) => NodeRedLives.begin(version)));
    await Promise.all(all.map((lives) => lives.live()));
  });
  after(() => Promise.all(all.map((lives) => lives.close())));

  /** On all of them at once. */
  const onEach = async (act: (lives: NodeRedLives) => Promise<void>): Promise<void> => {
    await Promise.all(all.map(act));
  };
  const unregister = ({ simulator }: NodeRedLives): void => {
    for (const port of simulator.ports) port.unregister();
  };
  const register = ({ simulator }: NodeRedLives): void => {
    for (const port of simulator.ports) port.register();
  };

  it('go on in their order through a deploy, a polite end and a kill, each with an outcome that says "restored"', () =>
    onEach(async (lives) => {
      unregister(lives);
      const given = [await lives.post(), await lives.post(2), await lives.post()];
      await lives.nodeRed?.deploy(flowsTo(lives.simulator.url, { name: 'renamed' }));
      given.push(await lives.post(), await lives.post());
      await lives.end('SIGTERM');
      should((await lives.keptInputs()).sort()).eql(given.map(({ id }) => id).sort());
      await lives.live();
      given.push(await lives.post(), await lives.post(3));
      await lives.untilKept(given.map(({ id }) => id));
      await lives.end('SIGKILL');
      should(lives.simulator.submitted).have.length(0);
      register(lives);
      await lives.live();
      const ids = given.map(({ id }) => id);
      await lives.settle(ids, PATIENCE_MS);
      should(numbersAt(lives.simulator)).eql(numbersOf(given));
      should(lives.outcomes.map(({ id }) => id).sort()).eql(ids.sort());
      should(lives.outcomes.filter(({ restored }) => !restored)).eql([]);
      should(lives.nodeRed?.log()).not.match(/error i\d/);
    }));

  it('go through a deploy without a loss, a double, or an error, and their outcome leaves as ever', () =>
    onEach(async (lives) => {
      unregister(lives);
      const from = lives.simulator.submitted.length;
      const given = [await lives.post(), await lives.post(2)];
      await lives.nodeRed?.deploy(flowsTo(lives.simulator.url, { name: 'again' }));
      await lives.nodeRed?.deploy(flowsTo(lives.simulator.url, { name: 'and again' }), 'nodes');
      given.push(await lives.post());
      register(lives);
      const ids = given.map(({ id }) => id);
      await lives.settle(ids, PATIENCE_MS);
      should(numbersAt(lives.simulator).slice(from)).eql(numbersOf(given));
      const outcomes = lives.outcomes.filter(({ id }) => ids.includes(id));
      // That of two SMS may be decided after that of the next one.
      should(outcomes.map(({ id, restored }) => `${id} ${restored}`).sort()).eql(ids.map((id) => `${id} false`).sort());
      should(lives.nodeRed?.log()).not.match(/error i\d/);
    }));

  it('go to another gateway when the address is changed meanwhile, once', () =>
    onEach(async (lives) => {
      const other = await startSimulator({ speed: 'fast' });
      try {
        unregister(lives);
        const from = lives.simulator.submitted.length;
        const given = [await lives.post(), await lives.post(2)];
        await lives.nodeRed?.deploy(flowsTo(other.url));
        await lives.settle(
          given.map(({ id }) => id),
          PATIENCE_MS,
        );
        should(numbersAt(other)).eql(numbersOf(given));
        should(lives.simulator.submitted).have.length(from);
        should(lives.nodeRed?.log()).not.match(/error i\d/);
      } finally {
        await lives.nodeRed?.stop();
        await other.close();
      }
    }));
});
