import fc from 'fast-check';
import should from 'should';
import type { DeliveryStatus, SmsResult } from '../../../../../lib/gateway-api';
import { ofReport, ofResult } from '../../../../../lib/messaging/sms/correlation/match';
import type { StoredSms } from '../../../../../lib/store';
import { idsOf } from '../../../store/conformance/given';
import { acceptedSms, sentSms } from '../../given';

const NUMBER = '+491701234567';
const report = (fields: Partial<DeliveryStatus> = {}): DeliveryStatus => ({
  port: 1,
  number: NUMBER,
  ref_id: 12,
  status_code: 0,
  ...fields,
});
const result = (fields: Partial<SmsResult> = {}): SmsResult => ({
  port: 1,
  number: NUMBER,
  status: 'SENT_OK',
  ref_id: 12,
  ...fields,
});

describe('tracker: whose delivery report it is', () => {
  it("is that of the SMS with its port, its number and its reference (the manual's example, 4.4)", () => {
    const sms = sentSms({ port: 0, number: '12351', ref_id: 12 });
    should(ofReport([sms], report({ port: 0, number: '12351' }))).deepEqual([sms]);
    should(ofReport([sms], report({ port: 1, number: '12351' }))).be.empty();
    should(ofReport([sms], report({ port: 0, number: '12352' }))).be.empty();
    should(ofReport([sms], report({ port: 0, number: '12351', ref_id: 13 }))).be.empty();
    const withoutReference = acceptedSms({ number: '12351', port: 0 });
    should(ofReport([withoutReference], report({ port: 0, number: '12351' }))).be.empty();
  });

  it('covers the references of all segments, which begin again at 0 after 255 (manual 17.4)', () => {
    const long = sentSms({ ref_id: 254, count: 4 });
    const covered = Array.from({ length: 256 }, (_, ref_id) => ref_id).filter(
      (ref_id) => ofReport([long], report({ ref_id })).length > 0,
    );
    should(covered).deepEqual([0, 1, 254, 255]);
  });

  it('is every SMS it can belong to and no other, so that none is guessed', () => {
    const sms = fc
      .record({
        port: fc.nat(1),
        ref_id: fc.oneof(fc.nat(4), fc.integer({ min: 251, max: 255 })),
        count: fc.integer({ min: 1, max: 4 }),
        number: fc.constantFrom(NUMBER, '+492'),
      })
      .map(sentSms);
    const reference = fc.oneof(fc.nat(6), fc.integer({ min: 249, max: 255 }));
    fc.assert(
      fc.property(fc.array(sms), fc.nat(1), reference, (all, port, ref_id) => {
        const segmentsOf = ({ ref_id: first = 0, count = 0 }: StoredSms): number[] =>
          Array.from({ length: count }, (_, segment) => (first + segment) % 256);
        const expected = all.filter(
          (one) => one.port === port && one.number === NUMBER && segmentsOf(one).includes(ref_id),
        );
        should(idsOf(ofReport(all, report({ port, ref_id })))).deepEqual(idsOf(expected));
      }),
    );
  });

  it('is the younger SMS with that reference when the older one has had its report', () => {
    const older = sentSms({ count: 2, reports: { 12: 0 } });
    const younger = sentSms();
    should(ofReport([older, younger], report())).deepEqual([younger]);
    const stillWaiting = sentSms({ count: 2, reports: { 12: 48 } });
    should(ofReport([stillWaiting, younger], report())).deepEqual([stillWaiting, younger]);
  });
});

