import { countHeld, type HeldCount } from '../heldCounts';
import { type JobList, jobOf, type ListedJob, listOf, MOST_INPUTS_LISTED } from '../jobs';
import { firstOf } from './merge';
import type { OrderedSet, Timed } from './OrderedSet';
import type { Shelves } from './Shelves';

/** Jobs of a gateway as somebody wants to see them. */
export function listJobs(shelves: Shelves, gateway: string, limit: number): JobList {
  const { listed, listedWaiting } = shelves.inputs.jobs(gateway);
  const jobs = (inputs: OrderedSet<Timed<string>>): ListedJob[] =>
    firstOf(inputs, MOST_INPUTS_LISTED).flatMap(({ id }) => listedJob(shelves, id));
  return listOf(jobs(listedWaiting), jobs(listed), limit);
}

function listedJob(shelves: Shelves, id: string): ListedJob[] {
  const kept = shelves.inputs.get(id);
  if (!kept) return [];
  const { record, tally } = kept;
  const { gateway, node, taken_at } = record;
  const isNamed = jobOf(record) !== id;
  return [{ gateway, job: jobOf(record), isNamed, node, taken_at, waits: tally.waiting > 0 }];
}

/** What holds SMS of a gateway back, by rules and commands. */
export function heldCounts(shelves: Shelves, gateway: string, most: number): HeldCount[] {
  const { heldIds, pausedIds } = shelves.gateway(gateway);
  const ofRules = firstOf(heldIds, most);
  const ids = [...ofRules, ...firstOf(pausedIds, most - ofRules.length)];
  return countHeld(
    ids.flatMap((id) => {
      const sms = shelves.get(id);
      return sms ? [{ isPaused: sms.paused ?? false, held: sms.held }] : [];
    }),
  );
}
