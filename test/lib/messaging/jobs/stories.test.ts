import { tellStories } from '../../../support/jobs';
import { inFile, inMemory } from '../../../support/jobs/stores';

describe('whatever happens to jobs: paused, stopped, killed, restarted, at any hour', () => {
  for (const [where, makeStore] of [
    ['memory', inMemory],
    ['a file', inFile],
  ] as const) {
    it(`nothing leaves that is held, nobody gets it twice and nobody is forgotten, from ${where}`, async () => {
      await tellStories(makeStore, { runs: 12, steps: 14, ms: 6000 });
    }).timeout(120_000);
  }
});
