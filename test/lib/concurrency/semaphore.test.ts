import should from 'should';
import { Semaphore } from '../../../lib/concurrency';

const aborted = (): Error => new Error('aborted');

describe('places in a queue', () => {
  it('are given in order, also to one who needs them all', async () => {
    const places = new Semaphore({ places: 2, createAbortError: aborted });
    const entered: string[] = [];
    const enter = async (name: string, weight: number, signal?: AbortSignal) => {
      const leave = await places.enter(weight, signal);
      entered.push(name);
      return leave;
    };
    const first = await enter('first', 1);
    const giveUp = new AbortController();
    const all = enter('all', 2);
    const heavy = enter('gives up', 2, giveUp.signal).catch(() => undefined);
    const last = enter('last', 1);
    giveUp.abort();
    await heavy;
    should(entered).deepEqual(['first']);
    first();
    (await all)();
    (await last)();
    should(entered).deepEqual(['first', 'all', 'last']);
  });

  it('that someone waited for who gave up go to those behind', async () => {
    const places = new Semaphore({ places: 2, createAbortError: aborted });
    const leave = await places.enter(1);
    const giveUp = new AbortController();
    const heavy = places.enter(2, giveUp.signal).catch(() => 'gave up');
    const light = places.enter(1);
    giveUp.abort();
    should(await heavy).equal('gave up');
    (await light)();
    leave();
  });
});
