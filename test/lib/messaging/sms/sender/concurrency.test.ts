import should from 'should';
import { Evidence } from '../../../../../lib/messaging/sms/evidence/Evidence';
import { type Core, requestsTo, startCore } from '../../../../support/core';

const many = Array.from({ length: 12 }, (_, place) => `10${place + 10}`);

describe('a gateway that takes several requests at a time', () => {
  let core: Core;
  afterEach(() => core.close());

  const start = async (settings: object, ports = 8): Promise<void> => {
    core = await startCore({
      settings: { concurrency: 3, combine: 'off', queueLimit: 0, ...settings },
      simulator: { latency: 60, ports },
    });
  };
  /** The most requests that were under way at one moment. */
  const mostAtATime = (): number => {
    const spans = core.simulator.requests.filter(({ path }) => path === '/api/send_sms').map(({ at }) => at);
    return Math.max(...spans.map((at) => spans.filter((other) => other <= at && at - other < 60).length));
  };

  it('gets them side by side, and each SMS once', async () => {
    await start({});
    const ids = await Promise.all(many.map((to) => core.take({ to })));
    await Promise.all(ids.map((id) => core.outcomeOf(id)));
    should(core.simulator.submitted.map(({ number }) => number).sort()).eql(many);
    should(requestsTo(core.simulator, 'send_sms')).equal(many.length);
    should(mostAtATime()).be.within(2, 3);
  });

  it('gets no SMS more than the hourly limit lets through', async () => {
    await start({ maxPerHour: 5 });
    for (const to of many) await core.take({ to });
    await core.states.first((state) => state === 'HOURLY_LIMIT');
    await new Promise((resolve) => setTimeout(resolve, 300));
    should(core.simulator.submitted).have.length(5);
  });

  it('holds no more of them than the queue limit allows', async () => {
    await start({ queueLimit: 2 }, 1);
    core.simulator.port(0).stuck = true;
    for (const to of many) await core.take({ to });
    await new Promise((resolve) => setTimeout(resolve, 600));
    should(core.simulator.submitted).have.length(2);
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
