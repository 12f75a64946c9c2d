import should from 'should';
import type { SmsResult } from '../../../../lib/gateway-api';
import { startScripted } from '../../../support/core';

const SECOND = 1000;

describe('a gateway’s outgoing SMS', () => {
  let core: Awaited<ReturnType<typeof startScripted>>;
  afterEach(() => core.close());

  const start = async (settings: object = {}) => {
    core = await startScripted({ settings });
    return core.gateways.of('gateway')?.sms;
  };
  const sent = () => core.api.sent.flatMap(({ param }) => param);
  /** The gateway pushes that the first SMS has gone out; resolves with its user_id. */
  const firstGoesOut = async (): Promise<number> => {
    const [{ number = '', user_id = 0 } = {}] = sent();
    const result: SmsResult = {
      ...{ port: 0, number, user_id, status: 'SENT_OK', time: '2024-01-15 12:00:10' },
      ...{ count: 1, succ_count: 1, ref_id: 7 },
    };
    await core.gateways.of('gateway')?.pushed({ results: [result] });
    await core.clock.advance(0);
    return user_id;
  };
  const statuses = (): string[] => [...new Set(core.updates.all.map(({ status }) => status))];

  it('are all given up when their gateway is another: waiting ones follow, and what was on air stays sent', async () => {
    await start({ queueLimit: 0 });
    await core.take({ to: Array.from({ length: 150 }, (_, place) => `77${1000 + place}`), until: 'delivered' });
    await core.clock.advance(0);
    const first = await firstGoesOut();
    core.join({ url: 'http://elsewhere' });
    // Many are read and told in steps, with turns of the event loop between them.
    for (let turn = 0; turn < 50; turn++) await core.clock.advance(0);
    const last = new Map(core.updates.all.map(({ user_id, status }) => [user_id, status]));
    should([...last.values()].filter((status) => status === 'UNKNOWN')).have.length(149);
    should(last.get(first)).equal('SENT_OK');
  });

  it('are counted against the hourly limit until that is reset', async () => {
    const sms = await start({ maxPerHour: 1 });
    await core.take({});
    await core.take({ to: '654321' });
    await core.clock.advance(SECOND);
    should(sent()).have.length(1);
    should(await sms?.queue.hourlyLimit()).eql({ count: 1, limit: 1 });
    sms?.queue.resetHourlyLimit();
    await core.clock.advance(SECOND);
    should(sent()).have.length(2);
  });

  it('have no hourly limit unless one is set', async () => {
    const sms = await start();
    should(await sms?.queue.hourlyLimit()).be.undefined();
  });

  it('tell whether their results are being pushed, and how many SMS wait in the gateway', async () => {
    const sms = await start();
    should([sms?.isPushed, sms?.queue.inQueue]).eql([false, undefined]);
    await core.take({});
    await core.clock.advance(0);
    should([sms?.isPushed, sms?.queue.inQueue]).eql([false, 1]);
    await firstGoesOut();
    should(sms?.isPushed).be.true();
    should(statuses()).eql(['ACCEPTED', 'SENT_OK']);
  });

  it('leave as soon as one before them has gone out and made room', async () => {
    await start({ queueLimit: 1 });
    await core.take({ to: ['1', '2', '3'] });
    await core.clock.advance(0);
    should(sent()).have.length(2);
    await firstGoesOut();
    should(sent()).have.length(3);
  });
});
