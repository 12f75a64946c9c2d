import should from 'should';
import type { DeliveryStatus } from '../../../../lib/gateway-api';
import { GatewayClocks } from '../../../../lib/messaging/clocks/GatewayClocks';
import { ReportLooks } from '../../../../lib/messaging/clocks/ReportLooks';
import { FakeClock } from '../../../support/FakeClock';
import { sentSms } from '../given';

const HOUR = 3_600_000;
const SENT = Date.parse('2026-11-28T12:00:00Z');
const written = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

describe('a polled delivery report', () => {
  const report = (at: number, fields: Partial<DeliveryStatus> = {}): DeliveryStatus => ({
    port: 1,
    number: '+491701234567',
    ref_id: 12,
    status_code: 0,
    time: written(at),
    time_iso: new Date(at).toISOString(),
    ...fields,
  });
  const sms = (at = SENT) =>
    sentSms({ time: written(at), history: [{ status: 'ACCEPTED', at, by: 'answer' }], number: '+491701234567' });
  const looked = (clocks: GatewayClocks, reports: DeliveryStatus[], at: number) =>
    clocks.sawReports(['+491701234567'], reports, at);

  it("may be an SMS's though it is stamped hours before the result: two clocks made them", () => {
    for (const hours of [-8, -14, -25, 8, 14]) {
      const clocks = new GatewayClocks(new FakeClock());
      const one = report(SENT + hours * HOUR);
      looked(clocks, [one], SENT + 20_000);
      should(clocks.mayBeOf(sms(), one)).be.true(`${hours} h`);
    }
  });

  it('is ours whatever its time when the look before, after our sending, did not show it', () => {
    const clocks = new GatewayClocks(new FakeClock());
    looked(clocks, [], SENT + 5000);
    const one = report(SENT - 500 * 24 * HOUR);
    looked(clocks, [one], SENT + 15_000);
    should(clocks.mayBeOf(sms(), one)).be.true();
    // What is older than the gateway's memory of our looks stays ours in the looks that follow.
    looked(clocks, [one], SENT + 3 * HOUR);
    should(clocks.mayBeOf(sms(), one)).be.true();
  });

  it("is an older SMS's when a look before our sending showed it", () => {
    const clocks = new GatewayClocks(new FakeClock());
    const one = report(SENT - HOUR);
    looked(clocks, [one], SENT - HOUR / 2);
    looked(clocks, [one], SENT + 5000);
    should(clocks.mayBeOf(sms(), one)).be.false();
  });

  it('is told by its time once that clock is learned', () => {
    const clocks = new GatewayClocks(new FakeClock());
    // The network is 8 hours behind: learned from a pushed report of another SMS.
    clocks.sawReport(sms(SENT - 3 * HOUR), report(SENT - 11 * HOUR, { ref_id: 11 }), 'push', SENT - 3 * HOUR + 9000);
    const [old, fresh] = [report(SENT - 9 * HOUR), report(SENT - 8 * HOUR + 6000)];
    looked(clocks, [old, fresh], SENT + 9000);
    should(clocks.mayBeOf(sms(), old)).be.false();
    should(clocks.mayBeOf(sms(), fresh)).be.true();
    should(clocks.networkAhead).equal(-8 * HOUR);
  });

  it('is not dropped while that clock is being learned anew', () => {
    const clocks = new GatewayClocks(new FakeClock());
    clocks.sawReport(
      sms(SENT - 3 * HOUR),
      report(SENT - 3 * HOUR + 5000, { ref_id: 10 }),
      'push',
      SENT - 3 * HOUR + 9000,
    );
    clocks.sawReport(sms(SENT - HOUR), report(SENT - 9 * HOUR, { ref_id: 11 }), 'push', SENT - HOUR + 9000);
    const one = report(SENT - 8 * HOUR);
    looked(clocks, [one], SENT + 9000);
    should(clocks.mayBeOf(sms(), one)).be.true();
  });

  it("is an older SMS's where nothing is learned and no zone explains its time", () => {
    const clocks = new GatewayClocks(new FakeClock());
    const one = report(SENT - 72 * HOUR);
    looked(clocks, [one], SENT + 9000);
    should(clocks.mayBeOf(sms(), one)).be.false();
  });

  it("may be an SMS's where its time cannot be read, or the SMS has none", () => {
    const clocks = new GatewayClocks(new FakeClock());
    for (const one of [
      report(SENT, { time: undefined, time_iso: undefined }),
      report(SENT, { time: 'yesterday', time_iso: undefined }),
    ]) {
      looked(clocks, [one], SENT + 9000);
      should(clocks.mayBeOf(sms(), one)).be.true();
    }
    const one = report(SENT - 72 * HOUR);
    should(clocks.mayBeOf(sentSms(), one)).be.true();
  });

  it('is remembered for a bounded number of reports and numbers', () => {
    const looks = new ReportLooks();
    for (let ref_id = 0; ref_id < 12_000; ref_id++) looks.add([String(ref_id)], [report(SENT + ref_id * 1000)], ref_id);
    should(looks.of(report(SENT)).by).equal(Number.POSITIVE_INFINITY);
    should(looks.of(report(SENT + 11_999_000)).by).equal(11_999);
  });
});

