import should from 'should';
import { type DeliveryStatus, GatewayError, type SmsResult } from '../../../../../lib/gateway-api';
import { startScripted } from '../../../../support/core';

type Core = Awaited<ReturnType<typeof startScripted>>;
const SECOND = 1000;
const lostAnswer = (): GatewayError => new GatewayError('TIMEOUT', 'no answer', 'unknown');

describe('invented results and delivery reports', () => {
  let core: Core;
  beforeEach(async () => {
    core = await startScripted();
  });
  afterEach(() => core.close());

  const push = (results: Partial<SmsResult>[], reports: Partial<DeliveryStatus>[] = [], isCredible = true) =>
    core.gateways
      .of('gateway')
      ?.pushed({ results: results as SmsResult[], reports: reports as DeliveryStatus[], isCredible });
  const somebodys = { port: 0, number: '666', count: 1, succ_count: 1, ref_id: 1 };
  const sentOne = async (): Promise<number> => {
    await core.take({ to: '123456', until: 'delivered' });
    await core.clock.advance(0);
    return core.api.sent.at(-1)?.param.at(-1)?.user_id ?? -1;
  };
  const sentRecord = (user_id: number): SmsResult => ({
    ...{ user_id, number: '123456', port: 1, status: 'SENT_OK', count: 1, succ_count: 1, ref_id: 7 },
    time: '2024-01-15 12:00:05',
  });
  const statuses = (): string[] => core.updates.all.map(({ status }) => status);

  for (const [what, isCredible] of [
    ['from anywhere', false],
    ['from the gateway’s own address', true],
  ] as const) {
    it(`of somebody else’s SMS, ${what}, don’t hinder that a doubt is settled`, async () => {
      core.api.failures.push(lostAnswer());
      const id = core.take({});
      await push([{ ...somebodys, user_id: 5, status: 'SENT_OK', time: '2099-01-01 00:00:00' }], [], isCredible);
      await core.clock.advance(15 * SECOND);
      await id;
      should(core.api.sent).have.length(2);
      should(core.api.sent[1]?.param).eql(core.api.sent[0]?.param);
    });

    it(`with our user_id and another number, ${what}, change nothing`, async () => {
      const user_id = await sentOne();
      await push([{ ...somebodys, user_id, status: 'FAILED', time: '2024-01-15 12:00:05' }], [], isCredible);
      should(statuses()).eql(['ACCEPTED']);
    });
  }

  it('that only have the number right fail no SMS when they come from anywhere; the gateway is asked', async () => {
    const user_id = await sentOne();
    core.api.waiting = 1;
    await push([{ ...somebodys, number: '123456', status: 'FAILED' }], [], false);
    await core.clock.advance(0);
    should(statuses()).eql(['ACCEPTED']);
    should(core.api.asked).eql([{ user_id: [user_id] }]);
  });

  it('deliver no SMS when they come from anywhere; what the gateway says when it is asked counts', async () => {
    const user_id = await sentOne();
    core.api.results = [sentRecord(user_id)];
    await push([sentRecord(user_id)], [], false);
    const report = { number: '123456', port: 1, ref_id: 7, status_code: 0, time: '2024-01-15 12:00:09' };
    await push([], [report], false);
    should(statuses()).eql(['ACCEPTED', 'SENT_OK']);
    core.api.reports = [report];
    await push([], [report], false);
    await core.clock.advance(0);
    should(statuses()).eql(['ACCEPTED', 'SENT_OK', 'DELIVERED']);
  });

  it('keep the gateway from being asked at its pace only when they come from its own address', async () => {
    await sentOne();
    await push([], [{ ...somebodys, status_code: 0 }], false);
    should(core.gateways.of('gateway')?.sms.isPushed).be.false();
    await push([], [{ ...somebodys, status_code: 0 }], true);
    should(core.gateways.of('gateway')?.sms.isPushed).be.true();
  });
});
