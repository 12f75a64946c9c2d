import should from 'should';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, logged, nodeOf, statusesOf } from '../support/flow';
import { catchAll, catcher, completed, drawn, tab } from '../support/flow/drawn';
import { startWireServer, type WireServer } from '../support/wire-server';

type Message = Record<string, unknown>;
type Record_ = { port: number; start_date: string; answered: boolean };

const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);
const NOON = at('2026-07-12 12:00:00');

/** A simulated gateway, and a place in between that sees what it is asked for. */
class Farm {
  private constructor(
    readonly simulator: Simulator,
    readonly wire: WireServer,
  ) {}

  static async start(options: SimulatorOptions = {}): Promise<Farm> {
    const simulator = await startSimulator({ speed: 'fast', timezone: 'UTC', ...options });
    const wire = await startWireServer(async ({ method, url, body }) => {
      const answer = await fetch(simulator.url + url, { method, ...(body !== '' && { body }) });
      return { status: answer.status, text: await answer.text() };
    });
    return new Farm(simulator, wire);
  }

  get asked(): object[] {
    return this.wire.seen.map(({ body }) => JSON.parse(body) as object);
  }

  async close(): Promise<void> {
    await this.wire.close();
    await this.simulator.close();
  }
}

describe('cdr', () => {
  inNodeRed();
  let farm: Farm;
  let gateway: string;
  let id: string;
  const start = async (options: SimulatorOptions = {}): Promise<void> => {
    await farm?.close();
    farm = await Farm.start(options);
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
    ...completed(id, 'completed'),
  ];
  const ask = async (message: object = {}): Promise<Message & { payload: Record_[] }> => {
    const records = inboxOf('records');
    nodeOf(id).receive(message);
    return (await records.first()) as Message & { payload: Record_[] };
  };
  const portsOf = ({ payload }: { payload: Record_[] }): number[] => payload.map(({ port }) => port);

  for (const untidy of [false, true]) {
    it(`answers with the records, on the message, on ${untidy ? 'an untidy' : 'a tidy'} wire`, async () => {
      await start({ untidy });
      farm.simulator.addCall({ port: 0, start: NOON, answer: NOON + 5000, ip: '10.0.0.1', direction: 'ip->gsm' });
      farm.simulator.addCall({ port: 3, start: NOON + 1000, direction: 'gsm->ip', gsm_code: 31 });
      await load(flowWith());
      const message = await ask({ keep: 'me' });
      should(message).match({ keep: 'me', gateway: { id: gateway, name: 'farm', sn: farm.simulator.sn } });
      should(message.payload).match([
        {
          ...{ port: 0, start_date: '2026-07-12 12:00:00', start_date_iso: '2026-07-12T12:00:00.000Z', answered: true },
          ...{ answer_date_iso: '2026-07-12T12:00:05.000Z', direction: 'ip->gsm', ip: '10.0.0.1', gsm_code: 16 },
        },
        { port: 3, answer_date: '', answered: false, gsm_code: 31, direction: 'gsm->ip' },
      ]);
      should(message.payload[1]).not.have.property('answer_date_iso');
    });
  }

  it('asks for ports and times as the gateway writes them', async () => {
    const hours = [0, 1, 2, 3];
    for (const hour of hours) farm.simulator.addCall({ port: hour, start: NOON + hour * HOUR });
    const times = { timeAfter: 'after', timeAfterType: 'msg', timeBefore: 'before', timeBeforeType: 'msg' };
    await load(flowWith({ ports: 'ports', portsType: 'msg', ...times }, { timezone: 'UTC' }));
    should(portsOf(await ask({ ports: '0,2-3' }))).eql([0, 2, 3]);
    should(portsOf(await ask({ after: '2026-07-12 12:30:00', before: new Date(NOON + 2.5 * HOUR) }))).eql([1, 2]);
    should(portsOf(await ask({ after: NOON + 1.5 * HOUR, before: '2026-07-12T14:30:00Z' }))).eql([2]);
    should(farm.asked[0]).eql({ port: [0, 2, 3] });
    should(farm.asked.at(-1)).containEql({ time_before: '2026-07-12 14:30:00' });
  });

  it('asks by the gateway’s own clock where that is in another zone', async () => {
    await load(flowWith({ timeAfter: '2026-07-12T12:00:00Z' }, { timezone: 'Asia/Tokyo' }));
    await ask();
    should(farm.asked).eql([{ time_after: '2026-07-12 21:00:00' }]);
  });

  it('asks without ports, and chooses itself, where the gateway refuses them', async () => {
    await start({ refusesCdrPort: true });
    for (const port of [0, 1, 2]) farm.simulator.addCall({ port, start: NOON + port });
    await load(flowWith({ ports: '0,2' }));
    should(portsOf(await ask())).eql([0, 2]);
    should(farm.asked[0]).eql({ port: [0, 2] });
    should(portsOf(await ask())).eql([0, 2]);
    // It is asked with ports once.
    should(farm.asked.filter((one) => 'port' in one)).have.length(1);
  });

  it('is refused where the gateway refuses it without ports, too', async () => {
    await load(flowWith({ ports: '0' }));
    const errors = inboxOf('errors');
    farm.simulator.fault({ fault: 'badRequest400' });
    nodeOf(id).receive({});
    should(await errors.first()).match({ error: { code: 'BAD_REQUEST', cause: { error_code: 400 } } });
  });

  it('answers with all records where the gateway cuts its lists', async () => {
    await start({ capAllReplies: true });
    for (let call = 0; call < 150; call++) {
      farm.simulator.addCall({ port: call % 8, start: NOON + Math.floor(call / 3) * 1000 });
    }
    farm.simulator.addCall({ port: 1, start: NOON - 1000 });
    await load(flowWith());
    const { payload } = await ask();
    should(payload).have.length(151);
    should(payload[0]).match({ port: 1, start_date: '2026-07-12 11:59:59' });
  });

  it('sends a message a record where that is wanted, and none without records', async () => {
    for (const port of [1, 2]) farm.simulator.addCall({ port, start: NOON + port * 1000 });
    await load(flowWith({ output: 'each', ports: 'ports', portsType: 'msg' }));
    const records = inboxOf('records');
    const ended = inboxOf('completed');
    nodeOf(id).receive({ topic: 'mine' });
    const [first, second] = await records.count(2);
    should(first).match({ topic: 'mine', parts: { count: 2, index: 0 }, payload: { port: 1 } });
    should(second).match({ topic: 'mine', parts: { count: 2, index: 1 }, payload: { port: 2 } });
    nodeOf(id).receive({ ports: 7 });
    await ended.count(2);
    should(records.all).have.length(2);
  });

  const bad: [string, object, string][] = [
    ['port 32', { ports: '32' }, 'ports'],
    ['a time that is none', { timeAfter: 'soon' }, 'timeAfter'],
    ['another', { timeBefore: '{}', timeBeforeType: 'json' }, 'timeBefore'],
    [
      'an end before the beginning',
      { timeAfter: '2026-07-12 12:00:00', timeBefore: '2026-07-12 11:00:00' },
      'timeBefore',
    ],
  ];
  for (const [what, properties, field] of bad) {
    it(`refuses ${what}, naming ${field}, before anything leaves`, async () => {
      await load(flowWith(properties));
      const errors = inboxOf('errors');
      nodeOf(id).receive({});
      should(await errors.first()).match({ error: { code: 'INVALID_INPUT', cause: { field, retryable: false } } });
      should(farm.asked).be.empty();
    });
  }

  describe('of new ones', () => {
    const NEW = { mode: 'new', interval: 0.1 };
    /** Waits until it has asked once more from now on: the second answer from now on is to a question that came after. */
    const polled = async (): Promise<void> => {
      await statusesOf(id).count(2);
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
    }).timeout(20_000);

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
      await new Promise((resolve) => setTimeout(resolve, 300));
      await fetch(`${url}/simulator/call`, { method: 'POST', body: JSON.stringify({ port: 4 }) });
      should(await records.first(undefined, 2000)).match({ topic: 'cdr', payload: { port: 4 } });
      await deploy(flowWith({ ...NEW, output: 'each' }, { url: `simulator:${gateway}` }));
      const later = inboxOf('records');
      await fetch(`${url}/simulator/call`, { method: 'POST', body: JSON.stringify({ port: 5 }) });
      await later.count(1);
      await new Promise((resolve) => setTimeout(resolve, 500));
      should(later.all.map(({ payload }) => (payload as Record_).port)).eql([5]);
    });

    const simulatedUrl = async (): Promise<string> => {
      for (;;) {
        const line = logged().find((text) => text.startsWith(`simulated gateway ${gateway}`));
        if (line !== undefined) return String(line.split(': ')[1]).replace(/\/$/, '');
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
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
          [...flowWith(), drawn('dinstar-cdr', 'watch', { gateway, ...NEW, ...properties, wires: [['records']] })],
          'nodes',
        );
        should(await errors.first()).match({ error: { code }, topic: 'cdr' });
        should(farm.asked).be.empty();
      });
    }
  });
});
