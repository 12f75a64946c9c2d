import should from 'should';
import { type Simulator, startSimulator } from '../../simulator';
import { type FlowNode, type NodeRedVersion, type RunningNodeRed, startNodeRed, versions } from '../support/node-red';
import { describePostgres, sharedPostgres } from '../support/postgres';

const PEOPLE = Array.from({ length: 10 }, (_, place) => `+49170000000${place}`);
const LOOPED = '+491799999999';
const ALERTS = 30;
const COLLECT_S = 12;
const PATIENCE_MS = 60_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const node = (id: string, type: string, own: object): FlowNode => ({ id, type, z: 'tab', x: 1, y: 1, ...own });
const logged = (id: string, what: string, code: string): FlowNode =>
  node(id, 'function', { func: `node.log("${what} " + ${code});`, outputs: 0 });
/** A process that was killed waits for its own former lease. */
const STORE = { id: 'store', type: 'dinstar-store', name: '', kind: 'postgres', lease: 10 };
const flows = (url: string, store: readonly FlowNode[]): FlowNode[] => [
  ...store,
  { id: 'tab', type: 'tab', label: 'storm' },
  { id: 'gateway', type: 'dinstar-gateway', name: 'farm', url, maxPerRecipient: 3, store: store[0]?.id ?? '' },
  node('in', 'http in', { url: '/:way', method: 'post', wires: [['answer', 'which']] }),
  node('answer', 'http response', { statusCode: '202' }),
  node('which', 'function', {
    func: 'const { to, payload } = msg.payload; const out = { to, payload };\nreturn msg.req.params.way === "alert" ? [out, null] : [null, out];',
    outputs: 2,
    wires: [['collecting'], ['plain']],
  }),
  node('collecting', 'dinstar-send-sms', {
    ...{ gateway: 'gateway', collect: String(COLLECT_S), collectType: 'num', until: 'sent', wait: '0' },
    wires: [['ended'], ['ended'], ['kept']],
  }),
  node('plain', 'dinstar-send-sms', { gateway: 'gateway', wait: '0', wires: [[], [], ['guarded']] }),
  logged('kept', 'kept', 'msg.payload.user_id'),
  logged('guarded', 'guarded', 'msg.payload.number + " " + ((msg.payload.held || {}).by || msg.payload.status)'),
  logged('ended', 'ended', '[...new Set(msg.payload.recipients.map((one) => one.collected || 1))].join()'),
];

/** @param getDatabase where its SMS are; absent = in its file */
function storm(version: NodeRedVersion, where: string, getDatabase?: () => Promise<string>): void {
  describe(`a storm of alerts in a real Node-RED ${version} that is killed twice, its SMS ${where}`, function () {
    this.timeout(300_000);
    let simulator: Simulator;
    let nodeRed: RunningNodeRed;
    before(async () => {
      simulator = await startSimulator({ speed: 'fast' });
      const kept = getDatabase
        ? {
            flows: flows(simulator.url, [STORE]),
            credentials: { store: { connection: await getDatabase() } },
          }
        : { flows: flows(simulator.url, []) };
      nodeRed = await startNodeRed({ version, install: 'link', ...kept });
    });
    after(async () => {
      await nodeRed?.stop();
      await simulator.close();
    });

    const post = (way: 'alert' | 'answer', to: unknown, payload: string): Promise<Response> =>
      fetch(`${nodeRed.url}/${way}`, {
        ...{ method: 'POST', headers: { 'Content-Type': 'application/json' } },
        body: JSON.stringify({ to, payload }),
      });
    const until = async (what: string, holds: () => boolean): Promise<void> => {
      const end = Date.now() + PATIENCE_MS;
      while (!holds()) {
        if (Date.now() > end) throw new Error(`${what}: waited in vain\n${nodeRed.log().slice(-3000)}`);
        await pause(20);
      }
    };
    const toldOf = (what: string): string[] =>
      [...nodeRed.log().matchAll(new RegExp(`\\] ${what} (.*)$`, 'gm'))].map(([, rest = '']) => rest);
    const killed = async (): Promise<void> => {
      await nodeRed.kill('SIGKILL');
      nodeRed = await startNodeRed({ version, install: 'link', userDir: nodeRed.userDir });
    };
    const textsTo = (number: string): string[] =>
      simulator.submitted.filter((sms) => sms.number === number).map(({ text }) => text);
    /** How many alerts one text stands for. */
    const alertsIn = (text: string): number => 1 + Number(/and (\d+) more$/.exec(text)?.[1] ?? 0);

    it('tells each person of all alerts, each counted once, in few SMS', async () => {
      for (let place = 1; place <= ALERTS; place++) await post('alert', PEOPLE, `Alarm ${place}`);
      await until('all are kept', () => new Set(toldOf('kept')).size >= PEOPLE.length * ALERTS);
      await killed();
      // The second time in the middle of what is joined and leaves.
      await until('the first joint SMS leaves', () => simulator.submitted.length > PEOPLE.length);
      await killed();
      const totals = (): number[] => PEOPLE.map((one) => textsTo(one).reduce((sum, text) => sum + alertsIn(text), 0));
      await until('all have left', () => totals().every((total) => total >= ALERTS));
      await pause(3000);
      should(totals()).eql(PEOPLE.map(() => ALERTS));
      for (const one of PEOPLE) {
        should(textsTo(one).length).be.within(2, 3);
        should(new Set(textsTo(one)).size).equal(textsTo(one).length);
      }
    });

    it('lets no more leave to one recipient than the limit says, over kills', async () => {
      const held = (): number => toldOf('guarded').filter((line) => line === `${LOOPED} loop-guard`).length;
      for (let place = 1; place <= 6; place++) await post('answer', [LOOPED], `I am away ${place}`);
      await until('the others are held', () => textsTo(LOOPED).length === 3 && held() === 3);
      await killed();
      for (let place = 7; place <= 9; place++) await post('answer', [LOOPED], `I am away ${place}`);
      await until('those are held, too', () => held() >= 3);
      await pause(2000);
      should(textsTo(LOOPED)).eql(['I am away 1', 'I am away 2', 'I am away 3']);
    });
  });
}

for (const version of versions) storm(version, 'in a file');
describePostgres(() => storm(4, 'in PostgreSQL', async () => (await sharedPostgres()).url()));
