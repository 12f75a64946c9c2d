import should from 'should';
import request from 'supertest';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { adminApp, deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, nodeOf } from '../support/flow';
import { catchAll, catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

const clock = new FlowClock();

describe('store', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  let gateway: string;
  beforeEach(async () => {
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast' });
    gateway = freshId('gateway');
  });
  afterEach(() => simulator.close());

  const flowWith = (store: object | undefined, properties: object = {}): FlowNode[] => [
    tab,
    ...(store ? [{ id: `store of ${gateway}`, type: 'dinstar-store', ...store }] : []),
    { id: gateway, type: 'dinstar-gateway', url: simulator.url, store: store ? `store of ${gateway}` : '' },
    drawn('dinstar-send-sms', 'send', { gateway, until: 'accepted', wires: [['reached'], ['missed']], ...properties }),
    ...['reached', 'missed'].map(catcher),
    ...catchAll('errors'),
  ];
  const receive = (message: object = {}): void => nodeOf('send').receive({ to: '123', payload: 'Hello', ...message });

  it('is the embedded one where none is chosen', async () => {
    await load(flowWith(undefined));
    const answer = await request(adminApp()).get('/dinstar/store').expect(200);
    should(answer.body.embedded).match(/^(node:sqlite|libsql)$/);
  });

  it('may be memory, and what waits there is finished after another one was chosen', async () => {
    for (const port of simulator.ports) port.unregister();
    await load(flowWith({ kind: 'memory' }));
    receive({ payload: 'kept in memory' });
    await clock.advance(100);
    await deploy(flowWith({ kind: 'file' }));
    receive({ payload: 'kept in the file', priority: 'low' });
    for (const port of simulator.ports) port.register();
    await deploy(flowWith({ kind: 'file' }, { name: 'again' }));
    const reached = inboxOf('reached');
    receive({ to: '88', payload: 'an alarm', priority: 'high' });
    await reached.count(3, 20_000);
    should(simulator.submitted.map(({ text }) => text).sort()).eql(['an alarm', 'kept in memory', 'kept in the file']);
  });

  it('refuses what is meant for PostgreSQL where no connection is given', async () => {
    await load(flowWith({ kind: 'postgres' }));
    const errors = inboxOf('errors');
    receive();
    const ofInput = (one: object): boolean => JSON.stringify(one).includes('"send"');
    should(await errors.first(ofInput)).match({ error: { code: 'INVALID_INPUT', cause: { field: 'connection' } } });
    should(simulator.submitted).be.empty();
  });

  it('lets one key be sent once: the second input gets the outcome of the first', async () => {
    await load(flowWith(undefined, { key: 'alarm', keyType: 'msg' }));
    const reached = inboxOf('reached');
    receive({ alarm: 'pump 3', n: 1 });
    receive({ alarm: 'pump 3', n: 2 });
    receive({ alarm: 'pump 4', n: 3 });
    const all = await reached.count(3);
    const second = all.find(({ n }) => n === 2);
    should(second?.payload).match({ ok: true, duplicate: true, total: 1 });
    should(simulator.submitted).have.length(2);
    receive({ alarm: 'pump 3', n: 4 });
    should((await reached.first(({ n }) => n === 4)).payload).match({ duplicate: true });
    should(simulator.submitted).have.length(2);
  });

  it('refuses a key that is no text', async () => {
    await load(flowWith(undefined, { key: 'alarm', keyType: 'msg' }));
    const errors = inboxOf('errors');
    receive({ alarm: {} });
    should(await errors.first()).match({ error: { code: 'INVALID_INPUT', cause: { field: 'key' } } });
  });
});
