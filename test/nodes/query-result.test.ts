import should from 'should';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, type SubmittedSms, startSimulator } from '../../simulator';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, nodeOf } from '../support/flow';
import { apiSms } from '../support/flow/apiSms';
import { catchAll, catcher, completed, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

const clock = new FlowClock();

describe('query result', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  let gateway: string;
  beforeEach(async () => {
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast', timezone: 'UTC' });
    gateway = freshId('gateway');
  });
  afterEach(() => simulator.close());

  const flowWith = (properties: object = {}, own: object = {}): FlowNode[] => [
    tab,
    { id: gateway, type: 'dinstar-gateway', url: simulator.url, name: 'farm', timezone: 'UTC', ...own },
    drawn('dinstar-query-result', 'query', { gateway, wires: [['answers']], ...properties }),
    catcher('answers'),
    ...catchAll('errors'),
    ...completed('query', 'completed'),
  ];
  const ask = async (message: object): Promise<Record<string, unknown>> => {
    const answers = inboxOf('answers');
    nodeOf('query').receive(message);
    return answers.first();
  };
  const sent = (...[param, isThere]: [param: object, isThere?: (sms: SubmittedSms) => boolean]): Promise<void> =>
    clock.during(apiSms(simulator, param, isThere));

  it('answers with results, on the message', async () => {
    await sent({ number: '123', user_id: 5 });
    await load(flowWith());
    const message = await ask({ payload: { user_id: 5 }, keep: 'me' });
    should(message).match({ keep: 'me', gateway: { id: gateway, name: 'farm', sn: simulator.sn } });
    should(message.payload).match([{ number: '123', user_id: 5, count: 1, time_iso: /Z$/ }]);
  });

  it('answers with delivery reports and says in a word what their code means', async () => {
    await sent({ number: '123', user_id: 5 }, ({ state }) => state === 'DELIVERED');
    await load(flowWith({ query: 'delivery' }));
    const message = await ask({ payload: { number: '123' } });
    should(message.payload).match([{ number: '123', status_code: 0, outcome: 'delivered' }]);
  });

  it('answers how many SMS wait, and what the device says of itself', async () => {
    await load(flowWith({ query: 'queue' }));
    should((await ask({ payload: 1732 })).payload).eql({ in_queue: 0 });
  });

  it('answers with the device’s own state', async () => {
    await load(flowWith({ query: 'status' }));
    should((await ask({})).payload)
      .be.an.Object()
      .with.property('error_code', 200);
  });

  it('makes several requests of more than 32 numbers, and one answer of theirs', async () => {
    await load(flowWith());
    const number = Array.from({ length: 70 }, (_, place) => String(1000 + place));
    for (const one of [number[0], number[69]]) await sent({ number: one ?? '', user_id: 1 });
    const message = await ask({ payload: { number } });
    should(simulator.requests.filter(({ path }) => path === '/api/query_sms_result')).have.length(3);
    should((message.payload as { number: string }[]).map((record) => record.number)).eql([number[0], number[69]]);
  });

  it('sends a message a record where that is wanted, and none without records', async () => {
    for (const user_id of [1, 2]) await sent({ number: '123', user_id });
    await load(flowWith({ output: 'each' }));
    const answers = inboxOf('answers');
    const ended = inboxOf('completed');
    nodeOf('query').receive({ payload: { number: '123' }, topic: 'mine' });
    const [first, second] = await answers.count(2);
    should(first).match({ topic: 'mine', parts: { count: 2, index: 0 }, payload: { number: '123' } });
    should(second).match({ topic: 'mine', parts: { count: 2, index: 1 } });
    await ended.count(1);
    nodeOf('query').receive({ payload: { number: '999' } });
    await ended.count(2);
    should(answers.all).have.length(2);
  });

  const bad: [string, unknown, string][] = [
    ['a number with letters', { number: ['1', 'x'] }, 'filter.number[1]'],
    ['port 32', { port: 32 }, 'filter.port'],
    ['a time that is none', { time_after: 'soon' }, 'filter.time_after'],
    ['a user_id below 0', { user_id: -1 }, 'filter.user_id[0]'],
    ['something that is no filter', 17, 'filter'],
    ['a mistyped field', { nmber: '+999123' }, 'filter'],
  ];
  for (const [what, payload, field] of bad) {
    it(`refuses ${what}, naming ${field}, before anything leaves`, async () => {
      await load(flowWith());
      const errors = inboxOf('errors');
      nodeOf('query').receive({ payload });
      should(await errors.first()).match({ error: { code: 'INVALID_INPUT', cause: { field, retryable: false } } });
      should(simulator.requests).be.empty();
    });
  }

  it('ends with the error of the contract when the gateway can’t answer', async () => {
    await load(flowWith({}, { timeout: 0.3 }));
    const errors = inboxOf('errors');
    const failWith = async (fault: 'hang' | 'html' | 'http404', code: string): Promise<void> => {
      simulator.clearFaults();
      simulator.fault({ fault });
      const before = errors.all.length;
      nodeOf('query').receive({ payload: {} });
      should((await errors.count(before + 1)).at(-1)).match({ error: { code, cause: { retryable: true } } });
    };
    await failWith('hang', 'TIMEOUT');
    await failWith('html', 'BAD_REPLY');
    await failWith('http404', 'BAD_REPLY');
  });

  it('is STOPPED when it is removed while it asks', async () => {
    await load(flowWith());
    simulator.fault({ fault: 'hang' });
    const node = nodeOf('query');
    const failed = new Promise<{ code: string }>((resolve) => {
      node.on('call:error', (call: { firstArg: { code: string } }) => resolve(call.firstArg));
    });
    node.receive({ payload: {} });
    await clock.until(() => simulator.requests.length > 0);
    await deploy(flowWith().filter(({ id }) => id !== 'query'));
    should((await clock.during(failed)).code).equal('STOPPED');
  });
});
