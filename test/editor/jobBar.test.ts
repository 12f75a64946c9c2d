import fc from 'fast-check';
import should from 'should';
import { sharesOf } from '../../lib/editor/sidebar/shares';
import type { SidebarJob } from '../../lib/sidebar/snapshot';

const NONE = { waiting: 0, held: 0, sent: 0, delivered: 0, failed: 0, stopped: 0 };
const job = (counts: Partial<SidebarJob>): SidebarJob => ({
  ...{ job: 'j', isNamed: true, node: 'n', at: 1, isPaused: false, total: 10, ...NONE },
  ...counts,
});

describe('the bar of a job', () => {
  it('shows each SMS once: delivered, sent, in the gateway, failed, stopped, held, waiting', () => {
    const counts = { waiting: 4, held: 3, sent: 3, delivered: 2, failed: 1, stopped: 1 };
    should(sharesOf(job(counts))).eql({
      ...{ delivered: 2, sent: 1, accepted: 1, failed: 1, stopped: 1, held: 3, waiting: 1 },
    });
  });

  it('takes a delivery that failed for failed, though it was sent', () => {
    should(sharesOf(job({ sent: 10, delivered: 7, failed: 3 }))).match({
      delivered: 7,
      sent: 0,
      accepted: 0,
      failed: 3,
    });
  });

  it('is as long as the job, whatever becomes of its SMS', () => {
    const part = fc.nat(50);
    const parts = fc.record({
      waiting: part,
      accepted: part,
      sent: part,
      delivered: part,
      failed: part,
      stopped: part,
    });
    fc.assert(
      fc.property(parts, fc.nat(50), ({ accepted, ...of }, holding) => {
        const total = of.waiting + accepted + of.sent + of.delivered + of.failed + of.stopped;
        const held = Math.min(of.waiting, holding);
        const shares = sharesOf(job({ ...of, total, held, sent: of.sent + of.delivered }));
        should(Object.values(shares).reduce((sum, one) => sum + one, 0)).equal(total);
        should(shares).match({ ...of, waiting: of.waiting - held, accepted });
      }),
    );
  });
});
