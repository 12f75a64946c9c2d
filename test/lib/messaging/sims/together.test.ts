import should from 'should';
import { readPlans } from '../../../../lib/plans';
import { MemoryStore, type Store } from '../../../../lib/store';
import { startScripted } from '../../../support/core';
import { PortsApi } from './PortsApi';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAILY = { count: 'sms', per: 'day', max: 2, reset: 'calendar' };
const STRICT = { reserve: 0, sticky: 'off', limits: [DAILY] };
const settingsOf = (row: object, more: object = {}) => ({ queueLimit: 2, plans: readPlans([row], 'UTC'), ...more });
const numbers = (count: number, first = 1000): string[] =>
  Array.from({ length: count }, (_, place) => `77${first + place}`);

type Scripted = Awaited<ReturnType<typeof startScripted>>;

describe('plans of SIMs together with', () => {
  let core: Scripted;
  let api: PortsApi;
  beforeEach(() => {
    api = new PortsApi();
  });
  afterEach(() => core.close());
  const start = async (row: object, more: object = {}): Promise<void> => {
    core = await startScripted({ settings: settingsOf(row, more), api, now: Date.UTC(2026, 10, 29, 20) });
  };
  const sent = (): number => api.sent.reduce((sum, { param }) => sum + param.length, 0);
  const heldBy = (number: string) => core.updates.all.filter((one) => one.number === number).at(-1)?.held?.by;

  it('a paused job: what is paused isn’t charged, and goes on by the plan', async () => {
    await start(STRICT);
    const usage = async () => (await core.gateways.of('gateway')?.sims.usage()) ?? [];
    const used = async () => (await usage()).reduce((sum, one) => sum + (one.used[0]?.value ?? 0), 0);
    await core.take({ to: numbers(1), validity: 0 }, { job: 'bulk' });
    await core.clock.advance(MINUTE);
    await core.gateways.jobs.command(['gateway'], { job: 'bulk' }, 'pause');
    await core.take({ to: numbers(5, 2000), validity: 0 }, { job: 'bulk' });
    await core.clock.advance(MINUTE);
    should([sent(), await used()]).eql([1, 1]);
    await core.gateways.jobs.command(['gateway'], { job: 'bulk' }, 'resume');
    await core.clock.advance(MINUTE);
    should([sent(), await used()]).eql([4, 4]);
    const [state] = await core.gateways.jobs.progress(['gateway'], { job: 'bulk' });
    should(state?.progress).match({ total: 6, waiting: 2, held: 2 });
  });

  it('each way of combining: no request takes more than its SIM may send', async () => {
    for (const combine of ['off', 'same', 'all'] as const) {
      api = new PortsApi();
      await start(STRICT, { combine, queueLimit: 0 });
      await core.take({ to: numbers(5), validity: 0 });
      await core.take({ to: numbers(5, 2000), text: 'other', validity: 0 });
      await core.clock.advance(MINUTE);
      should([api.by(0).length, api.by(1).length]).eql([2, 2], combine);
      if (combine !== 'all') await core.close();
    }
  });

  it('another number of the recipient: what the first one is held for doesn’t count for the second', async () => {
    await start({ ...STRICT, limits: [{ ...DAILY, max: 1 }] });
    await core.take({ to: numbers(2), validity: 0 });
    await core.clock.advance(MINUTE);
    should(sent()).equal(2);
    await core.take({ to: [{ number: '775', else: ['776'], after: 60 }] as never, validity: 0 });
    await core.clock.advance(10 * MINUTE);
    should(sent()).equal(2);
    await core.clock.advance(5 * HOUR);
    should(sent()).be.within(3, 4);
    should(new Set([...api.by(0), ...api.by(1)].slice(-2)).size).equal(2);
  });

  it('hours: a rule of time comes first, and says so', async () => {
    await start(STRICT);
    const window = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '08:00', to: '09:00', zone: 'UTC' }];
    await core.take({ to: '771', validity: 0, window } as never);
    await core.clock.advance(MINUTE);
    should(sent()).equal(0);
    should(heldBy('771')).equal('schedule');
  });

  it('two gateway nodes of one gateway: they share what each card may send', async () => {
    await start(STRICT);
    core.join({ id: 'second', rank: 1, settings: settingsOf(STRICT) });
    await core.clock.advance(1000);
    await core.take({ to: numbers(3), validity: 0 });
    await core.take({ to: numbers(3, 2000), validity: 0 }, { gateway: 'second' });
    await core.clock.advance(MINUTE);
    should([api.by(0).length, api.by(1).length]).eql([2, 2]);
  });

  it('none: without a plan neither the gateway nor the store is asked for anything more', async () => {
    const calls: string[] = [];
    const inner = new MemoryStore({ random: Math.random });
    const store = new Proxy(inner, {
      get(target, name) {
        const value = Reflect.get(target, name) as unknown;
        if (typeof value !== 'function') return value;
        if (/usage|chosen|notes/i.test(String(name))) calls.push(String(name));
        return value.bind(target);
      },
    }) as Store;
    core = await startScripted({ settings: { queueLimit: 2 }, api, store });
    const before = { calls: calls.length, asked: api.portsAsked };
    api.verdict = () => 'SENT_OK';
    await core.take({ to: numbers(6), validity: 0, priority: 'high' });
    await core.clock.advance(HOUR);
    should(sent()).equal(6);
    should(calls.slice(before.calls).filter((name) => /usage|chosen/i.test(name))).eql([]);
    should(api.portsAsked).equal(before.asked);
    should(api.sent.every(({ port }) => port === undefined)).be.true();
  });
});
