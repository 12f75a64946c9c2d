import fc from 'fast-check';
import should from 'should';
import type { Store } from '../../../../lib/store';
import type { MakeStore } from '../conformance';
import { NaiveStore } from '../NaiveStore';
import type { RandomCall } from './randomCall';
import { randomCall } from './randomCalls';

/**
 * Asks both stores the same. Real ids may have gaps, so calls name an SMS by its place in the order of taking, and
 * what comes back is compared by that place: the naive store's ids are those places, from 1.
 */
class Comparison {
  private readonly real: Store;
  private readonly naive: Store;
  private readonly realIds: number[] = [];

  constructor(real: Store, naive: Store) {
    this.real = real;
    this.naive = naive;
  }

  async run(call: RandomCall): Promise<void> {
    const count = this.realIds.length;
    const naiveId = (pick: number): number => (count === 0 ? 0 : (pick % count) + 1);
    const expected = await call.ask(this.naive, naiveId);
    const answer = await call.ask(this.real, (pick) => this.realIds[naiveId(pick) - 1] ?? 0);
    this.learnIds(answer);
    should(this.inPlaces(answer)).deepEqual(expected, String(call));
  }

  /** Notes the ids of newly taken SMS, which must rise. */
  private learnIds(answer: unknown): void {
    visit(answer, (id) => {
      if (id > (this.realIds.at(-1) ?? 0)) this.realIds.push(id);
    });
  }

  private inPlaces(answer: unknown): unknown {
    const copy = structuredClone(answer);
    visit(copy, (id, sms) => {
      sms.id = this.realIds.indexOf(id) + 1;
    });
    return copy;
  }
}

/** Shows every SMS in an answer. */
function visit(answer: unknown, show: (id: number, sms: { id: number }) => void): void {
  if (typeof answer !== 'object' || answer === null) return;
  if ('id' in answer && typeof answer.id === 'number') show(answer.id, answer as { id: number });
  else for (const part of Object.values(answer)) visit(part, show);
}

export function describeRandomRuns(make: MakeStore, runs: number): void {
  it('answers like arrays and filters, whatever is asked in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(randomCall, { minLength: 1, maxLength: 60, size: 'max' }), async (calls) => {
        const stores = [await make(() => 0.5), new NaiveStore(() => 0.5)] as const;
        for (const store of stores) await store.open();
        try {
          const comparison = new Comparison(...stores);
          for (const call of calls) await comparison.run(call);
        } finally {
          for (const store of stores) await store.close();
        }
      }),
      { numRuns: runs },
    );
  }).timeout(60_000 + runs * 500);
}
