import fc from 'fast-check';
import type { MakeStore } from '../conformance';
import { NaiveStore } from '../NaiveStore';
import { Comparison } from './Comparison';
import { randomCall } from './randomCalls';

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
