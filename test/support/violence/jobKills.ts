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
  /** The longest between two of them while the job is held, in ms. */
  pause: number;
}

export interface KilledJob {
  /** What was wrong. */
  faults: string[];
  /** How many SMS had left before the job was stopped. */
  left: number;
}

/** What happens to a job that sends, and to one that is held for all that is known. About every second round is of each kind. */
const BLOWS = {
  sends: ['pause', 'kill', 'kill in a command'],
  held: ['resume', 'resume', 'kill'],
} as const;
type Blow = (typeof BLOWS)[keyof typeof BLOWS][number];

/** So much of a job leaves before it is stopped: what never begins can't be lost or doubled. */
const SHARE = 0.8;
/** The longest that SMS are waited for, in ms. */
const PATIENCE_MS = 30_000;

export async function killJobs(tally: Tally, how: JobKills, options?: LivesOptions): Promise<KilledJob> {
  const { recipients, rounds, seed, pause } = how;
  const chance = chanceOf(seed);
  const lives = await Lives.begin({
    ...options,
    start: { ...options?.start, settings: { combine: 'all', queueLimit: 200 } },
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
    let state: keyof typeof BLOWS = 'sends';
    for (let round = 0; round < rounds; round++) {
      // Twice as much as the middle, in every second round.
      if (state === 'sends') await haveLeft(lives, (chance.next() * 4 * SHARE * recipients) / rounds);
      else await after(chance.next() * pause);
      const blow: Blow = chance.oneOf(BLOWS[state]);
      await happen(lives, job, blow, chance);
      if (blow === 'kill' || blow === 'kill in a command') kills += 1;
      if (blow !== 'kill') state = blow === 'resume' ? 'sends' : 'held';
      job.look();
    }
    await job.command('pause');
    const left = lives.simulator.submitted.length;
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
    if (times !== 1) job.faults.push(`the other number got its text ${times} times`);
    return { faults: job.faults, left };
  } finally {
    await lives.end();
  }
}

async function happen(lives: Lives, job: HeldJob, blow: Blow, chance: Chance): Promise<void> {
  if (blow === 'pause' || blow === 'resume') {
    await job.command(blow);
    return;
  }
  if (blow === 'kill in a command') {
    // Nobody knows what became of it: what is held for sure stays so.
    lives.tell({ command: 'pause', job: 'campaign' });
    await after(chance.next() * 20);
  }
  await lives.kill();
  await lives.live();
}

/** Waits until so many more SMS have left. */
async function haveLeft({ simulator }: Lives, many: number): Promise<void> {
  const wanted = simulator.submitted.length + many;
  const until = Date.now() + PATIENCE_MS;
  while (simulator.submitted.length < wanted && Date.now() < until) await after(5);
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
