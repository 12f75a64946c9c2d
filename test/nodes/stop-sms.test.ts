import should from 'should';
import type { Outcome, Recipient } from '../../lib/messaging/sms/outcome/outcome';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, nodeOf, statusesOf } from '../support/flow';
import { apiSms } from '../support/flow/apiSms';
import { catchAll, catcher, completed, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

const clock = new FlowClock();

describe('stop sms', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  let gateway: string;
  let send: string;
  beforeEach(async () => {
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast', ports: 2 });
    for (const port of simulator.ports) port.stuck = true;
    [gateway, send] = [freshId('gateway'), freshId('send')];
  });
  afterEach(() => simulator.close());

  const flowWith = (properties: object = {}, own: object = {}): FlowNode[] => [
    tab,
    { id: gateway, type: 'dinstar-gateway', url: simulator.url, name: 'farm', ...own },
    drawn('dinstar-send-sms', send, { gateway, wait: '0.3', wires: [['missed'], ['missed'], ['updates']] }),
    drawn('dinstar-stop-sms', 'stop', { gateway, wires: [['stopped']], ...properties }),
    ...['missed', 'updates', 'stopped'].map(catcher),
    ...catchAll('errors'),
    ...completed('stop', 'completed'),
  ];
  const receive = (message: object): void => nodeOf('stop').receive(message);
  const stop = async (message: object): Promise<Record<string, unknown>> => {
    const stopped = inboxOf('stopped');
    receive(message);
    return stopped.first();
  };
  /** What leaves for an input when its wait ends; the gateway has taken two SMS a port by then. */
  const outcomeOf = async (to: string[]): Promise<Outcome> => {
    const [missed, updates] = [inboxOf('missed'), inboxOf('updates')];
    nodeOf(send).receive({ to, payload: 'Hello' });
    const { payload } = await missed.first();
    await updates.count(Math.min(to.length, 4));
    return payload as Outcome;
  };
  /** An SMS of another program in the gateway's queue; its task. */
  const queued = async (): Promise<number> => {
    await apiSms(simulator, { number: '123', user_id: 1 }, () => true);
    return simulator.submitted.at(-1)?.task_id ?? -1;
  };
  const states = (): string[] => simulator.submitted.map(({ state }) => state);

  it('stops the SMS of an outcome, here and in the gateway, on the message', async () => {
    await load(flowWith());
    const updates = inboxOf('updates');
    const outcome = await outcomeOf(['11', '12', '13', '14', '15', '16']);
    const message = await stop({ payload: outcome, keep: 'me' });
    should(message).match({ keep: 'me', gateway: { id: gateway, name: 'farm', sn: simulator.sn } });
    should(message.payload).eql({ stopped: [1], not_found: [], not_stopped: [], withdrawn: 2 });
    should(states()).eql(['STOPPED', 'STOPPED', 'STOPPED', 'STOPPED']);
    const withdrawn = (updates.all.map(({ payload }) => payload) as Recipient[]).filter(
      (it) => it.status === 'STOPPED',
    );
    should(withdrawn.map(({ number }) => number)).eql(['15', '16']);
  });

  it('names the recipients it can’t stop without stopping others', async () => {
    await load(flowWith());
    const { recipients, ...rest } = await outcomeOf(['11', '12']);
    const [first] = recipients;
    const message = await stop({ payload: { ...rest, recipients: [first] } });
    should(message.payload).eql({ stopped: [], not_found: [], not_stopped: [first?.user_id], withdrawn: 0 });
    should(simulator.requests.filter(({ path }) => path === '/api/stop_sms')).be.empty();
  });

  const forms: [string, (task: number) => [object, object]][] = [
    ['a task_id', (task) => [{}, { payload: task }]],
    ['its digits', (task) => [{}, { payload: String(task) }]],
    ['an array', (task) => [{}, { payload: [task] }]],
    ['another property of the message', (task) => [{ task: 'job.task' }, { job: { task } }]],
    ['a property of its own', (task) => [{ task: String(task), taskType: 'num' }, { payload: 'what it may' }]],
    ['an expression', (task) => [{ task: `[${task}]`, taskType: 'jsonata' }, {}]],
    ['the payload where the field was cleared', (task) => [{ task: '', taskType: 'json' }, { payload: task }]],
  ];
  for (const [what, given] of forms) {
    it(`stops a task that is named by ${what}`, async () => {
      const task = await queued();
      const [properties, message] = given(task);
      await load(flowWith(properties));
      should((await stop(message)).payload).eql({ stopped: [task], not_found: [], not_stopped: [], withdrawn: 0 });
      should(states().at(-1)).equal('STOPPED');
    });
  }

  it('names the tasks that aren’t there', async () => {
    const task = await queued();
    await load(flowWith());
    should((await stop({ payload: [99, task, 0] })).payload).match({ stopped: [task], not_found: [99, 0] });
  });

  it('fails with NOT_FOUND when there is nothing to stop', async () => {
    await load(flowWith());
    const errors = inboxOf('errors');
    const statuses = statusesOf('stop');
    receive({ payload: 99 });
    should(await errors.first()).match({
      error: { code: 'NOT_FOUND', cause: { error_code: 404, retryable: false } },
    });
    should(await statuses.count(2)).eql([
      { fill: 'blue', shape: 'ring', text: 'common.status.working' },
      { fill: 'red', shape: 'dot', text: 'common.status.not_found' },
    ]);
    should(inboxOf('stopped').all).be.empty();
  });

  const bad: [string, unknown, string][] = [
    ['a text', 'everything', 'task'],
    ['nothing', undefined, 'task'],
    ['a negative number', -1, 'task'],
    ['something wrong in an array', [1, {}], 'task[1]'],
    ['an object without recipients', { task_id: 1 }, 'task'],
  ];
  for (const [what, payload, field] of bad) {
    it(`refuses ${what}, naming ${field}, before anything leaves`, async () => {
      await load(flowWith());
      const errors = inboxOf('errors');
      receive({ payload });
      should(await errors.first()).match({ error: { code: 'INVALID_INPUT', cause: { field, retryable: false } } });
      should(simulator.requests).be.empty();
    });
  }

  it('lets the message choose the gateway, as an outcome names it', async () => {
    const task = await queued();
    await load(flowWith({ gateway: '', gatewayFrom: 'msg' }));
    const errors = inboxOf('errors');
    should(await stop({ payload: task, gateway: { id: gateway, name: 'farm' } })).match({
      payload: { stopped: [task] },
    });
    receive({ payload: task });
    should(await errors.first()).match({ error: { code: 'NOT_CONFIGURED' } });
  });

  it('shows that it works and then that it is fine, and ends its input once', async () => {
    const task = await queued();
    await load(flowWith());
    const statuses = statusesOf('stop');
    const ended = inboxOf('completed');
    receive({ payload: task });
    await ended.first();
    should(await statuses.count(2)).match([{ text: 'common.status.working' }, { fill: 'green', shape: 'dot' }]);
    should(ended.all).have.length(1);
  });

  it('fails with the error of the contract when the gateway gives no readable answer', async () => {
    const task = await queued();
    await load(flowWith({}, { timeout: 0.3 }));
    const errors = inboxOf('errors');
    const failWith = async (fault: 'hang' | 'html' | 'http404' | 'error500', code: string): Promise<void> => {
      simulator.clearFaults();
      simulator.fault({ fault });
      const before = errors.all.length;
      receive({ payload: task });
      should((await errors.count(before + 1)).at(-1)).match({ error: { code } });
    };
    await failWith('hang', 'UNKNOWN_OUTCOME');
    await failWith('html', 'UNKNOWN_OUTCOME');
    await failWith('error500', 'GATEWAY_ERROR');
    await failWith('http404', 'BAD_REPLY');
  });

  it('sees a stop under way to its end when it is removed, and asks for no further one', async () => {
    const [one, other] = [await queued(), await queued()];
    await load(flowWith());
    simulator.fault({ fault: 'slow', ms: 500, path: '/api/stop_sms' });
    const node = nodeOf('stop');
    const failed = new Promise<{ code: string }>((resolve) => {
      node.on('call:error', (call: { firstArg: { code: string } }) => resolve(call.firstArg));
    });
    node.receive({ payload: [one, other] });
    await clock.until(() => simulator.requests.some(({ path }) => path === '/api/stop_sms'));
    await deploy(flowWith().filter(({ id }) => id !== 'stop' && id !== 'complete of completed'));
    should((await clock.during(failed)).code).equal('STOPPED');
    should(states()).eql(['STOPPED', 'QUEUED']);
  });
});
