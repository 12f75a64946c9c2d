import should from 'should';
import { forgetting } from '../../../lib/messaging/forgetting';
import { Listeners } from '../../../lib/messaging/Listeners';
import { Scheduler } from '../../../lib/messaging/Scheduler';
import { Schedulers } from '../../../lib/messaging/Schedulers';
import type { Store } from '../../../lib/store';
import { FakeClock, settled } from '../../support/FakeClock';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

describe('finished messages', () => {
  it('are forgotten every ten minutes, after as many days as are set then, and at once where there are very many', async () => {
    const clock = new FakeClock();
    const asked: unknown[] = [];
    const there = [0, 2000, 1999];
    const prune = async (before: number, limit: number): Promise<number> => {
      asked.push([clock.now() - before, limit]);
      return there.shift() ?? 0;
    };
    let keepDays = 7;
    const task = forgetting({ prune } as unknown as Store, clock, () => keepDays);
    const scheduler = new Scheduler(clock, task, (error) => should.not.exist(error));
    scheduler.look();
    await clock.advance(10 * MINUTE_MS - 1);
    should(asked).eql([]);
    await clock.advance(1);
    should(asked).eql([[7 * DAY_MS, 2000]]);
    keepDays = 1;
    await clock.advance(10 * MINUTE_MS);
    should(asked.slice(1)).eql([
      [DAY_MS, 2000],
      [DAY_MS, 2000],
    ]);
    await clock.advance(10 * MINUTE_MS - 1);
    should(asked).have.length(3);
    scheduler.stop();
  });
});

describe('what a gateway has to do by the clock', () => {
  it('is looked at part by part, and no more when it is stopped', async () => {
    const clock = new FakeClock();
    const runs: string[] = [];
    const schedulers = new Schedulers(clock, (error) => should.not.exist(error));
    const task = (name: string) => ({ due: async () => 1000, run: async () => void runs.push(name) });
    const once = { due: async () => (runs.includes('once') ? undefined : 0), run: async () => void runs.push('once') };
    schedulers.add(task('never'), once);
    schedulers.look();
    await settled();
    should(runs).eql(['once']);
    schedulers.stop();
    should(clock.running).equal(0);
    schedulers.look();
    await clock.advance(5000);
    should(runs).eql(['once']);
  });
});

describe('listeners', () => {
  it('are told in the order of coming, until they leave', () => {
    const listeners = new Listeners<string>();
    const heard: string[] = [];
    const leave = listeners.on((told) => void heard.push(`one ${told}`));
    listeners.on((told) => void heard.push(`two ${told}`));
    listeners.tell('a');
    leave();
    listeners.tell('b');
    should(heard).eql(['one a', 'two a', 'two b']);
  });
});