describe('tracker: whose result without a user_id it is', () => {
  const known = sentSms();
  const open = acceptedSms();
  const other = acceptedSms();

  it('is that of the SMS that has its port and reference already', () => {
    should(ofResult([open, known, other], result({ status: 'DELIVERED' }))).deepEqual([known]);
  });

  it('is that of the only SMS to that number that has no reference yet', () => {
    should(ofResult([open, sentSms({ ref_id: 13 })], result())).deepEqual([open]);
    should(ofResult([acceptedSms({ number: '+492' }), open], result({ number: '00491701234567' }))).deepEqual([open]);
  });

  it('can be that of several, which are then all named', () => {
    should(ofResult([open, other], result())).deepEqual([open, other]);
    should(ofResult([sentSms({ id: 1 }), sentSms({ id: 2 })], result())).have.length(2);
  });

  it('is never that of an SMS that may not use that port, or used another', () => {
    const pinned = acceptedSms({ ports: [2, 3] });
    should(ofResult([pinned], result({ port: 1 }))).be.empty();
    should(ofResult([pinned], result({ port: 3 }))).deepEqual([pinned]);
    should(ofResult([pinned], result({ port: undefined }))).deepEqual([pinned]);
    should(ofResult([sentSms({ port: 2 })], result({ port: 3 }))).be.empty();
  });

  it('may be that of an SMS of which the queue shows another port or reference, and not surely that of another SMS', () => {
    const queued = acceptedSms({ status: 'SENDING', port: 2, ref_id: 0 });
    const unknown = acceptedSms({ stage: 'unknown', status: 'UNKNOWN' });
    should(ofResult([queued, unknown], result({ port: 3 }))).deepEqual([queued, unknown]);
    should(ofResult([queued, unknown], result({ port: 2, ref_id: 0 }))).deepEqual([queued, unknown]);
  });

  it("can be anybody's when it has no reference: one that has its own already is not passed over", () => {
    const bare = result({ ref_id: undefined, port: undefined });
    should(ofResult([open, known], bare)).deepEqual([open, known]);
    should(ofResult([open, known], result({ ref_id: undefined, port: 2 }))).deepEqual([open]);
  });

  it("can be anybody's with that reference, or without one, when it names no port: each port counts for itself", () => {
    const elsewhere = sentSms({ port: 2 });
    const unlike = sentSms({ ref_id: 13 });
    should(ofResult([open, known, elsewhere, unlike], result({ port: undefined }))).deepEqual([known, elsewhere, open]);
  });

  it('is that of the very SMS whose sending it tells of, also when that one is done: a push may come twice', () => {
    const time = '2024-01-15 10:00:00';
    const delivered = sentSms({ stage: 'done', status: 'DELIVERED', time });
    should(ofResult([delivered, open], result({ status: 'DELIVERED', time }))).deepEqual([delivered]);
    // After 256 SMS the reference comes again.
    should(ofResult([delivered, open], result({ time: '2024-01-15 10:30:00' }))).deepEqual([open]);
    should(ofResult([sentSms({ time }), known], result({ time }))).have.length(1);
  });

  it('is that of the SMS that is done also where results name no port, or where it is not known of the SMS', () => {
    const time = '2024-01-15 10:00:00';
    const [bare, known] = [undefined, 1].map((port) => sentSms({ stage: 'done', status: 'DELIVERED', port, time }));
    for (const sms of [bare, known]) {
      for (const port of [undefined, 1])
        should(ofResult([sms as StoredSms, open], result({ port, time }))).deepEqual([sms]);
    }
  });

  it('is that of no SMS that is done where its time or its reference is not told', () => {
    const done = sentSms({ stage: 'done', time: undefined, ref_id: undefined });
    should(ofResult([done, open], result({ time: '2024-01-15 10:00:00', ref_id: undefined }))).deepEqual([open]);
    should(ofResult([done, open], result({ time: undefined, ref_id: undefined }))).deepEqual([open]);
    should(ofResult([{ ...done, ref_id: 12 }, open], result({ time: undefined }))).deepEqual([open]);
    const bare = sentSms({ stage: 'done', time: '2024-01-15 10:00:00', ref_id: undefined });
    should(ofResult([bare, open], result({ time: bare.time, ref_id: undefined }))).deepEqual([open]);
  });

  it('may be that of an SMS on air whose port or reference was never told', () => {
    for (const sms of [sentSms({ ref_id: undefined }), sentSms({ port: undefined, ref_id: undefined })])
      should(ofResult([sms], result())).deepEqual([sms]);
  });

  it('is never that of an SMS that is done and was sent at another time', () => {
    const time = '2024-01-15 10:00:00';
    for (const other of [
      { time: '2024-01-15 10:00:01' },
      { port: 2, time },
      { ref_id: 13, time },
      { time: undefined },
    ]) {
      should(ofResult([sentSms({ stage: 'done', time })], result(other))).be.empty();
    }
    should(ofResult([sentSms({ stage: 'done' })], result())).be.empty();
  });

  it("is nobody's when it comes from another program", () => {
    should(ofResult([known, open], result({ number: '10086' }))).be.empty();
    should(ofResult([], result())).be.empty();
  });
});
