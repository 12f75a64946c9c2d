import fc from 'fast-check';
import should from 'should';
import type { DeliveryStatus, SmsResult } from '../../../../../lib/gateway-api';
import { ofReport } from '../../../../../lib/messaging/sms/correlation/match';
import { mergeReport } from '../../../../../lib/messaging/sms/ledger/reports';
import { mergeResult } from '../../../../../lib/messaging/sms/ledger/results';
import type { Change } from '../../../../../lib/messaging/sms/ledger/status';
import type { SmsStatus, StoredSms } from '../../../../../lib/store';
import { START } from '../../../../support/FakeClock';
import { acceptedSms, sentSms, storedSms } from '../../given';

/** From the bottom upward; statuses on one level exclude each other. */
const LEVELS: SmsStatus[][] = [
  ['QUEUED', 'UNKNOWN'],
  ['ACCEPTED'],
  ['SENDING'],
  ['SENT_OK'],
  ['DELIVERED', 'UNDELIVERED', 'FAILED', 'PARTIAL'],
];
const levelOf = (status: SmsStatus): number => LEVELS.findIndex((level) => level.includes(status));
const TOP = LEVELS.length - 1;

const result = (fields: Partial<SmsResult>): SmsResult => ({ number: '+491701234567', status: 'SENT_OK', ...fields });
const report = (ref_id: number, status_code: number): DeliveryStatus => ({
  port: 1,
  number: '+491701234567',
  ref_id,
  status_code,
});

const changed = (sms: StoredSms, change: Change | undefined): StoredSms => ({ ...sms, ...change });
const withResult = (sms: StoredSms, fields: Partial<SmsResult>): StoredSms =>
  changed(sms, mergeResult(sms, result(fields), START, 'push'));
const withReport = (sms: StoredSms, ref_id: number, code: number): StoredSms =>
  changed(sms, mergeReport(sms, report(ref_id, code), START, 'push'));

