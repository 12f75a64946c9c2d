import type { SeenJob } from '../../messaging';
import { MOST_JOBS, type SidebarGateway, type SidebarJob } from '../../sidebar/snapshot';

/** Asks for the jobs of a gateway node, and of how many more something waits. */
export type JobsQuestion = (gateway: string, limit: number) => Promise<{ jobs: SeenJob[]; more: number }>;

/** Jobs that have come as far as they can, shown for a while. */
const MOST_OVER = 3;

/** The jobs of a gateway node; none where its store can't be read, which shows elsewhere. */
export async function readJobs(id: string, getJobs: JobsQuestion): Promise<Pick<SidebarGateway, 'jobs' | 'moreJobs'>> {
  const { jobs, more } = await getJobs(id, MOST_JOBS).catch(() => ({ jobs: [], more: 0 }));
  const over = jobs.filter(isOver).slice(MOST_OVER);
  return { jobs: jobs.filter((one) => !over.includes(one)).map(sidebarJob), moreJobs: more };
}

const isOver = ({ state: { progress, reached } }: SeenJob): boolean =>
  progress.waiting === 0 && reached + progress.failed >= progress.total;

/** A job as it is shown. Numbers and texts are nowhere in it. */
export function sidebarJob({ job, isNamed, node, taken_at, state }: SeenJob): SidebarJob {
  const { progress, stopped, paused, isPaused } = state;
  const { total, waiting, held, sent, delivered, failed, eta_iso } = progress;
  return {
    ...{ job, isNamed, node, at: taken_at, total, waiting, held, sent, delivered, stopped },
    // Of one recipient's numbers each may have been stopped, and he has failed once.
    failed: Math.max(0, failed - stopped),
    // What comes later matters only under a name that a flow gives.
    isPaused: paused > 0 || (isPaused && isNamed),
    ...(eta_iso !== null && { eta: Date.parse(eta_iso) }),
  };
}
