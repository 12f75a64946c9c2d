import { setImmediate } from 'node:timers/promises';

/** A call that changes nothing but these SMS; where nothing is said of it, it may touch anything. */
interface Touching {
  sms?: readonly number[] | undefined;
}

/** From so many SMS on it takes as long to make up a statement as to do it. */
const MANY = 16;

/**
 * Does calls in their order. Those that change different SMS may overlap: while the database does what one has asked, the next one
 * is made up. Resolves with the answers, or rejects, when all that were begun are over.
 */
export async function overlapping<Call extends Touching, Answer>(
  calls: readonly Call[],
  work: (call: Call) => Promise<Answer>,
): Promise<Answer[]> {
  const begun: Promise<Answer>[] = [];
  let touched = new Set<number>();
  for (const call of calls) {
    const { sms } = call;
    if (!sms || sms.some((id) => touched.has(id))) {
      await over(begun);
      touched = new Set();
    }
    const one = work(call);
    // Its failure is looked at when all are over.
    one.catch(() => undefined);
    begun.push(one);
    if (!sms) await over(begun);
    for (const id of sms ?? []) touched.add(id);
    // What was asked leaves before the next one begins.
    if (sms && sms.length >= MANY) await setImmediate();
  }
  return over(begun);
}

async function over<Answer>(begun: readonly Promise<Answer>[]): Promise<Answer[]> {
  await Promise.allSettled(begun);
  return Promise.all(begun);
}