describe('tracker: a result', () => {
  it('leaves the instant of a time as it was first read: an hour later the same time may pass for the second one', () => {
    const [first, second] = ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'];
    const time = '2026-10-25 02:30:00';
    const sms = withResult(acceptedSms(), { time, time_iso: first, ref_id: 1 });
    should(withResult(sms, { status: 'DELIVERED', time, time_iso: second })).match({
      status: 'DELIVERED',
      time_iso: first,
    });
    const later = { status: 'DELIVERED', time: '2026-10-25 02:30:09', time_iso: second } as const;
    should(withResult(sms, later)).match({ time_iso: second });
  });

  it("moves an SMS to SENT_OK and tells its reference (the manual's example, 3.4)", () => {
    const sms = acceptedSms({ number: '12351' });
    const fields = { port: 0, time: '2014-12-21 12:06:01', count: 3, succ_count: 3, ref_id: 12 };
    const change = mergeResult(sms, result({ ...fields, user_id: 1, number: '12351' }), START, 'poll');
    should(change).deepEqual({
      status: 'SENT_OK',
      stage: 'sent',
      history: [...sms.history, { status: 'SENT_OK', at: START, by: 'poll' }],
      polls: 0,
      error: undefined,
      ...fields,
    });
  });

  it('awaits no delivery report where none was asked for', () => {
    should(withResult(acceptedSms({ request_status_report: false }), { status: 'SENT_OK' }).stage).equal('done');
    should(withResult(acceptedSms(), { status: 'SENT_OK' }).stage).equal('sent');
    should(withResult(acceptedSms(), { status: 'SENDING' }).stage).equal('gateway');
  });

  it('is PARTIAL where only some segments went out and failures are counted', () => {
    for (const more of [{ status: 'FAILED' }, { status: 'SENT_OK', fail_count: 2 }]) {
      should(withResult(acceptedSms(), { ...more, count: 3, succ_count: 1 })).match({
        status: 'PARTIAL',
        stage: 'done',
      });
    }
    should(withResult(acceptedSms(), { status: 'SENT_OK', count: 3, succ_count: 1, fail_count: 1 })).match({
      status: 'SENDING',
    });
    should(withResult(acceptedSms(), { status: 'FAILED', count: 3, succ_count: 0 }).status).equal('FAILED');
    should(withResult(acceptedSms(), { status: 'FAILED' }).status).equal('FAILED');
    const none = { status: 'SENT_OK', count: 3, succ_count: 0, fail_count: 3 };
    should(withResult(acceptedSms(), none).status).equal('FAILED');
    should(withResult(acceptedSms(), { status: 'SENT_OK', count: 3, succ_count: 3 }).status).equal('SENT_OK');
    should(withResult(acceptedSms(), { status: 'SENDING', count: 3, succ_count: 1 }).status).equal('SENDING');
  });

  it('that counts segments as they go out is final only when all are out, or nothing has moved for six polls', () => {
    const first = withResult(acceptedSms({ polls: 5 }), { status: 'SENT_OK', count: 3, succ_count: 1 });
    should(first).match({ status: 'SENDING', stage: 'gateway', succ_count: 1, polls: 0 });
    const second = withResult({ ...first, polls: 6 }, { status: 'SENT_OK', count: 3, succ_count: 2 });
    should(second).match({ status: 'SENDING', succ_count: 2, polls: 0 });
    should(withResult(second, { status: 'SENT_OK', count: 3, succ_count: 3 })).match({
      status: 'SENT_OK',
      stage: 'sent',
    });
    should(withResult({ ...second, polls: 5 }, { status: 'SENT_OK', count: 3, succ_count: 2 }).status).equal('SENDING');
    const still = withResult({ ...second, polls: 6 }, { status: 'SENT_OK', count: 3, succ_count: 2 });
    should(still).match({ status: 'PARTIAL', stage: 'done', succ_count: 2 });
  });

  it('in a word that isn’t known says only that the gateway has it, and ends UNKNOWN when it stays so', () => {
    should(mergeResult(acceptedSms({ polls: 7 }), result({ status: 'TIMEOUT' }), START, 'poll')).be.undefined();
    const stuck = withResult(acceptedSms({ polls: 8 }), { status: 'TIMEOUT' });
    should(stuck).match({ status: 'UNKNOWN', stage: 'unknown', error: { code: 'UNKNOWN_OUTCOME' } });
    should(stuck.error?.message).containEql('"TIMEOUT"');
    should(mergeResult({ ...stuck, polls: 9 }, result({ status: 'TIMEOUT' }), START, 'poll')).be.undefined();
    should(withResult(stuck, { status: 'DELIVERED' })).match({ status: 'DELIVERED', stage: 'done', error: undefined });
  });

  it('may be in another make’s words', () => {
    should(withResult(acceptedSms(), { status: 'SENT' }).status).equal('SENT_OK');
    should(withResult(acceptedSms(), { status: 'fail' }).status).equal('FAILED');
    should(withResult(acceptedSms(), { status: 'DELIVER_OK' })).match({ status: 'DELIVERED', status_code: 0 });
    should(withResult(acceptedSms(), { status: 'UNDELIVERED' })).match({ status: 'UNDELIVERED', stage: 'done' });
  });

  it('settles an SMS in doubt: the gateway has it', () => {
    const sms = storedSms({ stage: 'unknown', status: 'UNKNOWN', error: { code: 'UNKNOWN_OUTCOME', message: 'cut' } });
    should(withResult(sms, { status: 'SENDING' })).match({ status: 'SENDING', stage: 'gateway', error: undefined });
    should(withResult(sms, { status: 'DELIVERED' })).match({ status: 'DELIVERED', stage: 'done', status_code: 0 });
  });

  it('that says the status once more adds what was not known, and no history', () => {
    const sms = withResult(acceptedSms(), { status: 'SENT_OK' });
    const change = mergeResult(sms, result({ port: 1, ref_id: 0 }), START, 'poll');
    should(change).deepEqual({ port: 1, ref_id: 0 });
    should(mergeResult(changed(sms, change), result({ port: 2, ref_id: 5 }), START, 'poll')).be.undefined();
  });

  it('that comes late changes nothing', () => {
    const bare = withResult(acceptedSms(), { status: 'SENT_OK' });
    should(mergeResult(bare, result({ status: 'SENDING', port: 1, ref_id: 0 }), START, 'push')).be.undefined();
    for (const status of ['SENDING', 'QUEUED', 'whatever']) {
      should(mergeResult(sentSms(), result({ status, port: 7, ref_id: 99 }), START, 'push')).be.undefined();
    }
  });

  it('changes nothing of an SMS that has had its last word', () => {
    const overdue = sentSms({ stage: 'done' });
    should(mergeResult(overdue, result({ status: 'DELIVERED' }), START, 'push')).be.undefined();
    should(mergeReport(overdue, report(12, 0), START, 'push')).be.undefined();
    const refused = storedSms({ stage: 'done', status: 'REFUSED' });
    should(mergeResult(refused, result({ status: 'DELIVERED' }), START, 'push')).be.undefined();
  });
});

