import fc from 'fast-check';
import { type Story, stories } from '../../support/ussd/stories';
import { judge, judgeOnce, type Told, tell } from '../../support/ussd/tell';

/** USSD_RUNS: so many stories; others each time. */
const RUNS = Number(process.env.USSD_RUNS ?? 150);

describe('USSD dialogues, whatever happens meanwhile,', function () {
  this.timeout(Math.max(60_000, RUNS * 40));

  const check = (told: fc.Arbitrary<Story>, also: (story: Story, told: Told) => void): Promise<void> =>
    fc.assert(
      fc.asyncProperty(told, async (story) => {
        const told = await tell(story);
        judge(told);
        also(story, told);
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: Math.max(50_000, RUNS * 40) },
    );

  it('never have the reply of another one, also where all texts read the same', async () => {
    await check(stories(fc.constantFrom('A', 'B', 'C')), () => undefined);
  });

  it('have their reply wherever it came in time, and no text is told twice or both as reply and as unsolicited', async () => {
    await check(stories('unique'), judgeOnce);
  });
});
