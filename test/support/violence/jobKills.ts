import { setTimeout as after } from 'node:timers/promises';
import type { JobAnswer } from '../../../lib/messaging/jobs/jobAnswer';
import type { JobCommand } from '../../../lib/store';
import { type Chance, chanceOf } from './chance';
import { HeldJob } from './HeldJob';
import { Lives, type LivesOptions } from './Lives';
import type { Tally } from './verdict';

/** Commands and kills that fall on one input before everything is compared and begun anew. */
export interface JobKills {
  recipients: number;
  /** How often one of both happens. */
  rounds: number;
  seed: number;
  /** The longest between two of them, in ms. */
  pause: number;
}

/** Answers with what was wrong. */
export async function killJobs(tally: Tally, how: JobKills, options?: LivesOptions): Promise<string[]> {
  const { recipients, rounds, seed, pause } = how;
  const chance = chanceOf(seed);
  const lives = await Lives.begin({
    ...options,
    start: { ...options?.start, settings: { combine: 'all', queueLimit: 20 } },
  });
  try {
    await lives.live();
    const given = { ...lives.book.give(recipients), job: 'campaign' };
    const [first, second] = [`999${lives.book.give(1).to[0]}000001`, '4377000000001'];
    lives.tell({ take: [given, { id: 'alarm', to: [first], text: 'alarm', others: { [first]: [second] } }] });
    const kept = new Set([`ack ${given.id}`, 'ack alarm']);
    await lives.listen((line) => kept.delete(line) && kept.size === 0, 300_000);
    const job = new HeldJob(lives.simulator, given.to, (action) => command(lives, action));
    let kills = 0;
    for (let round = 0; round < rounds; round++) {
      await after(chance.next() * pause);
      kills += await happen(lives, job, chance);
      job.look();
    }
    await job.command('pause');
    await lives.kill();
    await lives.live();
    await after(pause);
    job.look();
    // Stopped, and killed while what waits is being withdrawn.
    lives.tell({ command: 'stop', job: 'campaign' });
    await after(chance.next() * pause);
    await lives.kill();
    await lives.live();
    await job.command('stop');
    await lives.kill();
    await lives.live();
    tally.add(kills + 3, await lives.judge());
    job.look();
    const times = lives.simulator.submitted.filter(({ number }) => number === second).length;
    return times === 1 ? job.faults : [...job.faults, `the other number got its text ${times} times`];
  } finally {
    await lives.end();
  }
}

async function happen(lives: Lives, job: HeldJob, chance: Chance): Promise<number> {
  const what = chance.oneOf(['pause', 'resume', 'resume', 'kill', 'kill in a command'] as const);
  if (what === 'pause' || what === 'resume') {
    await job.command(what);
    return 0;
  }
  if (what === 'kill in a command') {
    // Nobody knows what became of it: what is held for sure stays so.
    lives.tell({ command: 'pause', job: 'campaign' });
    await after(chance.next() * 20);
  }
  await lives.kill();
  await lives.live();
  return 1;
}

/** Gives a command, and waits for its answer; undefined where the process has died before. */
async function command(lives: Lives, action: JobCommand): Promise<JobAnswer | undefined> {
  let answer: JobAnswer | undefined;
  lives.tell({ command: action, job: 'campaign' });
  await lives.listen((line) => {
    const [, json] = new RegExp(`^answered ${action} (.*)$`).exec(line) ?? [];
    if (json !== undefined) answer = JSON.parse(json) as JobAnswer;
    return json !== undefined;
  }, 300_000);
  return answer;
}
