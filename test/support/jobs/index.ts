import fc from 'fast-check';
import should from 'should';
import type { GatewaySettings } from '../../../lib/messaging/gatewayOptions';
import { judgeCounts, judgeEnd, letAllEnd } from './judge';
import { type Step, step } from './steps';
import { World, type WorldOptions } from './World';

const settings: fc.Arbitrary<Partial<GatewaySettings>> = fc.record({
  concurrency: fc.constantFrom(1, 1, 3),
  combine: fc.constantFrom('off', 'same', 'all'),
  queueLimit: fc.constantFrom(0, 1, 2),
  maxPerHour: fc.constantFrom(0, 0, 20),
});

/** Lives through some steps, and says what is wrong. */
export async function liveThrough(steps: readonly Step[], options: WorldOptions): Promise<string[]> {
  const world = await World.begin(options);
  try {
    for (const one of steps) {
      await one.do(world);
      await world.pass(0);
      const wrong = [...world.observer.faults, ...(await judgeCounts(world))];
      if (wrong.length > 0) return wrong;
    }
    await letAllEnd(world);
    return [...(await judgeEnd(world)), ...(await judgeCounts(world))];
  } finally {
    await world.close();
  }
}

/**
 * Asks of random stories that nothing is wrong with them: as many as there is time for (ms), but one at least, and each to its
 * end. fast-check's own limit leaves one half told, and fails where there was no time for the first.
 */
export async function tellStories(
  makeStore: () => Pick<WorldOptions, 'openStore' | 'closeStore'>,
  { runs, steps, ms }: { runs: number; steps: number; ms: number },
): Promise<void> {
  const end = performance.now() + ms;
  let told = 0;
  await fc.assert(
    fc.asyncProperty(settings, fc.array(step, { minLength: 3, maxLength: steps, size: 'max' }), async (how, story) => {
      if (told > 0 && performance.now() > end) return;
      told += 1;
      should(await liveThrough(story, { ...makeStore(), settings: how })).eql([]);
    }),
    { numRuns: runs },
  );
}
