import should from 'should';
import { abandon, notedGateways } from '../../../lib/messaging';
import { MemoryStore, type Store } from '../../../lib/store';
import { startScripted } from '../../support/core';
import { FakeClock } from '../../support/FakeClock';
import { hours } from '../../support/ScheduleScene';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;

describe('SMS of a gateway node that is gone', () => {
  let store: Store;
  let clock: FakeClock;
  type Core = Awaited<ReturnType<typeof startScripted>>;
  let core: Core;

  /** A process with these gateway nodes; the store is that of the former one. */
  const start = async (...ids: string[]): Promise<Core> => {
    const [id = 'another', ...others] = ids;
    const started = await startScripted({ store, clock, id });
    for (const other of others) started.join({ id: other });
    await clock.advance(SECOND);
    return started;
  };
  const restart = async (...ids: string[]): Promise<void> => {
    // What its process would have gone on with ends with it.
    core.gateways.rest();
    await core.close();
    core = await start(...ids);
    core.gateways.know(await notedGateways(store));
    await clock.advance(SECOND);
  };

  beforeEach(async () => {
    store = new MemoryStore({ random: Math.random });
    clock = new FakeClock(Date.parse('2026-11-29T10:00Z'));
    core = await start('gateway');
    core.api.ready = [];
  });
  afterEach(() => core.close());

  const statusOf = async (id: string): Promise<string | undefined> => (await store.recipients(id))[0]?.status;

  const sent = (): string[] => core.api.sent.flatMap(({ param }) => param.map(({ number }) => number));

  it('expire when their validity is over, also after a restart, and their outcome leaves', async () => {
    const id = await core.take({ to: '111', validity: 2 * 3600, ports: [7], wait: 0 });
    await restart('another');
    await clock.advance(1.9 * HOUR);
    should(await statusOf(id)).equal('QUEUED');
    await clock.advance(0.2 * HOUR);
    should(await statusOf(id)).equal('EXPIRED');
    should(await core.outcomeOf(id)).match({ ok: false, failed: 1, recipients: [{ status: 'EXPIRED' }] });
    await store.prune(clock.now() + 1, 10);
    should(await store.inputs([id])).be.empty();
  });

  it('let their outcome leave when its wait ends, though nothing has become of them', async () => {
    const id = await core.take({ to: '111', ports: [7], wait: 300 });
    await restart('another');
    await clock.advance(HOUR);
    should(await core.outcomeOf(id)).match({ timed_out: true, pending: 1 });
  });

  it('go on where they were when it is back in time', async () => {
    const id = await core.take({ to: '111', validity: 2 * 3600 });
    await restart('another');
    await clock.advance(HOUR);
    await restart('another', 'gateway');
    core.api.ready = [0];
    await clock.advance(60 * SECOND);
    should(sent()).eql(['111']);
    should(await statusOf(id)).not.equal('EXPIRED');
  });

  for (const [what, given, end] of [
    ['at an instant', { sendAt: '2026-12-01T09:00:00Z' }, '2026-12-01T11:00Z'],
    ['by the clocks of a zone', { sendAt: '2026-12-01T10:00', sendZone: 'Europe/Vienna' }, '2026-12-01T11:00Z'],
    // Nobody knows its zone any more: by the last clocks on earth.
    ['by the clocks of the gateway', { sendAt: '2026-12-01T09:00' }, '2026-12-01T23:00Z'],
    ['spread over a day', { spread: 24 * 3600 }, '2026-11-29T12:00Z'],
    ['within hours', { sendAt: '2026-12-01T09:00:00Z', window: hours('10:30', '11:30') }, '2026-12-01T11:00Z'],
  ] as const) {
    it(`expire when they were to leave ${what} and that moment and their validity are surely over`, async () => {
      const id = await core.take({ to: '111', validity: 2 * 3600, ports: [7], wait: 0, ...given });
      await restart('another');
      await clock.advance(Date.parse(end) - clock.now() - 60 * SECOND);
      should(await statusOf(id)).equal('QUEUED');
      await clock.advance(12 * 60 * SECOND);
      should(await statusOf(id)).equal('EXPIRED');
    });
  }

  it('leave at their moment, not before, when it is back before that', async () => {
    const id = await core.take({ to: '111', sendAt: '2026-12-01T09:00' });
    await core.gateways.leave('gateway');
    await clock.advance(DAY);
    core.join();
    core.api.ready = [0];
    await clock.advance(Date.parse('2026-12-01T08:59Z') - clock.now());
    should(await statusOf(id)).equal('QUEUED');
    should(sent()).eql([]);
    await clock.advance(2 * 60 * SECOND);
    should(sent()).eql(['111']);
  });

  it('end UNKNOWN where it has them and won’t be back; what waits goes on waiting', async () => {
    core.api.ready = [0];
    const accepted = await core.take({ to: '111', wait: 0 });
    await clock.advance(SECOND);
    should(await statusOf(accepted)).equal('ACCEPTED');
    const waiting = await core.take({ to: '222', ports: [7], validity: 0 });
    await restart('another');
    await abandon(store, core.gateways.ledger, 'gateway');
    await clock.advance(SECOND);
    should(await statusOf(accepted)).equal('UNKNOWN');
    should(await core.outcomeOf(accepted)).match({ ok: false, recipients: [{ status: 'UNKNOWN' }] });
    should(await statusOf(waiting)).equal('QUEUED');
  });
});
