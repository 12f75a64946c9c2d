import should from 'should';
import { MemoryStore, StoreUnavailable } from '../../../../../lib/store';
import { startScripted } from '../../../../support/core';
import { Life } from '../../../../support/jobs/Life';

const SECOND = 1000;
const to = { number: '111', else: ['222', '333'], after: 60 };

type Scene = Awaited<ReturnType<typeof startScripted>>;

/** The numbers that requests to send went to. */
const sentTo = ({ api }: Scene): string[] =>
  api.sent.flatMap(({ param }) => param.flatMap(({ number }) => String(number)));

/** A gateway that keeps what it has taken, and of which no port is registered: what waits for a number has to be withdrawn. */
async function startWithoutPorts(...[options]: Parameters<typeof startScripted>): Promise<Scene> {
  const scene = await startScripted(options);
  scene.api.waiting = 9;
  scene.api.ready = [];
  return scene;
}

describe('a recipient whose first number still waits when it is the turn of the next one', () => {
  for (const isBefore of [true, false]) {
    const when = isBefore ? 'before' : 'right after';
    it(`gets it at that though the process died ${when} any step of giving it its turn`, async () => {
      let deaths = 0;
      for (let calls = 1, isOver = false; !isOver; calls++) {
        const store = new MemoryStore({ random: () => 0.5 });
        const life = new Life(() => undefined);
        const first = await startWithoutPorts({ store: life.store(store) });
        const id = await first.take({ to });
        await first.clock.advance(59 * SECOND);
        life.dieAt({ calls, isBefore });
        await first.clock.advance(2 * SECOND);
        isOver = !life.isDead;
        if (!isOver) deaths += 1;
        life.die();
        const second = await startScripted({ store, api: first.api, now: first.clock.now() });
        second.api.ready = [0, 1];
        await second.clock.advance(70 * SECOND);
        const numbers = sentTo(second);
        should(numbers.includes('222')).be.true(`the process died with call ${calls}`);
        should(new Set(numbers).size).equal(numbers.length);
        // Counted as one recipient, whatever was written down.
        should((await store.jobTallies(['gateway'], [id]))[0]).match({ total: 1, accepted: 1, failed: 0, stopped: 0 });
        await second.close();
      }
      should(deaths).be.above(8);
    });
  }

  it('gets it at that though the store failed at any write of giving it its turn', async () => {
    let writes = 0;
    let failsAt = Number.POSITIVE_INFINITY;
    class FailingStore extends MemoryStore {
      override async change(...given: Parameters<MemoryStore['change']>) {
        writes += 1;
        if (writes === failsAt) throw new StoreUnavailable('the database is away');
        return super.change(...given);
      }
    }
    let failures = 0;
    for (let nth = 1, isOver = false; !isOver; nth++) {
      const scene = await startWithoutPorts({ store: new FailingStore({ random: () => 0.5 }) });
      await scene.take({ to });
      await scene.clock.advance(59 * SECOND);
      failsAt = writes + nth;
      await scene.clock.advance(2 * SECOND);
      isOver = writes < failsAt;
      if (!isOver) failures += 1;
      scene.api.ready = [0, 1];
      await scene.clock.advance(70 * SECOND);
      should(sentTo(scene).includes('222')).be.true(`write ${nth} failed`);
      should(new Set(sentTo(scene)).size).equal(sentTo(scene).length);
      failsAt = Number.POSITIVE_INFINITY;
      await scene.close();
    }
    should(failures).be.above(2);
  });
});
