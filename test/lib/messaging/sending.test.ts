import should from 'should';
import { type Core, requestsTo, startCore } from '../../support/core';

describe('sending', () => {
  let core: Core;
  afterEach(() => core.close());

  const numbers = (count: number): string[] => Array.from({ length: count }, (_, place) => `77${1000 + place}`);

  it('sends one text to 250 numbers in at most 6 requests', async () => {
    core = await startCore({ pushed: true, settings: { queueLimit: 0 }, simulator: { latency: 100 } });
    const ids = await Promise.all(numbers(250).map((to) => core.take({ to })));
    await core.outcomes.count(250, 20_000);
    should(requestsTo(core.simulator, 'send_sms')).be.belowOrEqual(6);
    should(core.simulator.submitted.map(({ number }) => number).sort()).eql(numbers(250));
    should(new Set(core.outcomes.all.map(({ id }) => id))).eql(new Set(ids));
  });

  it('sends 250 different texts in at most 6 requests when all may travel together, each verbatim', async () => {
    core = await startCore({ pushed: true, settings: { queueLimit: 0, combine: 'all' }, simulator: { latency: 100 } });
    const textFor = (to: string): string => (to === '771125' ? 'a literal #param# stays' : `Alarm ${to} "of" \\ç€`);
    await Promise.all(numbers(250).map((to) => core.take({ to, text: textFor(to) })));
    await core.outcomes.count(250, 20_000);
    should(requestsTo(core.simulator, 'send_sms')).be.belowOrEqual(6);
    const arrived = new Map(core.simulator.submitted.map(({ number, text }) => [number, text]));
    should([...arrived].sort()).eql(numbers(250).map((to) => [to, textFor(to)]));
  });

  it('passes an SMS for another port by fifty that wait for a stuck one', async () => {
    core = await startCore();
    core.simulator.port(3).stuck = true;
    await Promise.all(numbers(50).map((to) => core.take({ to, ports: [3] })));
    await core.updates.count(2);
    const before = requestsTo(core.simulator, 'send_sms');
    await core.take({ to: '88', ports: [0], text: 'for port 0' });
    await core.updates.first(({ number }) => number === '88');
    should(core.simulator.submitted.filter(({ number }) => number === '88')).have.length(1);
    should(requestsTo(core.simulator, 'send_sms')).equal(before + 1);
  });

  it('lets in no more for a stuck port than its limit', async () => {
    core = await startCore();
    core.simulator.port(3).stuck = true;
    await Promise.all(numbers(20).map((to) => core.take({ to, ports: [3] })));
    await core.updates.count(2);
    await new Promise((resolve) => setTimeout(resolve, 200));
    should(core.simulator.submitted.length).equal(2);
  });

  it('puts a high-priority SMS into the next request, whatever waits', async () => {
    core = await startCore({ simulator: { latency: 50, speed: 'real' } });
    await core.take({ to: numbers(1000) });
    await core.updates.count(1);
    const before = requestsTo(core.simulator, 'send_sms');
    await core.take({ to: '88', text: 'Fire', priority: 'high' });
    await core.updates.first(({ number }) => number === '88');
    const alarm = core.simulator.submitted.find(({ number }) => number === '88');
    should(alarm?.request).be.belowOrEqual(before);
  });
});
