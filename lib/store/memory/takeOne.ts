import { mapped, type Steps } from '../../concurrency';
import { takenSms } from '../smsState';
import type { Taken, Taking } from '../store';
import { othersOf } from '../tally';
import type { Shelves } from './Shelves';

/**
 * Takes one input with its SMS, or nothing of it. The key comes first: an input that is given twice, user_ids and all,
 * is a duplicate and no error. Its SMS get to their places in steps, when the input is there with all of them; two inputs with
 * one key have to come one after the other.
 * @param reserveIds gives so many ids without a gap, rising; answers with the first
 */
export function* takeOne(shelves: Shelves, taking: Taking, reserveIds: (count: number) => number): Steps<Taken> {
  const { input, usedSince } = taking;
  const first = input.key === undefined ? undefined : shelves.inputs.claimant(input.gateway, input.key, usedSince.key);
  if (first !== undefined) {
    shelves.inputs.add(input, [], { duplicate_of: first });
    return { taken: true, sms: [], duplicate_of: first };
  }
  const claim = shelves.claimUserIds(input.gateway);
  try {
    const user_id = yield* usedUserId(shelves, taking, claim);
    if (user_id !== undefined) return { taken: false, user_id };
    const from = reserveIds(taking.sms.length);
    const ids = yield* mapped(taking.sms, (each, place) => {
      shelves.add(takenSms(from + place, input, each));
      return from + place;
    });
    shelves.inputs.add(input, ids, { others: othersOf(taking.sms) });
    yield* mapped(ids, (id) => {
      shelves.placePaused(id);
      shelves.settle(id);
    });
    return { taken: true, sms: shelves.many(ids) };
  } finally {
    claim.end();
  }
}

/** The first user_id of a taking that was used before or occurs twice in it; without one all are claimed. */
function* usedUserId(
  shelves: Shelves,
  { input, sms, usedSince }: Taking,
  claim: { add: (user_id: number) => boolean },
): Steps<number | undefined> {
  const { userIds } = shelves.gateway(input.gateway);
  let used: number | undefined;
  yield* mapped(sms, ({ user_id }) => {
    if (used !== undefined) return;
    if (!claim.add(user_id)) used = user_id;
    for (const id of userIds.of(user_id)) {
      const user = shelves.inputs.get(shelves.get(id)?.input ?? '');
      if (user && user.record.taken_at >= usedSince.user_id) used = user_id;
    }
  });
  return used;
}
