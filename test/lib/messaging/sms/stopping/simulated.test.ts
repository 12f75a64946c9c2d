import should from 'should';
import { readStopRequest } from '../../../../../lib/messaging/sms/stopping/stopRequest';
import type { FaultKind } from '../../../../../simulator';
import { type Core, requestsTo, startCore } from '../../../../support/core';

describe('stopping on a simulated gateway', () => {
  let core: Core;
  beforeEach(async () => {
    core = await startCore({ pushed: true });
    for (const port of core.simulator.ports) port.stuck = true;
  });
  afterEach(() => core.close());

  const stop = async (task: unknown) => core.gateways.of('gateway')?.sms.stopSms(readStopRequest(task));
  /** Twenty SMS, of which the gateway gets two a port, that is 16; nothing goes out. */
  const twenty = async () => {
    const to = Array.from({ length: 20 }, (_, place) => String(1000 + place));
    // Long enough for a busy machine: the outcome has the tasks that are known when it leaves.
    const input = await core.take({ to, wait: 2 });
    await core.updates.count(16);
    return core.outcomeOf(input);
  };
  const states = (): string[] => [...new Set(core.simulator.submitted.map(({ state }) => state))];
  const final = async (): Promise<Record<string, number>> => {
    await core.close();
    const last = new Map(core.updates.all.map(({ user_id, status }) => [user_id, status]));
    const counts: Record<string, number> = {};
    for (const status of last.values()) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  };

  it('nothing of an outcome goes out any more', async () => {
    const outcome = await twenty();
    should(await stop(outcome)).eql({ stopped: outcome.task_ids, not_found: [], not_stopped: [], withdrawn: 4 });
    should(core.simulator.submitted).have.length(16);
    should(states()).eql(['STOPPED']);
    should(core.simulator.queued).equal(0);
    should(await final()).eql({ STOPPED: 20 });
  });

  it('a task is stopped by its task_id, and what waits here follows it into the gateway', async () => {
    await twenty();
    should(await stop('1')).eql({ stopped: [1], not_found: [], not_stopped: [], withdrawn: 0 });
    should(states()).eql(['STOPPED']);
    should(await final()).match({ STOPPED: 16 });
  });

  it('a task whose SMS have gone out is not there any more', async () => {
    for (const port of core.simulator.ports) port.stuck = false;
    const outcome = await core.outcomeOf(await core.take({ to: ['123', '124'] }));
    await stop(outcome.task_ids).then(
      () => should.fail('resolved', 'rejected'),
      (error) => should(error).match({ code: 'NOT_FOUND', cause: { error_code: 404 } }),
    );
    should(states()).not.containEql('STOPPED');
  });

  for (const fault of ['dropAfter', 'truncate', 'html'] satisfies FaultKind[]) {
    it(`it isn't known what came of it after ${fault}, and it is asked once`, async () => {
      const outcome = await twenty();
      core.simulator.fault({ fault, path: '/api/stop_sms', times: 1 });
      await stop(outcome).then(
        () => should.fail('resolved', 'rejected'),
        (error) => should(error).match({ code: 'UNKNOWN_OUTCOME', cause: { retryable: false } }),
      );
      should(requestsTo(core.simulator, 'stop_sms')).equal(1);
    });
  }
});
