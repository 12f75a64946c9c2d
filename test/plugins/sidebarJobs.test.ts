import should from 'should';
import request from 'supertest';
import { runtime } from '../../lib/runtime/SharedRuntime';
import type { SidebarGateway } from '../../lib/sidebar/snapshot';
import { type Simulator, startSimulator } from '../../simulator';
import { adminApp, type FlowNode, freshId, inboxOf, inNodeRed, load, logged, nodeOf } from '../support/flow';
import { catcher, drawn, tab } from '../support/flow/drawn';
import { until } from '../support/until';

const HOUR_MS = 3_600_000;
const PEOPLE = ['+436641111111', '+436642222222', '+436643333333'];

describe('jobs on the sidebar', () => {
  inNodeRed();
  let simulator: Simulator;
  let gateway: string;
  beforeEach(async () => {
    simulator = await startSimulator({ speed: 'fast', timezone: 'UTC', onPush: (body) => pushed(body) });
    gateway = freshId('gateway');
    await load(flow());
  });
  afterEach(() => simulator.close());

  const pushed = async (body: string): Promise<void> => {
    await runtime.pushRouter.take(body, { address: '127.0.0.1', fixed: gateway });
  };
  const flow = (): FlowNode[] => [
    tab,
    { id: gateway, type: 'dinstar-gateway', url: simulator.url, name: 'farm', timezone: 'UTC' },
    drawn('dinstar-send-sms', 'send', {
      ...{ gateway, control: true, jobType: 'msg', job: 'job', sendAtType: 'msg', sendAt: 'at' },
      wires: [['out'], ['out'], []],
    }),
    catcher('out'),
  ];
  /** An input that waits for an hour: nothing of it leaves in the meantime. */
  const later = (to: string[], job?: string): void =>
    nodeOf('send').receive({ to, payload: 'Hello', at: Date.now() + HOUR_MS, ...(job !== undefined && { job }) });
  const ask = (path: string, body: object = {}, id = gateway) =>
    request(adminApp()).post(`/dinstar/admin/sidebar/gateways/${id}/${path}`).send(body);
  const shown = async (): Promise<SidebarGateway> => {
    const found = (await runtime.sidebar.snapshot()).gateways.find(({ id }) => id === gateway);
    if (!found) throw new Error('the sidebar doesn’t show the gateway');
    return found;
  };
  const showing = (holds: (shown: SidebarGateway) => boolean): Promise<SidebarGateway> =>
    until(async () => {
      const now = await shown();
      return holds(now) && now;
    });

  it('are those with a name or several recipients, with how far they are and why they wait', async () => {
    later(PEOPLE, 'campaign');
    later(PEOPLE.slice(1));
    later(PEOPLE.slice(2));
    const { jobs, held, moreJobs, queue } = await showing(({ queue }) => queue.here === 6);
    should(jobs).match([
      { isNamed: false, node: 'send', total: 2, waiting: 2, held: 2, isPaused: false },
      { job: 'campaign', isNamed: true, total: 3, waiting: 3, held: 3, sent: 0, failed: 0, stopped: 0 },
    ]);
    should(held).match([{ by: 'schedule', count: 6, until: (at: number) => at > Date.now() }]);
    should({ moreJobs, queue }).match({ moreJobs: 0, queue: { here: 6 } });
    should(JSON.stringify({ jobs, held })).not.match(/43664|Hello/);
  });

  it('are paused and go on by their names', async () => {
    later(PEOPLE, 'campaign');
    await showing(({ queue }) => queue.here === 3);
    should((await ask('jobs/pause', { job: 'campaign' })).body).eql({ waiting: 3, held: 3, stopped: 0, left: 0 });
    should(await shown()).match({ jobs: [{ isPaused: true }], held: [{ by: 'pause', count: 3 }] });
    should((await ask('jobs/resume', { job: 'campaign' })).status).equal(200);
    should(await shown()).match({ jobs: [{ isPaused: false }], held: [{ by: 'schedule', count: 3 }] });
    should(logged().join('\n')).match(/a pause of a job of farm, by the sidebar/);
    should(logged().join('\n')).not.match(/campaign|43664/);
  });

  it('are stopped, and what has left by then is counted and told by no number', async () => {
    const out = inboxOf('out');
    nodeOf('send').receive({ to: PEOPLE.slice(0, 1), payload: 'Now', job: 'campaign' });
    await out.count(1);
    later(PEOPLE.slice(1), 'campaign');
    await showing(({ jobs }) => jobs[0]?.waiting === 2 && jobs[0].delivered === 1);
    const answer = await ask('jobs/stop', { job: 'campaign' });
    should(answer.body).eql({ waiting: 0, held: 0, stopped: 2, left: 0 });
    should((await shown()).jobs).match([{ total: 3, waiting: 0, sent: 1, delivered: 1, failed: 0, stopped: 2 }]);
    const [, outcome] = await out.count(2);
    should(outcome?.payload).match({ recipients: [{ status: 'STOPPED' }, { status: 'STOPPED' }] });
    should(simulator.submitted).have.length(1);
  });

  it('are stopped with all else that waits here', async () => {
    const out = inboxOf('out');
    later(PEOPLE, 'campaign');
    later(PEOPLE.slice(2));
    await showing(({ queue }) => queue.here === 4);
    should((await ask('waiting/stop')).body).eql({ stopped: 4 });
    should(await shown()).match({ queue: { here: 0 }, held: [], jobs: [{ job: 'campaign', stopped: 3 }] });
    should((await ask('waiting/stop')).body).eql({ stopped: 0 });
    await out.count(2);
    should(simulator.submitted).be.empty();
  });

  it('need a name that somebody knows, on a gateway that is deployed', async () => {
    for (const action of ['pause', 'resume', 'stop']) {
      const missing = await ask(`jobs/${action}`);
      should(missing.status).equal(400);
      should(missing.body).match({ code: 'INVALID_INPUT', field: 'job', message: /job/i });
      should((await ask(`jobs/${action}`, { job: { a: 1 } })).body).match({ code: 'INVALID_INPUT', field: 'job' });
      should((await ask(`jobs/${action}`, { job: 'x'.repeat(201) })).body).match({ field: 'job' });
      const unknown = await ask(`jobs/${action}`, { job: 'nobody' });
      should(unknown.status).equal(404);
      should(unknown.body).match({ code: 'NOT_FOUND' });
      should((await ask(`jobs/${action}`, { job: 'j' }, 'other')).body).match({ code: 'NOT_CONFIGURED' });
    }
    should((await ask('jobs/explode', { job: 'j' })).status).equal(404);
    should((await ask('waiting/stop', {}, 'other')).status).equal(404);
  });
});
