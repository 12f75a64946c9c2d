import should from 'should';
import { type Simulator, startSimulator } from '../../simulator';
import { seededRandom } from '../support/FakeClock';
import { type FlowNode, freshId, inboxOf, inNodeRed, load, nodeOf } from '../support/flow';
import { catchAll, catcher, drawn, tab } from '../support/flow/drawn';
import { freePort } from '../support/freePort';

const DIALOGUES = 200;
const PORTS = 8;
/** One dialogue of each port gets its reply too late. */
const isLate = (n: number): boolean => n % 25 === 3;
const codeOf = (n: number): string => (isLate(n) ? `*151*${n}#` : n % 5 === 0 ? `*152*${n}#` : `*150*${n}#`);
const portOf = (n: number): number => Math.floor(n / (DIALOGUES / PORTS));

interface Asked {
  n: number;
  gateway: { id: string };
  payload: { port: number; text: string; replies: { sent: string; text: string }[] };
}

describe('200 USSD dialogues over 8 ports, over a tidy and an untidy wire at once', function () {
  this.timeout(10 * 60_000);
  inNodeRed();
  const simulators: Simulator[] = [];

  afterEach(async () => {
    await Promise.all(simulators.splice(0).map((simulator) => simulator.close()));
  });

  /** A gateway whose pushes are lost, doubled and late, with two nodes: one that waits, one that soon gives up. */
  async function farm(untidy: boolean, pushPort: number): Promise<{ id: string; nodes: FlowNode[] }> {
    const random = seededRandom(untidy ? 2 : 1);
    const sn = `da00-0000-0000-000${untidy ? 2 : 1}`;
    const simulator = await startSimulator({ speed: 'fast', untidy, sn, ports: PORTS, random });
    simulators.push(simulator);
    simulator.setPushUrl(`http://127.0.0.1:${pushPort}/dinstar/push`);
    simulator.setPushFaults(untidy ? { lose: 0.15, double: 0.2, reorder: 0.2 } : { double: 0.3 });
    const id = freshId('gateway');
    const ussd = (name: string, wait: number): FlowNode =>
      drawn('dinstar-ussd', `${name} of ${id}`, { gateway: id, wait, wires: [['answers'], ['others']] });
    const gateway = { id, type: 'dinstar-gateway', url: simulator.url, sn };
    return { id, nodes: [gateway, ussd('patient', 20), ussd('hasty', 0.2)] };
  }

  it('have each its own reply, in spite of late, doubled and unsolicited texts', async () => {
    const pushPort = await freePort();
    const farms = [await farm(false, pushPort), await farm(true, pushPort)];
    const receiver = drawn('dinstar-push-receiver', 'push', { listen: pushPort, allow: '127.0.0.1' });
    const rest = [tab, receiver, catcher('answers'), catcher('others'), ...catchAll('errors')];
    await load([...rest, ...farms.flatMap(({ nodes }) => nodes)]);
    const answers = inboxOf('answers');
    const errors = inboxOf('errors');
    const others = inboxOf('others');

    // What the network says while a dialogue waits for what comes too late, and once that was given up.
    nodeOf('errors').on('input', ({ n }: { n: number }) => {
      for (const simulator of simulators) simulator.unsolicitedUssd(portOf(n), `News after ${n}`);
    });
    for (let n = 0; n < DIALOGUES; n++) {
      for (const { id } of farms) {
        const node = nodeOf(`${isLate(n) ? 'hasty' : 'patient'} of ${id}`);
        node.receive({ payload: codeOf(n), port: portOf(n), n });
      }
    }
    const late = Array.from({ length: DIALOGUES }, (_, n) => n).filter(isLate);
    const failed = await errors.count(2 * late.length, 240_000);
    const answered = (await answers.count(2 * (DIALOGUES - late.length), 240_000)) as unknown as Asked[];

    should(failed.filter(({ error }) => (error as { code: string }).code !== 'TIMEOUT')).eql([]);
    const crossed = answered.filter(({ n, payload: { port, text, replies } }) => {
      const own = new RegExp(`^Answer ${n}(, once more)?\\.$`);
      return port !== portOf(n) || !own.test(text) || replies.length !== 1;
    });
    should(crossed.map(({ n, gateway: { id }, payload: { port, text } }) => `${n} ${id} ${port}: ${text}`)).eql([]);
    for (const { id } of farms) {
      const of = answered.filter(({ gateway }) => gateway.id === id).map(({ n }) => n);
      should(new Set(of).size).equal(DIALOGUES - late.length);
    }
    const texts = others.all.map(({ payload }) => (payload as { text: string }).text);
    for (const what of [/^Late answer/, /^News after/]) should(texts.some((text) => what.test(text))).be.true();
  });
});
