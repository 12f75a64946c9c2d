import { setTimeout as after } from 'node:timers/promises';
import { MemoryStore } from '../../../lib/store';
import { startSimulator } from '../../../simulator';
import { Book, type Verdict } from './Book';
import { chanceOf } from './chance';
import { fastClock } from './fastClock';
import { HeldJob } from './HeldJob';
import type { JobKills } from './jobKills';
import { openRequests } from './requests';

/** The same without kills: what is in memory ends with its process. */
export async function haltInMemory(how: JobKills): Promise<{ faults: string[]; verdict: Verdict }> {
  const { recipients, rounds, seed, pause } = how;
  const chance = chanceOf(seed);
  const clock = fastClock(Date.now());
  const simulator = await startSimulator({ speed: 'fast', now: () => clock.now() });
  const book = new Book();
  const store = new MemoryStore({ random: Math.random, mostFinished: 10 * recipients });
  await store.open();
  let left = (): void => undefined;
  const outcome = new Promise<void>((resolve) => {
    left = resolve;
  });
  const requests = openRequests({
    ...{ url: simulator.url, store, clock, settings: { combine: 'all', queueLimit: 20 } },
    async deliver({ id }, { recipients }) {
      book.hear([`outcome ${id} ${recipients.map(({ number, status }) => `${number}=${status}`).join(' ')}`]);
      left();
    },
  });
  try {
    const given = { ...book.give(recipients), job: 'campaign' };
    await requests.take(given);
    book.hear([`ack ${given.id}`]);
    const { jobs } = requests.gateways;
    const job = new HeldJob(simulator, given.to, (action) => jobs.command(['gateway'], { job: 'campaign' }, action));
    for (let round = 0; round < rounds; round++) {
      await after(chance.next() * pause);
      await job.command(chance.oneOf(['pause', 'resume', 'resume'] as const));
      job.look();
    }
    await job.command('stop');
    await outcome;
    job.look();
    return { faults: job.faults, verdict: book.judge(simulator) };
  } finally {
    await requests.close();
    await simulator.close();
  }
}
