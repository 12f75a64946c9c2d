import should from 'should';
import type { SeenJob } from '../../../../lib/messaging';
import { readJobs, sidebarJob } from '../../../../lib/runtime/sidebar/readJobs';

const PROGRESS = {
  ...{ job: 'campaign', total: 300, waiting: 170, held: 12, accepted: 120, sent: 110, delivered: 80 },
  ...{ failed: 15, withheld: 1, per_minute: 12.5, eta_iso: '2026-01-01T00:10:00.000Z' },
};
const seen = (state: Partial<SeenJob['state']> = {}, more: Partial<SeenJob> = {}): SeenJob => ({
  ...{ gateway: 'g', job: 'campaign', isNamed: true, node: 'send', taken_at: 7, waits: true, ...more },
  state: { progress: PROGRESS, reached: 80, undone: 200, stopped: 10, paused: 0, isPaused: false, ...state },
});

describe('a job on the sidebar', () => {
  it('shows how far it is; what somebody stopped isn’t what has failed', () => {
    should(sidebarJob(seen())).eql({
      ...{ job: 'campaign', isNamed: true, node: 'send', at: 7, total: 300, waiting: 170, held: 12 },
      ...{ sent: 110, delivered: 80, failed: 5, stopped: 10, isPaused: false, eta: Date.UTC(2026, 0, 1, 0, 10) },
    });
  });

  it('says nothing of an end that nobody knows', () => {
    const progress = { ...PROGRESS, eta_iso: null };
    should(sidebarJob(seen({ progress }))).not.have.property('eta');
  });

  it('is paused while something of it is, or while its name holds what comes later', () => {
    should(sidebarJob(seen({ paused: 1 })).isPaused).be.true();
    should(sidebarJob(seen({ isPaused: true })).isPaused).be.true();
    should(sidebarJob(seen({ isPaused: true }, { isNamed: false })).isPaused).be.false();
  });

  it('is shown for a while when it is over: the last three', async () => {
    const over = seen({ progress: { ...PROGRESS, waiting: 0, held: 0, failed: 220 } });
    const jobs = [seen(), over, over, over, over].map((one, place) => ({ ...one, job: `job ${place}` }));
    const shown = (await readJobs('g', async () => ({ jobs, more: 0 }))).jobs;
    should(shown.map(({ job }) => job)).eql(['job 0', 'job 1', 'job 2', 'job 3']);
  });

  it('is none where the store can’t be read', async () => {
    should(await readJobs('g', () => Promise.reject(new Error('disk')))).eql({ jobs: [], moreJobs: 0 });
    should(await readJobs('g', async () => ({ jobs: [seen()], more: 3 }))).match({
      moreJobs: 3,
      jobs: [{ total: 300 }],
    });
  });
});
