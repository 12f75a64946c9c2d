import should from 'should';
import type { SimEvent } from '../../../../lib/messaging/sims/SimWatch';
import { readPlans } from '../../../../lib/plans';
import { MemoryStore } from '../../../../lib/store';
import { startScripted } from '../../../support/core';

const DAILY = { count: 'sms', per: 'day', max: 5, reset: 'calendar' };
const STRICT = { name: 'prepaid', reserve: 0, sticky: 'off', limits: [DAILY] };
const plansOf = (...rows: object[]) => ({ queueLimit: 0, plans: readPlans(rows, 'UTC') });
const numbers = (count: number, first = 1000): string[] =>
  Array.from({ length: count }, (_, place) => `77${first + place}`);

type Scripted = Awaited<ReturnType<typeof startScripted>>;
const simsOf = ({ gateways }: Scripted) => {
  const sims = gateways.of('gateway')?.sims;
  if (!sims) throw new Error('no gateway');
  return sims;
};

describe('what is known of SIMs with plans', () => {
  let core: Scripted;
  afterEach(() => core.close());

  it('is a record a SIM, with what is used of each limit and when it begins anew', async () => {
    core = await startScripted({ settings: plansOf(STRICT) });
    await core.take({ to: numbers(4) });
    await core.clock.advance(3000);
    const records = await simsOf(core).usage();
    should(records.reduce((sum, { used }) => sum + (used[0]?.value ?? 0), 0)).equal(4);
    should(records[0]).match({ plan: 'prepaid', used: [{ count: 'sms', per: 'day', max: 5 }], resting: null });
    should(Date.parse(records[0]?.used[0]?.resets_iso ?? '') % 86_400_000).equal(0);
  });

  it('is changed by hand: set, reset, rest and wake', async () => {
    core = await startScripted({ settings: plansOf(STRICT) });
    const sims = simsOf(core);
    const [set] = await sims.set({ port: 0 }, { count: 'sms', per: 'day', value: 5 });
    should(set?.used[0]?.value).equal(5);
    await core.take({ to: numbers(2), ports: [0] });
    await core.clock.advance(3000);
    should(core.api.sent).have.length(0);
    await sims.reset({ port: 0 });
    await core.clock.advance(3000);
    should(core.api.sent.flatMap(({ param }) => param)).have.length(2);
    const [rested] = await sims.rest({ port: 0 }, 600);
    should(Date.parse(rested?.resting ?? '') - core.clock.now()).equal(600_000);
    await core.take({ to: '7799', ports: [0] });
    await core.clock.advance(3000);
    should(core.api.sent.flatMap(({ param }) => param)).have.length(2);
    const [woken] = await sims.wake({ port: 0 });
    should(woken?.resting).equal(null);
    await core.clock.advance(3000);
    should(core.api.sent.flatMap(({ param }) => param)).have.length(3);
  });

  it('is what watches over gateways are told: nothing without a plan, and of each SIM with one its limits and its rest', async () => {
    core = await startScripted({ settings: { queueLimit: 0, plans: [] } });
    should(await simsOf(core).facts()).eql([]);
    core.join({ settings: plansOf(STRICT) });
    await core.take({ to: numbers(2), ports: [0] });
    await core.clock.advance(3000);
    await simsOf(core).rest({ port: 1 }, 90);
    should(await simsOf(core).facts()).eql([
      { port: 0, used: [{ count: 'sms', per: 'day', max: 5, value: 2 }] },
      { port: 1, resting: 90, used: [{ count: 'sms', per: 'day', max: 5, value: 0 }] },
    ]);
  });

  it('refuses a SIM that is not there, a limit that its plan has not, and a rest without end', async () => {
    core = await startScripted({ settings: plansOf(STRICT) });
    const sims = simsOf(core);
    await should(sims.usage({ port: 9 })).be.rejectedWith({ code: 'NOT_FOUND' });
    await should(sims.reset({ iccid: '8999' })).be.rejectedWith({ code: 'NOT_FOUND' });
    await should(sims.reset({})).be.rejectedWith({ code: 'INVALID_INPUT' });
    await should(sims.set({ port: 0 }, { count: 'segments', per: 'day', value: 1 })).be.rejectedWith(
      /no limit of segments/,
    );
    await should(sims.set({ port: 0 }, { count: 'sms', per: 'day', value: 1.5 })).be.rejectedWith(/value must be/);
    await should(sims.rest({ port: 0 }, Number.POSITIVE_INFINITY)).be.rejectedWith({ code: 'INVALID_INPUT' });
  });
});

describe('a watch over SIMs with plans', () => {
  it('tells of each limit once when it is near, once when it is reached, and once when it begins anew, over restarts', async () => {
    const store = new MemoryStore({ random: Math.random });
    const core = await startScripted({ settings: plansOf(STRICT), store, now: Date.UTC(2026, 10, 28, 23, 50) });
    const told: string[] = [];
    const options = {
      flows: { untilReady: async () => undefined, untilHandedOn: async () => undefined },
      note: { key: 'w', notes: store },
      onEvent: async ({ event, state, sim }: SimEvent) => {
        told.push(`${event} ${state} ${sim.port}`);
        return true;
      },
      onError: (error: unknown) => {
        throw error;
      },
    };
    let watch = simsOf(core).watch(options);
    await core.clock.advance(6000);
    should(told).eql([]);
    await core.take({ to: numbers(4), ports: [0] });
    await core.clock.advance(20_000);
    should(told).eql(['limit-80 raised 0']);
    await watch.stop();
    watch = simsOf(core).watch(options);
    await core.take({ to: numbers(4, 2000), ports: [0] });
    await core.clock.advance(20_000);
    should(told).eql(['limit-80 raised 0', 'limit-100 raised 0']);
    await core.clock.advance(600_000);
    should(told.slice(2)).containDeep(['limit-80 cleared 0', 'limit-100 cleared 0']);
    await watch.stop();
    await core.close();
  });
});