describe('tracker: delivery reports', () => {
  it('deliver an SMS of one segment with code 0', () => {
    should(withReport(sentSms(), 12, 0)).match({ status: 'DELIVERED', stage: 'done', status_code: 0 });
  });

  it('leave an SMS pending with a temporary error, and tell its code', () => {
    for (const code of [1, 31, 32, 63]) {
      should(withReport(sentSms(), 12, code)).match({ status: 'SENT_OK', stage: 'sent', status_code: code });
      should(withReport(withReport(sentSms(), 12, code), 12, 0)).match({ status: 'DELIVERED', status_code: 0 });
    }
  });

  it('end an SMS with a permanent error', () => {
    for (const code of [64, 255]) {
      should(withReport(sentSms(), 12, code)).match({ status: 'UNDELIVERED', stage: 'done', status_code: code });
    }
  });

  it('count also when they overtake the result that the SMS was sent', () => {
    const sending = acceptedSms({ status: 'SENDING', port: 1, ref_id: 12, count: 1 });
    should(withReport(sending, 12, 0)).match({ status: 'DELIVERED', stage: 'done' });
  });

  it('deliver a long SMS only when every segment has its 0, in whatever order they come', () => {
    const segments = fc.integer({ min: 1, max: 5 });
    const first = fc.oneof(fc.nat(255), fc.integer({ min: 250, max: 255 }));
    const scenario = fc.tuple(segments, first).chain(([count, ref_id]) => {
      const code = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 63 }));
      const one = fc.tuple(
        fc.nat(count - 1).map((segment) => (ref_id + segment) % 256),
        code,
      );
      return fc.tuple(fc.constant({ count, ref_id }), fc.array(one, { maxLength: 15 }));
    });
    fc.assert(
      fc.property(scenario, ([{ count, ref_id }, reports]) => {
        let sms = sentSms({ count, ref_id });
        const zeros = new Set<number>();
        for (const [reference, code] of reports) {
          sms = withReport(sms, reference, code);
          if (code === 0) zeros.add(reference);
          should(sms.status).equal(zeros.size === count ? 'DELIVERED' : 'SENT_OK');
          should(sms.status_code).equal(Math.max(...Object.values(sms.reports ?? {})));
        }
      }),
    );
  });

  it('tell the worst code of all segments', () => {
    let sms = sentSms({ count: 3, ref_id: 255 });
    sms = withReport(sms, 255, 0);
    sms = withReport(sms, 0, 48);
    should(sms).match({ status: 'SENT_OK', status_code: 48 });
    sms = withReport(sms, 1, 70);
    should(sms).match({ status: 'UNDELIVERED', status_code: 70, reports: { 255: 0, 0: 48, 1: 70 } });
  });

  it('count only for the references that the SMS was sent with in the end', () => {
    const sending = acceptedSms({ status: 'SENDING', port: 1, ref_id: 200, count: 3 });
    let sms = withResult(withReport(sending, 200, 0), { status: 'SENT_OK', ref_id: 12 });
    sms = withReport(withReport(sms, 12, 0), 13, 0);
    should(sms.status).equal('SENT_OK');
    should(withReport(sms, 14, 0).status).equal('DELIVERED');
  });

  it('come to the same code in whatever order temporary errors of one segment are told', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 63 }), { minLength: 1 }), (codes) => {
        const sms = codes.reduce((one, code) => withReport(one, 12, code), sentSms());
        should(sms.status_code).equal(Math.max(...codes));
      }),
    );
  });
});

