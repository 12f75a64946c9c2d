import should from 'should';
import type { DeliveryStatus } from '../../../../lib/gateway-api';
import { ReportLooks } from '../../../../lib/messaging/clocks/ReportLooks';

const report = (more: Partial<DeliveryStatus> = {}): DeliveryStatus => ({
  ...{ port: 1, number: '+43 664 12345678', ref_id: 7, status_code: 0, time: '2024-01-15 12:00:00' },
  ...more,
});

describe('when a delivery report came to light', () => {
  let looks: ReportLooks;
  beforeEach(() => {
    looks = new ReportLooks();
  });

  it('is after the last look for its number that didn’t show it, and not later than the one that did', () => {
    looks.add(['+4366412345678'], [], 100);
    looks.add(['+4366412345678'], [report()], 200);
    looks.add(['+4366412345678'], [report()], 300);
    should(looks.of(report())).eql({ after: 100, by: 200 });
  });

  it('isn’t known of one that no look has shown, nor its beginning where none was made before', () => {
    const [never, ever] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    should(looks.of(report())).eql({ after: never, by: ever });
    looks.add(['+4399912345'], [], 100);
    looks.add(['+4366412345678'], [report()], 200);
    should(looks.of(report())).eql({ after: never, by: 200 });
  });

  it('is the same however the gateway writes the number: its last eight digits tell', () => {
    looks.add(['0664/12345678'], [], 100);
    looks.add([], [report({ number: '(0664) 1234-5678' })], 200);
    should(looks.of(report({ number: '4366412345678' }))).eql({ after: 100, by: 200 });
    should(looks.of(report({ number: '4366412345679' })).by).equal(Number.POSITIVE_INFINITY);
  });

  it('is another one’s where port, reference, status or time differ', () => {
    looks.add([], [report()], 200);
    for (const other of [{ port: 2 }, { ref_id: 8 }, { status_code: 1 }, { time: '2024-01-15 12:00:01' }])
      should(looks.of(report(other)).by).equal(Number.POSITIVE_INFINITY);
    should(looks.of(report({ port: 11, ref_id: undefined })).by).equal(Number.POSITIVE_INFINITY);
  });

  it('is remembered by few characters, however long a time is', () => {
    looks.add([], [report({ time: 'x'.repeat(1000) })], 200);
    const { reports } = looks as unknown as { reports: { map?: Map<string, unknown> } };
    should(looks.of(report({ time: 'x'.repeat(2000) }))).match({ by: 200 });
    should(JSON.stringify(reports).length).be.below(1000);
  });
});
