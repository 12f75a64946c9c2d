import should from 'should';
import { GatewayError } from '../../../../lib/gateway-api';
import { defaultRule } from '../../../../lib/properties/conditions';
import { MemoryStore, SteadyStore } from '../../../../lib/store';
import { WatchedCore } from '../../../support/core/WatchedCore';
import { FakeClock } from '../../../support/FakeClock';

/** Longer than something may wait before it is told. */
const LONG = 900;

describe('how long an SMS waits', () => {
  let watched: WatchedCore;
  beforeEach(async () => {
    watched = await WatchedCore.start({ settings: { queueLimit: 0 } });
    watched.answer();
    // What may leave can't.
    watched.api.away = new GatewayError('NO_PORT', 'no port', 'no');
    await watched.deploy();
  });
  afterEach(() => watched.close());

  const oldest = (): number | undefined => watched.health.facts[0]?.oldest?.normal;
  const raised = (): string[] => watched.told.map(({ condition, state }) => `${condition} ${state}`);
  /** It may go now: nothing is told before its threshold, and that is told. */
  const countsFromNow = async (): Promise<void> => {
    await watched.pass(280);
    should(oldest()).be.within(270, 281);
    should(raised()).eql([]);
    await watched.pass(45);
    should(raised()).eql(['oldest-waiting raised']);
  };

  it('counts from its own moment, where it has one', async () => {
    await watched.core.take({ sendAt: new Date(watched.clock.now() + 2 * LONG * 1000).toISOString() });
    await watched.pass(2 * LONG - 5);
    should(oldest()).equal(0);
    await watched.pass(5);
    await countsFromNow();
  });

  it('counts from when its hours begin', async () => {
    const now = new Date(watched.clock.now());
    const from = new Date(now.getTime() + LONG * 1000 - (now.getTime() % 60_000));
    const clock = (at: Date): string => at.toISOString().slice(11, 16);
    const to = new Date(from.getTime() + 3 * LONG * 1000);
    await watched.core.take({
      window: [{ days: [1, 2, 3, 4, 5, 6, 7], from: clock(from), to: clock(to), zone: 'UTC' }],
    });
    await watched.pass(Math.ceil((from.getTime() - now.getTime()) / 1000));
    await countsFromNow();
  });

  it('counts from when a command let it go, and not from when another was', async () => {
    await watched.core.take({}, { job: 'held' } as never);
    await watched.core.gateways.jobs.command(['gateway'], { job: 'held' }, 'pause');
    await watched.pass(LONG);
    should(raised()).eql([]);
    await watched.core.gateways.jobs.command(['gateway'], { job: 'held' }, 'resume');
    await countsFromNow();
  });

  it('counts the one that waits longest, whatever comes free in front of it', async () => {
    await watched.core.take({ to: '111' }, { job: 'held' } as never);
    await watched.core.gateways.jobs.command(['gateway'], { job: 'held' }, 'pause');
    await watched.core.take({ to: '222' });
    await watched.pass(250);
    await watched.core.gateways.jobs.command(['gateway'], { job: 'held' }, 'resume');
    await watched.pass(10);
    should(oldest()).be.within(250, 262);
  });

  it('is no longer for a step of the wall clock', async () => {
    await watched.close();
    const clock = new FakeClock();
    watched = await WatchedCore.start({
      clock,
      store: new SteadyStore(new MemoryStore({ random: Math.random }), clock),
    });
    watched.api.away = new GatewayError('NO_PORT', 'no port', 'no');
    await watched.core.take({}, { job: 'held' } as never);
    await watched.core.take({ sendAt: new Date(clock.now() + 60_000).toISOString(), to: '222' });
    await watched.core.gateways.jobs.command(['gateway'], { job: 'held' }, 'pause');
    await watched.pass(LONG);
    await watched.core.gateways.jobs.command(['gateway'], { job: 'held' }, 'resume');
    await watched.deploy({ rules: [{ ...defaultRule('oldest-waiting'), threshold: LONG }] });
    watched.clock.step(6 * LONG * 1000);
    await watched.pass(20);
    should(oldest()).be.within(LONG - 60, LONG - 20);
    await watched.pass(60);
    should(raised()).eql(['oldest-waiting raised']);
  });
});
