import should from 'should';
import type { SimulatorOptions } from '../../simulator';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, logged, statusesOf } from '../support/flow';
import { catchAll, catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';
import { SeenGateway } from '../support/SeenGateway';

const clock = new FlowClock();

type Record_ = { port: number; start_date: string; answered: boolean };

const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);
const NOON = at('2026-07-12 12:00:00');

describe('cdr, of new ones,', () => {
  inNodeRed(clock);
  let farm: SeenGateway;
  let gateway: string;
  let id: string;
  const start = async (options: SimulatorOptions = {}): Promise<void> => {
    await farm?.close();
    farm = await SeenGateway.start(options);
  };
  beforeEach(async () => {
    gateway = freshId('gateway');
    id = freshId('cdr');
    await start();
  });
  afterEach(() => farm.close());

  const flowWith = (properties: object = {}, own: object = {}): FlowNode[] => [
    tab,
    { id: gateway, type: 'dinstar-gateway', url: farm.wire.url, name: 'farm', timezone: 'UTC', ...own },
    drawn('dinstar-cdr', id, { gateway, wires: [['records']], ...properties }),
    catcher('records'),
    ...catchAll('errors'),
  ];
  const NEW = { mode: 'new', interval: 0.1 };
  /** Waits until it has asked once more from now on, and has the answer: it asks again only then. */
  const polled = async (): Promise<void> => {
    const { seen } = farm.wire;
    const count = (): number => seen.filter(({ url }) => url.includes('cdr')).length;
    const asked = count();
    should(await clock.until(() => count() > asked + 2)).be.true();
  };
  const begin = async (properties: object = {}, own: object = {}) => {
    await load(flowWith({ ...NEW, output: 'each', ...properties }, own));
    const records = inboxOf('records');
    await polled();
    return records;
  };

  for (const untidy of [false, true]) {
    it(`begins with new ones, and emits each once, on ${untidy ? 'an untidy' : 'a tidy'} wire`, async () => {
      await start({ untidy });
      farm.simulator.addCall({ port: 0, start: NOON });
      const records = await begin();
      farm.simulator.addCall({ port: 1, start: NOON + 1000 });
      should(await records.first()).match({
        ...{ topic: 'cdr', gateway: { id: gateway, name: 'farm' } },
        payload: { port: 1, start_date_iso: '2026-07-12T12:00:01.000Z', answered: false },
      });
      await polled();
      should(records.all).have.length(1);
    });
  }

  it('emits those that come together as one array, the oldest first', async () => {
    const records = await begin({ output: 'array', interval: 0.5 });
    for (const second of [3, 1, 2]) farm.simulator.addCall({ port: second, start: NOON + second * 1000 });
    const { payload } = (await records.first()) as { payload: Record_[] };
    should(payload.map(({ port }) => port)).eql([1, 2, 3]);
    await polled();
    should(records.all).have.length(1);
  });

  it('emits those that share their second, that are quite the same, and that come late', async () => {
    const records = await begin();
    farm.simulator.addCall({ port: 1, start: NOON });
    await records.count(1);
    farm.simulator.addCall({ port: 2, start: NOON });
    farm.simulator.addCall({ port: 1, start: NOON });
    await records.count(3);
    farm.simulator.addCall({ port: 3, start: NOON - 23 * HOUR });
    await records.count(4);
    await polled();
    should(records.all.map(({ payload }) => (payload as Record_).port)).eql([1, 2, 1, 3]);
  });

  it('loses and doubles nothing when the gateway’s clock jumps', async () => {
    farm.simulator.addCall({ port: 0, start: NOON });
    const records = await begin();
    const jumps = ['2035-01-01 00:00:00', '2026-07-12 12:00:01', '2000-01-01 00:00:07', '2026-07-12 12:00:00'];
    for (const [count, jump] of jumps.entries()) {
      farm.simulator.addCall({ port: 1, start: at(jump) });
      await records.count(count + 1);
    }
    await polled();
    should(records.all.map(({ payload }) => (payload as Record_).start_date)).eql(jumps);
  });

  it('finds all where the gateway cuts its lists', async () => {
    await start({ capAllReplies: true });
    for (let call = 0; call < 60; call++) farm.simulator.addCall({ port: 0, start: NOON + call * 1000 });
    const records = await begin();
    for (let call = 0; call < 60; call++) farm.simulator.addCall({ port: 1, start: NOON + (30 + call) * 1000 });
    await records.count(60, 8000);
    await polled();
    should(records.all).have.length(60);
    should(records.all.every(({ payload }) => (payload as Record_).port === 1)).be.true();
  });

  it('keeps to its ports', async () => {
    const records = await begin({ ports: '1-2' });
    for (const port of [0, 1, 2, 3]) farm.simulator.addCall({ port, start: NOON + port * 1000 });
    await records.count(2);
    await polled();
    should(records.all.map(({ payload }) => (payload as Record_).port)).eql([1, 2]);
  });

  it('goes on after a deploy and after a restart where it was, with what came meanwhile', async () => {
    let records = await begin();
    farm.simulator.addCall({ port: 1, start: NOON });
    await records.count(1);
    await deploy(flowWith({ ...NEW, output: 'each', name: 'renamed' }));
    records = inboxOf('records');
    farm.simulator.addCall({ port: 2, start: NOON });
    await records.count(1);
    await polled();
    await deploy([tab]);
    farm.simulator.addCall({ port: 3, start: NOON - 2 * HOUR });
    farm.simulator.addCall({ port: 2, start: NOON });
    await deploy(flowWith({ ...NEW, output: 'each' }));
    const again = inboxOf('records');
    await again.count(2);
    await polled();
    should(records.all.map(({ payload }) => (payload as Record_).port)).eql([2]);
    should(again.all.map(({ payload }) => (payload as Record_).port)).eql([3, 2]);
  });

  it('emits a pushed one at once, and not again when it finds it in the list', async () => {
    await load(flowWith({ ...NEW, interval: 60, output: 'each' }, { url: `simulator:${gateway}` }));
    const url = await simulatedUrl();
    const records = inboxOf('records');
    await clock.advance(1000);
    await call(url, 4);
    should(await records.first(undefined, 10_000)).match({ topic: 'cdr', payload: { port: 4 } });
    await deploy(flowWith({ ...NEW, output: 'each' }, { url: `simulator:${gateway}` }));
    const later = inboxOf('records');
    await call(url, 5);
    await later.count(1);
    await clock.advance(10_000);
    should(later.all.map(({ payload }) => (payload as Record_).port)).eql([5]);
  });

  const call = (url: string, port: number): Promise<unknown> => {
    const headers = { 'Content-Type': 'application/json' };
    return fetch(`${url}/simulator/call`, { method: 'POST', headers, body: JSON.stringify({ port }) });
  };

  const simulatedUrl = async (): Promise<string> => {
    const line = (): string | undefined => logged().find((text) => text.startsWith(`simulated gateway ${gateway}`));
    await clock.until(() => line() !== undefined);
    return String(line()?.split(': ')[1]).replace(/\/$/, '');
  };

  it('says an outage once, and goes on by itself', async () => {
    const records = await begin();
    const errors = inboxOf('errors');
    const statuses = statusesOf(id);
    farm.simulator.fault({ fault: 'html' });
    should(await errors.first()).match({ error: { code: 'BAD_REPLY' }, topic: 'cdr', gateway: { name: 'farm' } });
    await polled();
    should(statuses.all.at(-1)).eql({ fill: 'red', shape: 'ring', text: 'common.status.bad_reply' });
    farm.simulator.addCall({ port: 1, start: NOON });
    farm.simulator.clearFaults();
    await records.first();
    await polled();
    should(errors.all).have.length(1);
    should(statuses.all.at(-1)).eql({ fill: 'green', shape: 'dot', text: 'common.status.ok' });
  });

  for (const [what, properties, code] of [
    ['it has no gateway', { gateway: '' }, 'NOT_CONFIGURED'],
    ['its ports are none', { ports: '99' }, 'INVALID_INPUT'],
  ] as const) {
    it(`says that ${what}, and asks nothing`, async () => {
      await load(flowWith());
      const errors = inboxOf('errors');
      await deploy(
        [
          ...flowWith(),
          drawn('dinstar-cdr', freshId('watch'), { gateway, ...NEW, ...properties, wires: [['records']] }),
        ],
        'nodes',
      );
      const { error, topic } = await errors.first();
      // Not the message itself: where it differs, should would print all that hangs on its cause.
      should([(error as { code?: unknown }).code, topic]).eql([code, 'cdr']);
      should(farm.asked.length).equal(0);
    });
  }
});