describe('tracker: results and reports in any order', () => {
  type News = { result: Partial<SmsResult> } | { report: DeliveryStatus };

  const news: fc.Arbitrary<News> = fc.oneof(
    fc
      .record(
        {
          status: fc.constantFrom('SENDING', 'SENT_OK', 'DELIVERED', 'FAILED', 'something else'),
          port: fc.constant(1),
          ref_id: fc.constantFrom(255, 12),
          count: fc.constantFrom(1, 3),
          succ_count: fc.integer({ min: 0, max: 3 }),
        },
        { requiredKeys: ['status'] },
      )
      .map((fields) => ({ result: fields })),
    fc
      .tuple(fc.constantFrom(255, 0, 1, 12), fc.constantFrom(0, 0, 0, 32, 48, 64, 255))
      .map(([ref_id, code]) => ({ report: report(ref_id, code) })),
  );
  const begun = fc.constantFrom<Partial<StoredSms>>(
    {},
    { request_status_report: false },
    { stage: 'unknown', status: 'UNKNOWN', history: [{ status: 'UNKNOWN', at: START, by: 'answer' }] },
  );

  /** What a piece of news changes, as the tracker asks: a report only where it can be this SMS's. */
  function changeBy(sms: StoredSms, one: News): Change | undefined {
    if ('result' in one) return mergeResult(sms, result(one.result), START, 'poll');
    return ofReport([sms], one.report).length > 0 ? mergeReport(sms, one.report, START, 'poll') : undefined;
  }

  it('only move an SMS upward, each step told once, and the first final word stands', () => {
    fc.assert(
      fc.property(begun, fc.array(news, { maxLength: 20 }), (start, all) => {
        let sms = acceptedSms(start);
        for (const one of all) {
          const before = sms;
          sms = changed(before, changeBy(before, one));
          if (before.stage === 'done') should(sms).deepEqual(before);
          should(levelOf(sms.status)).be.aboveOrEqual(levelOf(before.status));
          const moved = sms.status !== before.status;
          should(sms.history.length - before.history.length).equal(moved ? 1 : 0);
          should(sms.history.at(-1)?.status).equal(sms.status);
          if (levelOf(sms.status) === TOP) should(sms.stage).equal('done');
        }
        const levels = sms.history.map(({ status }) => levelOf(status));
        should(levels).deepEqual([...new Set(levels)].sort());
      }),
      { numRuns: 200 },
    );
  });

  it('change nothing when they come twice', () => {
    fc.assert(
      fc.property(begun, fc.array(news, { maxLength: 20 }), (start, all) => {
        let sms = acceptedSms(start);
        for (const one of all) {
          sms = changed(sms, changeBy(sms, one));
          should(changeBy(sms, one)).be.undefined();
        }
      }),
      { numRuns: 200 },
    );
  });

  it('change nothing more however often the gateway is asked: it keeps its old records', () => {
    fc.assert(
      fc.property(begun, fc.array(news, { maxLength: 20 }), (start, all) => {
        const asked = (sms: StoredSms): StoredSms => all.reduce((one, each) => changed(one, changeBy(one, each)), sms);
        // Only with the reference, which the first answers may bring last, do the reports find their SMS.
        const twice = asked(asked(acceptedSms(start)));
        for (const one of all) should(changeBy(twice, one)).be.undefined();
      }),
      { numRuns: 200 },
    );
  });
});
