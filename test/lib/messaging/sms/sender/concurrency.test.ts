import should from 'should';
import { Evidence } from '../../../../../lib/messaging/sms/evidence/Evidence';
import type { Simulator } from '../../../../../simulator';
import { requestsTo, startCore } from '../../../../support/core';
import { FastCore } from '../../../../support/violence/FastCore';

const many = Array.from({ length: 12 }, (_, place) => `10${place + 10}`);

describe('a gateway that takes several requests at a time', () => {
  const SETTINGS = { concurrency: 3, combine: 'off', queueLimit: 0 } as const;

  /** Watches, turn by turn of the event loop, how many requests for SMS are under way; answers with the most. */
  const watch = (simulator: Simulator): (() => number) => {
    let [most, isOver] = [0, false];
    const look = (): void => {
      const under = simulator.requests.filter(({ path, status }) => path === '/api/send_sms' && status === 0);
      most = Math.max(most, under.length);
      if (!isOver) setImmediate(look);
    };
    look();
    return () => {
      isOver = true;
      return most;
    };
  };

  it('gets them side by side, and each SMS once', async () => {
    const core = await startCore({ settings: SETTINGS, simulator: { latency: 60 } });
    const mostAtATime = watch(core.simulator);
    const ids = await Promise.all(many.map((to) => core.take({ to })));
    await Promise.all(ids.map((id) => core.outcomeOf(id)));
    should(mostAtATime()).be.within(2, 3);
    should(core.simulator.submitted.map(({ number }) => number).sort()).eql(many);
    should(requestsTo(core.simulator, 'send_sms')).equal(many.length);
    await core.close();
  });

  it('gets no SMS more than the hourly limit lets through', async () => {
    const core = await FastCore.start({ settings: { ...SETTINGS, maxPerHour: 5 }, simulator: { latency: 60 } });
    for (let taken = 0; taken < many.length; taken++) await core.take();
    await core.pass(60);
    should(core.simulator.submitted).have.length(5);
    await core.close();
  });

  it('holds no more of them than the queue limit allows', async () => {
    const settings = { ...SETTINGS, queueLimit: 2 };
    const core = await FastCore.start({ settings, simulator: { latency: 60, ports: 1 } });
    core.simulator.port(0).stuck = true;
    for (let taken = 0; taken < many.length; taken++) await core.take();
    await core.pass(60);
    should(core.simulator.submitted).have.length(2);
    await core.close();
  });
});

describe('what task_ids tell of a gateway', () => {
  it('is nothing when answers of requests that went side by side overtake each other', () => {
    const evidence = new Evidence();
    evidence.accepted(5, { at: 0, task_id: 4 });
    evidence.accepted(7, { at: 0, task_id: 5 });
    evidence.accepted(6, { at: 0, task_id: 5 });
    should(evidence).match({ interruptions: 0, task_id: 7 });
    should(evidence.hasAllBetween(4, 8)).be.true();
  });

  it('is that it counts anew when one isn’t above those known when its request left', () => {
    const evidence = new Evidence();
    evidence.accepted(5, { at: 0, task_id: undefined });
    evidence.accepted(1, { at: 0, task_id: 5 });
    should(evidence).match({ interruptions: 1, task_id: 1 });
  });
});
