import should from 'should';
import type { Outcome } from '../../lib/messaging/sms/outcome/outcome';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, logged, nodeOf, statusesOf } from '../support/flow';
import { catchAll, catcher, completed, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';
import { freePort } from '../support/freePort';

interface Answer {
  topic: string;
  keep?: string;
  payload: Record<string, unknown> & { jobs: string[]; left: { number: string; status: string }[] };
}

describe('send sms, its jobs', () => {
  const clock = new FlowClock();
  inNodeRed(clock);
  let simulator: Simulator;
  let gateway: string;
  let send: string;
  let port: number;
  beforeEach(async () => {
    // Two SMS lie in the gateway and go nowhere; the others wait here.
    port = await freePort();
    const pushUrl = `http://127.0.0.1:${port}/dinstar/push`;
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast', ports: 1, pushUrl });
    for (const port of simulator.ports) port.stuck = true;
    [gateway, send] = [freshId('gateway'), freshId('send')];
  });
  afterEach(() => simulator.close());

  const flow = (properties: object = {}): FlowNode[] => [
    tab,
    { id: gateway, type: 'dinstar-gateway', url: simulator.url, name: 'farm' },
    drawn('dinstar-send-sms', send, {
      ...{ gateway, control: true, job: 'campaign', wires: [['outcome'], ['outcome'], ['told']], updates: 'none' },
      ...{ wait: '0', ...properties },
    }),
    drawn('dinstar-stop-sms', 'stop', { gateway, wires: [['stopped']] }),
    drawn('dinstar-push-receiver', 'receiver', { listen: port, gateway }),
    ...['outcome', 'told', 'stopped'].map(catcher),
    ...catchAll('errors'),
    ...completed(send, 'completed'),
  ];
  const until = async (holds: () => boolean): Promise<void> => {
    should(await clock.until(holds)).be.true();
  };
  const receive = (message: object): void => nodeOf(send).receive(message);
  const command = async (
    message: { action: string; job?: string; keep?: string },
    word = message.action,
  ): Promise<Answer> => {
    const told = inboxOf('told').first(({ topic }) => topic === word);
    receive(message);
    return (await told) as unknown as Answer;
  };
  const given = async (count = 6, more: object = {}): Promise<void> => {
    receive({ to: Array.from({ length: count }, (_, place) => `7${place}`), payload: 'Hello', ...more });
    await until(() => simulator.submitted.length >= 2);
  };
  const lastOutcome = async (): Promise<Outcome> => (await inboxOf('outcome').first()).payload as Outcome;

  it('stop: what waits here is withdrawn, what has left is named, and nothing else leaves after the answer', async () => {
    await load(flow());
    await given();
    const leaving = lastOutcome();
    const { topic, keep, payload } = await command({ action: 'stop', job: 'campaign', keep: 'me' });
    should({ topic, keep }).eql({ topic: 'stop', keep: 'me' });
    should(payload).match({ action: 'stop', jobs: ['campaign'], waiting: 0, held: 0, expires_iso: null });
    should(payload.stopped).equal(6);
    should(payload.left.map(({ number, status }) => [number, status])).eql([
      ['70', 'ACCEPTED'],
      ['71', 'ACCEPTED'],
    ]);
    should(simulator.submitted.map(({ state }) => state)).eql(['STOPPED', 'STOPPED']);
    const { job, failed } = await leaving;
    should({ job, failed }).eql({ job: 'campaign', failed: 6 });
    should(simulator.submitted).have.length(2);
  });

  it('pause: what waits stays, what comes later waits too, an alarm as well, and says why; resume: all of it goes on', async () => {
    await load(flow({ updates: 'each', validity: '600' }));
    await given(4);
    const { payload } = await command({ action: 'pause', job: 'campaign' });
    should(payload).match({ jobs: ['campaign'], waiting: 2, held: 2, stopped: 0 });
    should(Date.parse(String(payload.expires_iso)) - clock.now()).be.within(500_000, 600_000);
    receive({ to: '79', payload: 'Alarm' });
    for (const port of simulator.ports) port.stuck = false;
    await inboxOf('told').first(({ payload }) => (payload as { status?: string }).status === 'SENT_OK');
    const answer = await command({ action: 'progress', job: 'campaign' });
    should(answer.payload).match({ job: 'campaign', total: 5, waiting: 3, held: 3, accepted: 2 });
    should(simulator.submitted.map(({ number }) => number)).eql(['70', '71']);
    should((await command({ action: 'resume', job: 'campaign' })).payload).match({ waiting: 3, held: 0 });
    await until(() => simulator.submitted.length === 5);
    should(simulator.submitted.map(({ number }) => number)).eql(['70', '71', '72', '73', '79']);
  });

  it('without a job a command means all jobs of the node, and is done; none there is no error', async () => {
    await load(flow({ job: '' }));
    should((await command({ action: 'progress' })).payload).eql([]);
    should((await command({ action: 'stop' })).payload).match({ jobs: [], stopped: 0 });
    await given(3);
    await given(1, { to: '99' });
    let jobs = 0;
    while (jobs < 2) jobs = ((await command({ action: 'progress' })).payload as unknown as unknown[]).length;
    const ended = inboxOf('completed').first();
    const { payload } = await command({ action: 'pause' });
    should(payload.jobs).have.length(2);
    await ended;
    const progress = (await command({ action: 'progress' })).payload as unknown as { total: number }[];
    should(progress.map(({ total }) => total)).eql([3, 1]);
  });

  it('an unknown job is NOT_FOUND, too long a name INVALID_INPUT, and both reach a Catch node', async () => {
    await load(flow());
    const errors = inboxOf('errors');
    receive({ action: 'pause', job: 'nobody' });
    should((await errors.first()).error).match({ code: 'NOT_FOUND', message: /no job "nobody"/ });
    await deploy(flow({ job: 'j', jobType: 'msg' }));
    const refused = inboxOf('errors').first();
    receive({ to: '71', payload: 'x', j: 'x'.repeat(201) });
    should((await refused).error).match({ code: 'INVALID_INPUT', cause: { field: 'job' } });
  });

  it('a message with a recipient, another word, or a node saved before: no command', async () => {
    await load(flow());
    receive({ action: 'stop', to: '71', payload: 'Hello' });
    await until(() => simulator.submitted.length === 1);
    await deploy(flow({ control: undefined }));
    const errors = inboxOf('errors').first();
    receive({ action: 'stop', payload: 'Hello' });
    should((await errors).error).match({ code: 'INVALID_INPUT', cause: { field: 'to' } });
  });

  it('stop sms stops by job, by node and all of a gateway, with the same answer', async () => {
    await load(flow());
    const stop = async (payload: unknown): Promise<Answer> => {
      const stopped = inboxOf('stopped').first();
      nodeOf('stop').receive({ payload });
      return (await stopped) as unknown as Answer;
    };
    await given();
    should((await stop({ job: 'campaign' })).payload).match({ action: 'stop', jobs: ['campaign'], stopped: 6 });
    receive({ to: ['81', '82', '83', '84'], payload: 'Hello' });
    await until(() => simulator.submitted.length === 4);
    should((await stop({ node: send })).payload).match({ jobs: ['campaign'], waiting: 0 });
    receive({ to: ['91', '92', '93'], payload: 'Hello' });
    await until(() => simulator.submitted.length === 6);
    should((await stop({ gateway: true })).payload).match({ action: 'stop', jobs: ['campaign'], waiting: 0 });
  });

  it('stop sms says that a job, a node or a gateway has nothing to stop: the name may be mistyped', async () => {
    await load(flow());
    for (const payload of [{ job: 'nobody' }, { node: 'nope' }, { gateway: true }]) {
      const errors = inboxOf('errors').first();
      nodeOf('stop').receive({ payload });
      should((await errors).error).match({ code: 'NOT_FOUND', cause: { retryable: false } });
    }
    should(inboxOf('stopped').all).be.empty();
  });

  it('a job that is there but empty names none: nothing is stopped, paused or told, and the error names it', async () => {
    await load(flow({ job: 'job', jobType: 'msg' }));
    await given(6, { job: 'keep-me' });
    for (const action of ['stop', 'pause', 'resume', 'progress'])
      for (const job of ['', null, undefined]) {
        const errors = inboxOf('errors').first();
        receive({ action, job });
        should((await errors).error).match({
          message: 'Job (msg.job): is empty: it must name a job',
          ...{ code: 'INVALID_INPUT', cause: { field: 'job' } },
        });
      }
    for (const payload of [{ job: '' }, { job: null }, { job: '', gateway: true }, { node: '' }]) {
      const errors = inboxOf('errors').first();
      nodeOf('stop').receive({ payload });
      should((await errors).error).match({ code: 'INVALID_INPUT' });
    }
    should((await command({ action: 'progress', job: 'keep-me' })).payload).match({ total: 6, waiting: 4, failed: 0 });
    should(simulator.submitted.map(({ state }) => state)).eql(['QUEUED', 'QUEUED']);
  });

  it('a command’s word may have capitals; one that is none is named, with those that there are', async () => {
    await load(flow());
    await given();
    should((await command({ action: 'Pause', job: 'campaign' }, 'pause')).payload).match({ action: 'pause', held: 4 });
    const refusal = async (message: object): Promise<unknown> => {
      const errors = inboxOf('errors').first();
      receive(message);
      return (await errors).error;
    };
    should(await refusal({ action: 'pasue', job: 'campaign' })).match({
      ...{ code: 'INVALID_INPUT', cause: { field: 'msg.action' } },
      message: /^msg\.action: must be one of pause, resume, stop, progress/,
    });
    for (const to of ['', null, []])
      should(await refusal({ action: 'stop', to })).match({ message: /^msg\.action: .*without msg\.to/ });
    should(await refusal({ payload: 'Hello' })).match({ code: 'INVALID_INPUT', cause: { field: 'to' } });
    should((await command({ action: 'progress' })).payload).match([{ waiting: 4, held: 4, failed: 0 }]);
  });

  it('a word of another node’s in msg.action keeps no SMS from its recipient', async () => {
    await load(flow({ to: '71', toType: 'str' }));
    receive({ action: 'reset', payload: 'Hello' });
    await until(() => simulator.submitted.length === 1);
    should(simulator.submitted.map(({ number }) => number)).eql(['71']);
  });

  it('progress: at once, every so often, and when all is final, on clones of the message; the status tells of it', async () => {
    await load(flow({ progress: '0.2', job: 'campaign', until: 'delivered' }));
    const [told, statuses] = [inboxOf('told'), statusesOf(send)];
    receive({ to: ['71', '72', '73', '74'], payload: 'Hello', keep: 'me' });
    const first = await told.first();
    should(first).match({ topic: 'progress', keep: 'me', gateway: { name: 'farm' } });
    should(first.payload).match({ job: 'campaign', total: 4, failed: 0, withheld: 0, per_minute: null, eta_iso: null });
    // The test helper has no texts, and forgets what they hold.
    await statuses.first(({ text }) => text === 'common.status.job');
    for (const one of simulator.ports) one.stuck = false;
    const last = await told.first(({ payload }) => (payload as { delivered: number }).delivered === 4, 20_000);
    should(last.payload).match({ total: 4, waiting: 0, held: 0, accepted: 4, sent: 4, delivered: 4, failed: 0 });
    const count = told.all.length;
    await clock.advance(600);
    should(told.all).have.length(count);
  });

  it('progress by percent says nothing in between, and goes on after a deploy', async () => {
    await load(flow({ progress: '50', progressUnit: '%' }));
    await given(8);
    await clock.advance(1500);
    await deploy(flow({ progress: '50', progressUnit: '%', name: 'other' }), 'nodes');
    const told = inboxOf('told');
    for (const one of simulator.ports) one.stuck = false;
    await told.first(({ payload }) => (payload as { sent: number }).sent === 8, 20_000);
    const steps = told.all.map(({ payload }) => (payload as { waiting: number }).waiting);
    should(steps.length).be.below(6);
    should(steps.at(-1)).equal(0);
  });

  it('an update and an outcome name their job', async () => {
    for (const port of simulator.ports) port.stuck = false;
    await load(flow({ updates: 'each', job: '' }));
    const [update, outcome] = [inboxOf('told').first(), lastOutcome()];
    receive({ to: '71', payload: 'Hello' });
    const { job } = await outcome;
    should(job).match(/^[0-9a-f-]{36}$/);
    should(((await update).payload as { job: string }).job).equal(job);
  });

  for (const [what, without] of [
    ['deleted', (nodes: FlowNode[]) => nodes.filter(({ id }) => id !== send)],
    ['disabled', (nodes: FlowNode[]) => nodes.map((node) => (node.id === send ? { ...node, d: true } : node))],
  ] as const) {
    it(`a node that is ${what}: the log says how many SMS still wait, and where to stop them`, async () => {
      await load(flow());
      await given();
      await deploy(without(flow()), 'nodes');
      await until(() => logged().some((line) => /4 SMS/.test(line)));
      should(logged().find((line) => /4 SMS/.test(line))).match(
        /still wait and are sent later; to stop them: the sidebar GSM gateways, or stop sms with/,
      );
    });
  }

  for (const [what, without] of [
    ['deleted', (nodes: FlowNode[]) => nodes.filter(({ id }) => id !== gateway)],
    ['disabled', (nodes: FlowNode[]) => nodes.map((node) => (node.id === gateway ? { ...node, d: true } : node))],
  ] as const) {
    it(`a gateway node that is ${what}: the log says how many SMS wait for it, and until when`, async () => {
      await load(flow());
      await given();
      await deploy(without(flow()), 'nodes');
      await until(() => logged().some((line) => /4 SMS/.test(line)));
      const wanted = `4 SMS wait for this gateway node: they go on when a node with its id (${gateway}) is there again`;
      should(logged().find((line) => /4 SMS/.test(line))).containEql(wanted);
    });
  }
});
