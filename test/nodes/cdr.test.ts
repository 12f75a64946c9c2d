import should from 'should';
import type { SimulatorOptions } from '../../simulator';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, nodeOf } from '../support/flow';
import { catchAll, catcher, completed, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';
import { SeenGateway } from '../support/SeenGateway';

const clock = new FlowClock();

type Message = Record<string, unknown>;
type Record_ = { port: number; start_date: string; answered: boolean };

const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);
const NOON = at('2026-07-12 12:00:00');

describe('cdr', () => {
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

  it('asks for the last so many hours before the question', async () => {
    const now = clock.now();
    farm.simulator.addCall({ port: 0, start: now - 25 * HOUR });
    farm.simulator.addCall({ port: 1, start: now - 23 * HOUR });
    await load(flowWith({ timeAfter: '24', timeAfterType: 'hours' }));
    should(portsOf(await ask())).eql([1]);
  });

  it('refuses no hours and hours that are none, naming the field', async () => {
    for (const [place, timeAfter] of ['', '0', '-1', 'x', '1e9'].entries()) {
      const flow = flowWith({ timeAfter, timeAfterType: 'hours' });
      await (place === 0 ? load(flow) : deploy(flow));
      const errors = inboxOf('errors');
      nodeOf(id).receive({});
      should(await errors.first()).match({ error: { code: 'INVALID_INPUT', cause: { field: 'timeAfter' } } });
    }
  });

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

  it('finds all of a port where the gateway refuses ports and cuts its lists', async () => {
    await start({ refusesCdrPort: true, capAllReplies: true });
    for (let call = 0; call < 100; call++) {
      farm.simulator.addCall({ port: call % 50 === 49 ? 3 : 0, start: NOON + call * 1000 });
    }
    await load(flowWith({ ports: '3' }));
    should(portsOf(await ask())).eql([3, 3]);
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
});
