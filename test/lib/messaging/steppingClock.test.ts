import fc from 'fast-check';
import { live, stories } from '../../support/clock/stories';

describe('whatever the wall clock does', () => {
  it('no SMS is lost, doubled or held up, nothing is deaf, and seconds are seconds', () =>
    fc.assert(fc.asyncProperty(stories, live), { numRuns: 10 }));
});
