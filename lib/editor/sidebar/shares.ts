import type { SidebarJob } from '../../sidebar/snapshot';

/** What a job's SMS are, each of them one thing, in the order in which the bar shows them. */
interface Shares {
  delivered: number;
  /** Without a report yet. */
  sent: number;
  /** The gateway has them. */
  accepted: number;
  failed: number;
  stopped: number;
  held: number;
  waiting: number;
}

/** Parts a job's SMS. A delivery that failed was sent, too: it counts as failed. */
export function sharesOf({ total, waiting, held, sent, delivered, failed, stopped }: SidebarJob): Shares {
  const rest = Math.max(0, total - waiting - delivered - failed - stopped);
  const undelivered = Math.min(Math.max(0, sent - delivered), rest);
  const known = { delivered, sent: undelivered, accepted: rest - undelivered, failed, stopped };
  return { ...known, held, waiting: Math.max(0, waiting - held) };
}
