import type { Stage } from '../../../store';
import { nextPoll } from './pollPlan';
import type { Change } from './status';

/** When an event is entered. */
export interface Moment {
  /** Ms since 1970. */
  at: number;
  /** Whether pushes arrive: then the poll is only the net below them. */
  pushed: boolean;
}

/** The SMS comes to a stage, and is asked for from the beginning of the plan. */
export const watched = (stage: Stage, { at, pushed }: Moment): Change => ({
  stage,
  poll_at: nextPoll({ stage, polls: 0 }, at, pushed),
  polls: 0,
});

/** What goes on is asked for anew, by the plan of its stage. */
export function awaited(change: Change | undefined, { at, pushed }: Moment): Change | undefined {
  const stage = change?.stage;
  return stage === 'sent' || stage === 'gateway'
    ? { ...change, poll_at: nextPoll({ stage, polls: 0 }, at, pushed) }
    : change;
}
