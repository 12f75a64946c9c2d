import { copyOf, takenSms } from '../smsState';
import type { Taken, Taking } from '../store';
import { othersOf } from '../tally';
import type { Shelves } from './Shelves';

/** The first user_id of a taking that was used before or occurs twice in it. */
function usedUserId(shelves: Shelves, { input, sms, usedSince }: Taking): number | undefined {
  const { userIds } = shelves.gateway(input.gateway);
  const own = new Set<number>();
  for (const { user_id } of sms) {
    if (own.has(user_id)) return user_id;
    own.add(user_id);
    for (const id of userIds.of(user_id)) {
      const user = shelves.inputs.get(shelves.get(id)?.input ?? '');
      if (user && user.record.taken_at >= usedSince.user_id) return user_id;
    }
  }
  return undefined;
}

/**
 * Takes one input with its SMS, or nothing of it. The key comes first: an input that is given twice, user_ids and all,
 * is a duplicate and no error.
 * @param nextId gives each SMS its id, rising
 */
export function takeOne(shelves: Shelves, taking: Taking, nextId: () => number): Taken {
  const { input, usedSince } = taking;
  const first = input.key === undefined ? undefined : shelves.inputs.claimant(input.gateway, input.key, usedSince.key);
  if (first !== undefined) {
    shelves.inputs.add(input, [], { duplicate_of: first });
    return { taken: true, sms: [], duplicate_of: first };
  }
  const user_id = usedUserId(shelves, taking);
  if (user_id !== undefined) return { taken: false, user_id };
  const paused = shelves.inputs.jobs(input.gateway).isPaused(input);
  const sms = taking.sms.map((each) => takenSms(nextId(), input, each, paused));
  shelves.inputs.add(
    input,
    sms.map(({ id }) => id),
    { others: othersOf(taking.sms) },
  );
  for (const each of sms) shelves.add(each);
  return { taken: true, sms: sms.map(copyOf) };
}