describe('what is known of a gateway’s clocks when our own steps', () => {
  const DAY = 24 * HOUR;
  const at = (clock: FakeClock, before: number) => clock.now() - before;

  for (const step of [-DAY, -2 * HOUR, 120_000, 27 * DAY]) {
    it(`holds: which report is new, and how far they differ (${step / 1000} s)`, async () => {
      const clock = new FakeClock();
      const clocks = new GatewayClocks(clock);
      const report = (ref_id: number): DeliveryStatus => ({ port: 1, number: '123', ref_id, status_code: 0 });
      const old = report(1);
      clocks.sawReports(['123'], [], clock.now());
      await clock.advance(1000);
      clocks.sawReports(['123'], [old], clock.now());
      clocks.sawIncoming(new Date(clock.now() - 8 * HOUR).toISOString(), clock.now());
      await clock.advance(600_000);
      const sms = (before: number) =>
        sentSms({ number: '123', history: [{ status: 'ACCEPTED', at: at(clock, before), by: 'answer' }] });
      clocks.sawReports(['123'], [old], clock.now());
      clock.step(step);
      await clock.advance(10_000);
      // Accepted 5 s before the step, as the store tells it now.
      clocks.sawReports(['123'], [old, report(2)], clock.now());
      should(clocks.mayBeOf(sms(15_000), old)).be.false();
      should(clocks.mayBeOf(sms(10_000), report(2))).be.true();
      should(clocks.networkAhead).be.approximately(-8 * HOUR - step, 10 * 60_000);
    });
  }
});

describe('the two clocks of a gateway', () => {
  it('are learned apart, the device by results, the network by incoming SMS', () => {
    const clocks = new GatewayClocks(new FakeClock());
    const at = SENT - 14 * HOUR + 5000;
    const sms = sentSms({ time: undefined, history: [{ status: 'ACCEPTED', at: SENT, by: 'answer' }] });
    const result = {
      number: sms.number,
      status: 'SENT_OK',
      time: written(at),
      time_iso: new Date(at).toISOString(),
    } as const;
    clocks.sawResult(sms, { ...result, status: 'SENDING' }, SENT + 3000);
    should(clocks.deviceAhead).be.undefined();
    clocks.sawResult(sms, result, SENT + 9000);
    clocks.sawIncoming(new Date(SENT).toISOString(), SENT + 4000);
    should(clocks.deviceAhead).equal(-14 * HOUR);
    should(clocks.networkAhead).equal(0);
  });

  it('are told in whole seconds, each as far as it is known', () => {
    const at = (hours: number): string => new Date(SENT + hours * HOUR).toISOString();
    const sms = sentSms({ time: undefined, history: [{ status: 'ACCEPTED', at: SENT, by: 'answer' }] });
    const clocks = new GatewayClocks(new FakeClock());
    should(clocks.ahead).deepEqual({});
    clocks.sawIncoming(undefined, SENT);
    clocks.sawIncoming(at(8), SENT + 4000);
    should(clocks.ahead).deepEqual({ network: 8 * 3600 });
    const result = { number: sms.number, status: 'SENT_OK', time: '2026-11-28 06:00:00' } as const;
    clocks.sawResult(sms, result, SENT + 5000);
    should(clocks.ahead).deepEqual({ network: 8 * 3600 });
    clocks.sawResult(sms, { ...result, time_iso: at(-6) }, SENT + 5000);
    should(clocks.ahead).deepEqual({ device: -6 * 3600, network: 8 * 3600 });
  });

  it('learn nothing from a result that is told once more: its time is as old as that of the first', () => {
    const clocks = new GatewayClocks(new FakeClock());
    const time = '2026-11-28 04:00:00';
    const sms = sentSms({ time, history: [{ status: 'ACCEPTED', at: SENT, by: 'answer' }] });
    const again = { number: sms.number, status: 'SENT_OK', time, time_iso: new Date(SENT - 8 * HOUR).toISOString() };
    clocks.sawResult(sms, again, SENT + 9000);
    should(clocks.deviceAhead).be.undefined();
  });

  it('learn nothing from a polled report that may have been there before', () => {
    const report = {
      port: 1,
      number: '123',
      ref_id: 12,
      status_code: 0,
      time_iso: new Date(SENT - 8 * HOUR).toISOString(),
    };
    const sms = sentSms({ number: '123', history: [{ status: 'ACCEPTED', at: SENT, by: 'answer' }] });
    const [polled, pushed] = [new GatewayClocks(new FakeClock()), new GatewayClocks(new FakeClock())];
    polled.sawReports(['123'], [report], SENT + 5000);
    polled.sawReport(sms, report, 'poll', SENT + 5000);
    should(polled.networkAhead).be.undefined();
    pushed.sawReport(sms, report, 'push', SENT + 5000);
    should(pushed.networkAhead).equal(-8 * HOUR);
    const fresh = new GatewayClocks(new FakeClock());
    fresh.sawReports(['123'], [], SENT + 1000);
    fresh.sawReports(['123'], [report], SENT + 5000);
    fresh.sawReport(sms, report, 'poll', SENT + 5000);
    should(fresh.networkAhead).equal(-8 * HOUR);
  });

  it('learn nothing from an SMS of which it isn’t known when the gateway answered', () => {
    const at = SENT - 8 * HOUR;
    for (const entry of [
      { status: 'ACCEPTED', by: 'reconcile' },
      { status: 'SENT_OK', by: 'answer' },
    ] as const) {
      const clocks = new GatewayClocks(new FakeClock());
      const sms = sentSms({ time: undefined, history: [{ ...entry, at: SENT }] });
      const times = { time: written(at), time_iso: new Date(at).toISOString() };
      clocks.sawResult(sms, { number: '1', status: 'SENT_OK', ...times }, SENT + 9000);
      should(clocks.deviceAhead).be.undefined();
    }
  });
});
