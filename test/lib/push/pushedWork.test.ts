import should from 'should';
import { CountedWork, type Work } from '../../support/fuzz/CountedWork';
import { Life } from '../../support/fuzz/Life';
import { KINDS, pushOf } from '../../support/fuzz/records';
import { ANSWERS } from '../../support/fuzz/samples';

describe('a push of very many records', () => {
  let work: CountedWork;
  beforeEach(() => {
    work = new CountedWork();
  });
  afterEach(() => work.end());

  /** What a gateway that sends, receives, watches and asks makes of a push. */
  async function workOf(body: string): Promise<Work> {
    const life = await Life.begin((path) => JSON.stringify(ANSWERS[path] ?? {}), 1);
    await life.undertake();
    await life.core.clock.advance(1500);
    work.take();
    const pushed = life.push(body, true);
    await life.core.clock.advance(0);
    const done = work.take();
    await life.core.clock.advance(15_000);
    await pushed;
    await life.end();
    return done;
  }

  for (const kind of KINDS) {
    it(`costs work in proportion to their number where they are ${kind}`, async () => {
      // What is done once in the life of a process isn't counted.
      await workOf(pushOf(kind, 10));
      const half = await workOf(pushOf(kind, 150));
      const whole = await workOf(pushOf(kind, 300));
      should(half.steps).be.above(100);
      should(whole.steps).be.below(2.3 * half.steps + 2000);
      should(whole.hashes).be.belowOrEqual(2.3 * half.hashes + 10);
    });
  }
});
