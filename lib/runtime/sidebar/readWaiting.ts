import type { Gateway } from '../../messaging';
import { MOST_COUNTED, type SidebarHeld } from '../../sidebar/snapshot';
import type { HeldCount, Store } from '../../store';

/** Where the sidebar learns what waits here. */
export interface WaitingQuestions {
  getWaitingCounts: Store['waitingCounts'];
  getHeldCounts: Store['heldCounts'];
}

/** What waits here for a gateway node, and how many of it something holds, each at most {@link MOST_COUNTED}. */
export interface Waiting {
  count: number;
  held: number;
}

/** SMS of which it is looked at what holds them: each of them is read for it. */
const MOST_LOOKED_AT = 2000;

/** Resolves with undefined where there is no queue. A store that can't say it now shows elsewhere, where it has consequences. */
export async function readWaiting(
  id: string,
  gateway: Gateway | undefined,
  { getWaitingCounts }: WaitingQuestions,
): Promise<Waiting | undefined> {
  if (!gateway) return undefined;
  try {
    return (await getWaitingCounts([id], MOST_COUNTED))[0] ?? { count: 0, held: 0 };
  } catch {
    return undefined;
  }
}

/** Why what waits here doesn't leave: what holds it by rules and commands, and what holds up all the rest. */
export async function readHeld(
  id: string,
  { count, held }: Waiting,
  gateway: Gateway | undefined,
  { getHeldCounts }: WaitingQuestions,
): Promise<SidebarHeld[]> {
  const counts = held > 0 ? await getHeldCounts(id, MOST_LOOKED_AT).catch(() => []) : [];
  const reasons = whole(counts, held);
  const rest = count - held;
  const obstacle = rest > 0 ? gateway?.sms.queue.heldUp : undefined;
  return [...reasons, ...(obstacle ? [{ ...obstacle, count: rest }] : [])].map(sidebarHeld);
}

type Reason = HeldCount & { isMore?: true };

/** Beyond what was looked at there may be more of each, unless all that is held has one reason. */
function whole(counts: readonly HeldCount[], held: number): Reason[] {
  const seen = counts.reduce((sum, one) => sum + one.count, 0);
  const [only] = counts;
  if (seen >= held || !only) return [...counts];
  return counts.length === 1 ? [{ ...only, count: held }] : counts.map((one) => ({ ...one, isMore: true }));
}

const sidebarHeld = ({ by, count, until, text, isMore }: Reason): SidebarHeld => ({
  by,
  count,
  ...(isMore && { isMore }),
  ...(until !== null && { until }),
  ...(text !== null && { text }),
});
