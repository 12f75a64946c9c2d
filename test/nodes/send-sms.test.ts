import should from 'should';
import type { Outcome, Recipient } from '../../lib/messaging/sms/outcome/outcome';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, logged, nodeOf, statusesOf } from '../support/flow';
import { catchAll, catcher, completed, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';
import { freePort } from '../support/freePort';

const clock = new FlowClock();

interface Sent {
  payload: Outcome;
  gateway: object;
  [key: string]: unknown;
}

describe('send sms', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  let gateway: string;
  let send: string;
  let port: number;
  beforeEach(async () => {
    port = await freePort();
    simulator = await startSimulator({
      ...simulatorTime(clock),
      speed: 'fast',
      pushUrl: `http://127.0.0.1:${port}/dinstar/push`,
    });
    [gateway, send] = [freshId('gateway'), freshId('send')];
  });
  afterEach(() => simulator.close());

  const flowWith = (properties: object = {}, own: object = {}): FlowNode[] => [
    tab,
    { id: gateway, type: 'dinstar-gateway', url: simulator.url, name: 'farm', ...own },
    drawn('dinstar-send-sms', send, { gateway, wires: [['reached'], ['missed'], ['updates']], ...properties }),
    drawn('dinstar-push-receiver', 'receiver', { listen: port, gateway }),
    ...['reached', 'missed', 'updates'].map(catcher),
    ...catchAll('errors'),
    ...completed(send, 'completed'),
  ];
  const next = async (inbox: string): Promise<Sent> => (await inboxOf(inbox).first()) as unknown as Sent;
  const receive = (message: object): void => nodeOf(send).receive(message);
  const recipients = ({ payload }: Sent): string[] => payload.recipients.map(({ status }) => status);

  it('lets the outcome leave on the message when the SMS is on air', async () => {
    await load(flowWith());
    const leaving = next('reached');
    receive({ to: '+43 664 123', payload: 'Hello', keep: 'me' });
    const message = await leaving;
    should(message.keep).equal('me');
    should(message.gateway).eql({ id: gateway, name: 'farm', sn: simulator.sn });
    should(message.payload).match({ ok: true, until: 'sent', timed_out: false, total: 1, reached: 1, duplicates: 0 });
    should(message.payload.recipients[0]).match({ number: '+43664123', task_id: 1, count: 1, succ_count: 1 });
    should(message.payload.sms_in_queue).be.a.Number();
    should(simulator.submitted).have.length(1);
    should(simulator.submitted[0]).match({ number: '+43664123', text: 'Hello' });
  });

  it('tells every change of a status on the third output, on a clone with the number as topic', async () => {
    await load(flowWith({ until: 'delivered' }));
    const updates = inboxOf('updates');
    const leaving = next('reached');
    receive({ to: '123', payload: 'Hello', keep: 'me' });
    const outcome = await leaving;
    const told = updates.all as unknown as { topic: string; payload: Recipient; keep: string }[];
    should(told.map(({ payload }) => payload.status)).eql(
      outcome.payload.recipients[0]?.history.map((it) => it.status),
    );
    should(told.at(-1)).match({ topic: '123', keep: 'me', payload: { status: 'DELIVERED' } });
    should(told[0]).not.equal(outcome);
  });

  it('leaves by the second output when not everybody could be reached', async () => {
    await load(flowWith());
    const leaving = next('missed');
    receive({ to: ['123', '9990000001'], payload: 'Hello' });
    const message = await leaving;
    should(message.payload).match({ ok: false, total: 2, reached: 1, failed: 1, pending: 0 });
    should(recipients(message).sort()).containEql('FAILED');
  });

  it('ends its input when the outcome leaves', async () => {
    await load(flowWith());
    const ended = inboxOf('completed');
    const leaving = inboxOf('reached');
    receive({ to: '123', payload: 'Hello' });
    await leaving.first();
    await ended.first();
    should(ended.all).have.length(1);
  });

  it('gives recipients their own texts, and their other fields back', async () => {
    await load(flowWith());
    const leaving = next('reached');
    const to = ['Ann', 'Bob'].map((name, place) => ({ number: `12${place}`, text_param: [name], crm: place }));
    receive({ to, payload: 'Dear #param#' });
    should((await leaving).payload.recipients.map(({ crm }) => crm)).eql([0, 1]);
    should(simulator.submitted.map(({ text }) => text)).eql(['Dear Ann', 'Dear Bob']);
  });

  it('sends a number that occurs twice once', async () => {
    await load(flowWith());
    const leaving = next('reached');
    receive({ to: '123; 12-3, 124', payload: 'Hello' });
    should((await leaving).payload).match({ total: 2, duplicates: 1 });
    should(simulator.submitted).have.length(2);
  });

  const bad: [string, object, object, string, string][] = [
    ['no recipient', {}, { payload: 'x' }, 'to', 'To (msg.to): '],
    ['a number with letters', {}, { to: '12a', payload: 'x' }, 'to', 'To (msg.to): '],
    ['one bad number among good ones', {}, { to: ['123', 'x'], payload: 'x' }, 'to[1]', 'To (msg.to[1]): '],
    ['a text of more than 1500 bytes', {}, { to: '123', payload: 'x'.repeat(1501) }, 'text', 'Text (msg.payload): '],
    ['an object as text', {}, { to: '123', payload: { a: 1 } }, 'text', 'Text (msg.payload): '],
    ['port 32', { ports: '32' }, { to: '123', payload: 'x' }, 'ports', 'Ports: '],
    [
      'an unknown encoding',
      { encoding: 'enc', encodingType: 'msg' },
      { to: '123', payload: 'x', enc: 'utf8' },
      'encoding',
      'Encoding (msg.enc): ',
    ],
    ['bad JSON in a property', { to: '[1', toType: 'json' }, { payload: 'x' }, 'to', 'To: '],
    [
      'delivered without a report',
      { until: 'delivered', statusReport: 'false' },
      { to: '1', payload: 'x' },
      'statusReport',
      'Delivery report: ',
    ],
  ];
  for (const [what, properties, message, field, named] of bad) {
    it(`refuses ${what}, naming ${field}, before anything leaves`, async () => {
      await load(flowWith(properties));
      const errors = inboxOf('errors');
      const statuses = statusesOf(send);
      receive(message);
      const { error } = (await errors.first()) as { error: { code: string; message: string; cause: object } };
      should(error.code).equal('INVALID_INPUT');
      should(error.cause).eql({ retryable: false, field });
      should(error.message).startWith(named);
      should(simulator.requests).be.empty();
      should(await statuses.first()).match({ fill: 'red', shape: 'dot', text: 'common.status.invalid_input' });
    });
  }

  it('says NOT_CONFIGURED without a gateway, and for a gateway without an address', async () => {
    await load(flowWith({ gateway: '' }, { url: '' }));
    const errors = inboxOf('errors');
    receive({ to: '1', payload: 'x' });
    should(await errors.first()).match({ error: { code: 'NOT_CONFIGURED' } });
    await deploy(flowWith({}, { url: '' }));
    const more = inboxOf('errors');
    receive({ to: '1', payload: 'x' });
    should(await more.first()).match({ error: { code: 'NOT_CONFIGURED', cause: { field: 'url' } } });
  });

  it('lets the message choose the gateway by id, name, serial number or another node’s object', async () => {
    await load(flowWith({ gateway: '', gatewayFrom: 'msg' }));
    const reached = inboxOf('reached');
    const choices = [gateway, 'farm', { id: gateway }, { id: 'elsewhere', sn: simulator.sn }, simulator.sn];
    for (const [place, choice] of choices.entries()) {
      receive({ to: '1', payload: 'x', gateway: choice });
      await reached.count(place + 1);
    }
    should(simulator.submitted).have.length(5);
    const errors = inboxOf('errors');
    receive({ to: '1', payload: 'x', gateway: 'factory' });
    should(await errors.first()).match({ error: { code: 'NOT_CONFIGURED' } });
  });

  it('shows that it works, then what came of it', async () => {
    await load(flowWith());
    const statuses = statusesOf(send);
    const leaving = next('reached');
    receive({ to: '123', payload: 'Hello' });
    await leaving;
    should(await statuses.count(2)).eql([
      { fill: 'blue', shape: 'ring', text: 'common.status.working' },
      { fill: 'green', shape: 'dot', text: 'common.status.sent' },
    ]);
  });

  it('waits for an unreachable gateway without an error, and says so', async () => {
    await load(flowWith());
    simulator.fault({ fault: 'refuse', times: 1, ms: 500 });
    const statuses = statusesOf(send);
    const leaving = next('reached');
    receive({ to: '123', payload: 'Hello' });
    await statuses.first(({ text }) => text === 'common.status.unreachable');
    should((await leaving).payload.ok).be.true();
  });

  it('survives a deploy: the outcome leaves through the new object, on the original message', async () => {
    await load(flowWith());
    simulator.fault({ fault: 'slow', ms: 300, path: '/api/send_sms' });
    const message = { to: '123', payload: 'Hello', keep: 'me' };
    receive(message);
    await deploy(flowWith({ name: 'renamed' }, { name: 'renamed too' }));
    const left = await inboxOf('reached').first();
    should(left).match({ keep: 'me', payload: { ok: true, total: 1 } });
    should(simulator.submitted).have.length(1);
    should(inboxOf('errors').all).be.empty();
  });

  it('logs the outcome of an SMS whose node was deleted meanwhile', async () => {
    await load(flowWith());
    simulator.fault({ fault: 'slow', ms: 300, path: '/api/send_sms' });
    receive({ to: '123', payload: 'Hello' });
    await deploy(flowWith().filter(({ id }) => id !== send && id !== 'complete of completed'));
    await clock.until(() => logged().some((line) => /SMS to 123: /.test(line)), 60_000);
    should(logged().filter((line) => /SMS to 123: (SENT_OK|DELIVERED)/.test(line))).have.length(1);
    should(simulator.submitted).have.length(1);
  });
});
