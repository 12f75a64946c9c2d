import should from 'should';
import type { DeliveryStatus, SmsResult } from '../../../../../lib/gateway-api';
import { startScripted } from '../../../../support/core';

type Core = Awaited<ReturnType<typeof startScripted>>;

const SECOND = 1000;
const HOUR = 3600 * SECOND;

describe('following an SMS', () => {
  let core: Core;
  beforeEach(async () => {
    core = await startScripted();
  });
  afterEach(() => core.close());

  const sentOne = async (options: object = {}): Promise<number> => {
    await core.take(options);
    await core.clock.advance(0);
    return core.api.sent.at(-1)?.param.at(-1)?.user_id ?? -1;
  };
  const result = (user_id: number | undefined, more: Partial<SmsResult> = {}): SmsResult => ({
    number: '123456',
    ...(user_id !== undefined && { user_id }),
    status: 'SENT_OK',
    port: 1,
    count: 1,
    succ_count: 1,
    ref_id: 7,
    time: '2024-01-15 12:00:05',
    ...more,
  });
  const report = (status_code: number, more: Partial<DeliveryStatus> = {}): DeliveryStatus => ({
    number: '123456',
    port: 1,
    ref_id: 7,
    status_code,
    time: '2024-01-15 12:00:05',
    ...more,
  });
  const statuses = (): string[] => core.updates.all.map(({ status }) => status);
  const push = (results: SmsResult[], reports: DeliveryStatus[] = []) =>
    core.gateways.of('gateway')?.pushed({ results, reports });

  it('asks for an accepted SMS after three seconds, by its user_id', async () => {
    const id = await sentOne();
    await core.clock.advance(2.9 * SECOND);
    should(core.api.asked).be.empty();
    await core.clock.advance(0.2 * SECOND);
    should(core.api.asked).eql([{ user_id: [id] }]);
  });

  it('asks ever less often while nothing changes, and for nothing that is over', async () => {
    const id = await sentOne();
    core.api.waiting = 1;
    await core.clock.advance(60 * SECOND);
    const atFirst = core.api.asked.length;
    should(atFirst).be.within(5, 8);
    await core.clock.advance(60 * SECOND);
    should(core.api.asked.length - atFirst).be.below(atFirst);
    core.api.results = [result(id, { status: 'FAILED', succ_count: 0 })];
    await core.clock.advance(120 * SECOND);
    const asked = core.api.asked.length;
    await core.clock.advance(HOUR);
    should(core.api.asked).have.length(asked);
    should(statuses()).eql(['ACCEPTED', 'FAILED']);
  });

  it('asks for at most 32 ids at a time', async () => {
    core.join({ settings: { queueLimit: 0 } });
    await core.clock.advance(0);
    await core.take({ to: Array.from({ length: 100 }, (_, place) => String(7000 + place)) });
    await core.clock.advance(4 * SECOND);
    should(core.api.asked.map(({ user_id }) => user_id?.length)).eql([32, 32, 32, 4]);
  });

  it('asks less often while pushes arrive', async () => {
    const id = await sentOne();
    await push([result(id, { status: 'SENDING', number: '123456' })]);
    await core.clock.advance(11 * SECOND);
    should(core.api.asked.length).be.belowOrEqual(1);
  });

  it('asks in one question for what falls due within two seconds', async () => {
    const first = await sentOne();
    await core.clock.advance(1.5 * SECOND);
    const second = await sentOne({ to: '7654321' });
    await core.clock.advance(1.6 * SECOND);
    should(core.api.asked).eql([{ user_id: [first, second] }]);
  });

  it('asks as often as without pushes when three SMS in a row have gone out and none told of it', async () => {
    await push([result(1)]);
    const ids = [];
    for (const to of ['101', '102', '103']) ids.push(await sentOne({ to, statusReport: false }));
    await core.clock.advance(11 * SECOND);
    should(core.api.asked).be.empty();
    core.api.results = ids.map((user_id, place) => result(user_id, { number: `10${place + 1}`, ref_id: place }));
    await core.clock.advance(2 * SECOND);
    const asked = core.api.asked.length;
    const next = await sentOne({ to: '104' });
    await core.clock.advance(3.1 * SECOND);
    should(core.api.asked.slice(asked)).eql([{ user_id: [next] }]);
  });

  it('asks for the delivery reports of what is on air, where no push brings them', async () => {
    const id = await sentOne({ until: 'delivered' });
    core.api.results = [result(id)];
    core.api.reports = [report(0)];
    await core.clock.advance(4 * SECOND);
    should(core.api.askedReports).eql([{ number: ['123456'] }]);
    should(statuses()).eql(['ACCEPTED', 'SENT_OK', 'DELIVERED']);
    should(core.outcomes.all[0]?.outcome).match({ ok: true, delivered: 1 });
  });

  it('says UNDELIVERED when a report has a permanent error', async () => {
    const id = await sentOne({ until: 'delivered' });
    await push([result(id)], [report(70)]);
    should(core.outcomes.all[0]?.outcome).match({
      ok: false,
      recipients: [{ status: 'UNDELIVERED', status_code: 70 }],
    });
  });

  it('waits on after a temporary error', async () => {
    const id = await sentOne({ until: 'delivered' });
    await push([result(id)], [report(32)]);
    should(core.outcomes.all).be.empty();
    await push([], [report(0)]);
    should(core.outcomes.all[0]?.outcome).match({ ok: true });
  });

  it('delivers a long SMS when all its references are reported, past 255 as well', async () => {
    const id = await sentOne({ until: 'delivered' });
    await push([result(id, { count: 3, succ_count: 3, ref_id: 254 })]);
    await push([], [report(0, { ref_id: 254 }), report(0, { ref_id: 0 })]);
    should(core.outcomes.all).be.empty();
    await push([], [report(0, { ref_id: 255 })]);
    should(core.outcomes.all[0]?.outcome).match({ ok: true, recipients: [{ status: 'DELIVERED', status_code: 0 }] });
  });

  it('is PARTIAL when only some segments went out', async () => {
    const id = await sentOne();
    await push([result(id, { status: 'FAILED', count: 3, succ_count: 1 })]);
    should(core.outcomes.all[0]?.outcome).match({ ok: false, recipients: [{ status: 'PARTIAL' }] });
  });

  it('never goes back: a late SENDING or SENT_OK changes nothing', async () => {
    const id = await sentOne();
    await push([result(id, { status: 'DELIVERED' })]);
    await push([result(id, { status: 'SENDING' }), result(id), result(id, { status: 'FAILED' })]);
    should(statuses()).eql(['ACCEPTED', 'DELIVERED']);
  });

  it('takes a result without user_id for the only SMS it can mean', async () => {
    await sentOne();
    await push([result(undefined)]);
    should(statuses()).eql(['ACCEPTED', 'SENT_OK']);
  });

  it('asks rather than guesses when a result without user_id can mean two SMS', async () => {
    core.join({ settings: { queueLimit: 0, combine: 'off' } });
    await sentOne({ text: 'one' });
    await sentOne({ text: 'two' });
    const asked = core.api.asked.length;
    await push([result(undefined)]);
    should(statuses()).eql(['ACCEPTED', 'ACCEPTED']);
    await core.clock.advance(0);
    should(core.api.asked.length).equal(asked + 1);
  });

  it('recognises a push without user_id that comes twice, also when the next SMS to that number waits', async () => {
    await sentOne({ text: 'one' });
    await push([result(undefined, { status: 'DELIVERED' })]);
    await sentOne({ text: 'two' });
    await push([result(undefined, { status: 'DELIVERED' })]);
    should(statuses()).eql(['ACCEPTED', 'DELIVERED', 'ACCEPTED']);
  });

  it('knows a number by all its forms', async () => {
    const id = await sentOne({ to: '+43664123' });
    await push([result(undefined, { number: '0043664123' })]);
    await push([], [report(0, { number: '43664123' })]);
    should(id).be.above(0);
    should(statuses()).eql(['ACCEPTED', 'SENT_OK', 'DELIVERED']);
  });

  it('passes over results of others', async () => {
    const id = await sentOne();
    await push([result(id, { number: '999' }), result(4, {}), result(undefined, { number: '999' })]);
    should(statuses()).eql(['ACCEPTED']);
  });

  it('leaves a report to the SMS whose port and reference it names', async () => {
    const id = await sentOne({ until: 'delivered' });
    await push([result(id)], [report(0, { port: 0 }), report(0, { ref_id: 9 })]);
    should(statuses()).eql(['ACCEPTED', 'SENT_OK']);
  });

  it('takes a polled report that is stamped eight hours before its result: they go by two clocks', async () => {
    const id = await sentOne({ until: 'delivered' });
    core.api.results = [result(id)];
    core.api.reports = [report(0, { time: '2024-01-15 04:00:09', time_iso: '2024-01-15T04:00:09.000Z' })];
    await core.clock.advance(4 * SECOND);
    should(statuses()).eql(['ACCEPTED', 'SENT_OK', 'DELIVERED']);
  });

  it('takes a report that no look before has shown, however old its stamp', async () => {
    const id = await sentOne({ until: 'delivered' });
    core.api.results = [result(id)];
    await core.clock.advance(4 * SECOND);
    core.api.reports = [report(70, { time: '2004-01-01 00:00:00', time_iso: '2004-01-01T00:00:00.000Z' })];
    await core.clock.advance(10 * SECOND);
    should(statuses()).eql(['ACCEPTED', 'SENT_OK', 'UNDELIVERED']);
  });

  it('takes no polled report that is older than the SMS', async () => {
    const id = await sentOne({ until: 'delivered' });
    core.api.results = [result(id)];
    core.api.reports = [report(0, { time: '2024-01-14 09:00:00' })];
    await core.clock.advance(60 * SECOND);
    should(statuses()).eql(['ACCEPTED', 'SENT_OK']);
  });

  it('lets SENT_OK be the last word when no report came for 72 hours', async () => {
    const id = await sentOne({ until: 'delivered', wait: 0 });
    core.api.results = [result(id)];
    await core.clock.advance(71 * HOUR);
    should(core.outcomes.all).be.empty();
    await core.clock.advance(3 * HOUR);
    should(core.outcomes.all[0]?.outcome).match({ ok: false, failed: 1, sent: 1, recipients: [{ status: 'SENT_OK' }] });
    const asked = core.api.asked.length;
    await core.clock.advance(24 * HOUR);
    should(core.api.asked).have.length(asked);
  });

  const german = { to: '01701234567', until: 'delivered' };

  it('gives a report with the number in another writing, or without one, to the SMS of its port and reference', async () => {
    for (const number of ['+491701234567', '', 'withheld']) {
      const id = await sentOne(german);
      await push([result(id, { number: '01701234567', ref_id: id % 200 })], []);
      await push([], [report(0, { number, ref_id: id % 200 })]);
      should(statuses().at(-1)).equal('DELIVERED', number);
    }
  });

  it('gives no report to an SMS whose last digits contradict', async () => {
    const id = await sentOne(german);
    await push([result(id, { number: '01701234567' })], [report(0, { number: '+491701234568' })]);
    should(statuses().at(-1)).equal('SENT_OK');
  });

  it('takes a result with its user_id for its own in another writing of its number', async () => {
    const id = await sentOne({ to: '+491701234567' });
    await push([result(id, { number: '01701234567' })]);
    should(statuses()).eql(['ACCEPTED', 'SENT_OK']);
  });

  it('guesses nothing between two SMS to numbers that end alike', async () => {
    core.join({ settings: { queueLimit: 0 } });
    await sentOne({ to: ['+491701234567', '01701234567'] });
    core.api.asked.length = 0;
    await push([result(undefined, { number: '01701234567' })]);
    should(statuses().filter((status) => status === 'SENT_OK')).be.empty();
    await core.clock.advance(0);
    should(core.api.asked).not.be.empty();
  });

  it('asks by its plan, not again and again, while the list of reports can mean two SMS', async () => {
    core.join({ settings: { queueLimit: 0, combine: 'off' } });
    const first = await sentOne({ text: 'one', until: 'delivered' });
    const second = await sentOne({ text: 'two', until: 'delivered' });
    await push([result(first)]);
    await core.clock.advance(7 * SECOND);
    await push([result(second)]);
    core.api.results = [result(first), result(second)];
    core.api.reports = [report(0, { time: '2024-01-15 12:00:30' })];
    const { asked } = core.api;
    core.api.querySmsResult = async (filter) => {
      asked.push(filter);
      if (asked.length > 100) throw new Error('asked too often');
      return { error_code: 200, result: core.api.results };
    };
    await core.clock.advance(10 * 60 * SECOND);
    should(asked.length).be.within(4, 40);
    should(core.api.askedReports.length).be.within(4, 40);
    should(statuses()).not.containEql('DELIVERED');
  });
});
