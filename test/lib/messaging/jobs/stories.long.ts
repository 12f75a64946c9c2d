// STORIES: how many random stories of jobs from each store (3000).
import { tellStories } from '../../../support/jobs';
import { inFile, inMemory } from '../../../support/jobs/stores';
import { budget, fromEnvironment } from '../../../support/violence/budget';

const STORIES = fromEnvironment('STORIES', 3000);

describe('whatever happens to jobs, very often', () => {
  for (const [where, makeStore] of [
    ['memory', inMemory],
    ['a file', inFile],
  ] as const) {
    it(`nothing leaves that is held, nobody gets it twice and nobody is forgotten, from ${where}`, async () => {
      const ms = budget(`${STORIES} stories from ${where}`, 60);
      await tellStories(makeStore, { runs: STORIES, steps: 25, ms });
    }).timeout(70 * 60_000);
  }
});
