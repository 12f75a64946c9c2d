import { setTimeout as after } from 'node:timers/promises';
import { readPlans } from '../../../lib/plans';
import type { FaultKind } from '../../../simulator';
import { seededRandom } from '../FakeClock';
import { Lives, type LivesOptions } from './Lives';

const DAY_MS = 86_400_000;
const SEND = '/api/send_sms';
const FAULTS: readonly FaultKind[] = ['dropBefore', 'dropAfter', 'hangAfter', 'truncate', 'error500', 'slow'];
/** As many as the simulated gateway has ports. */
const CARDS = 8;
/** On which day each part of the test is: the clock is set past midnight, back, and on. */
export const DAYS = [0, 1, 0, 2];

export interface Killed {
  kills: number;
  /** How many SMS left by each card, in each part. */
  counts: number[][];
  /** SMS that are counted though they never came to the gateway: a process died, and nothing tells whether they did. */
  unknown: number;
}

/**
 * What is wrong with how many left: each card sends on each new day exactly as many as it may, but for those of which nobody can
 * know whether they did; none on a day that the clock shows once more.
 */
export function faultsOf({ counts, unknown }: Killed, most: number): string[] {
  const news = counts.filter((_, part) => DAYS.indexOf(DAYS[part] ?? 0) === part).flat();
  const again = counts.filter((_, part) => DAYS.indexOf(DAYS[part] ?? 0) < part).flat();
  const missing = news.reduce((sum, count) => sum + most - count, 0);
  return [
    ...(news.some((count) => count > most) || again.some((count) => count > 0) ? ['a card sent more than it may'] : []),
    ...(missing === unknown ? [] : [`${missing} SMS too few, and ${unknown} of which nobody knows`]),
  ];
}

/**
 * Kills a process that sends by plans, so many times in each part, and counts what left by each card. Each part goes on until
 * the cards have sent what they may on a day that is new.
 */
export async function killUnderPlans(
  { kills, seed, most }: { kills: number; seed: number; most: number },
  options?: LivesOptions,
): Promise<Killed> {
  const random = seededRandom(seed);
  const limit = { count: 'sms', per: 'day', max: most, reset: 'calendar' };
  const plans = readPlans([{ limits: [limit], reserve: 0, sticky: 'off' }], 'UTC');
  const lives = await Lives.begin({ ...options, start: { settings: { queueLimit: 0, plans } } });
  const counts: number[][] = [];
  let begun = 0;
  const countsOf = (): number[] => {
    const own = lives.simulator.submitted.slice(begun).map(({ port = [] }) => port[0]);
    return Array.from({ length: CARDS }, (_, card) => own.filter((port) => port === card).length);
  };
  try {
    const noon = Math.floor(Date.now() / DAY_MS) * DAY_MS + DAY_MS / 2;
    for (const [part, day] of DAYS.entries()) {
      lives.isAt(noon + day * DAY_MS);
      for (let kill = 0; kill < kills; kill += 1) await liveAndDie(lives, random);
      await lives.live();
      lives.tell({ take: [lives.book.give(CARDS * most)] });
      const isNew = DAYS.indexOf(day) === part;
      const isFull = (): boolean => isNew && countsOf().every((count) => count >= most);
      for (const patience = Date.now() + (isNew ? 60_000 : 1000); !isFull() && Date.now() < patience; ) await after(50);
      // What would be too much has time to leave.
      await after(500);
      await lives.kill();
      counts.push(countsOf());
      begun = lives.simulator.submitted.length;
    }
    return { kills: lives.deaths, counts, unknown: lives.book.neverSeen(lives.simulator).length };
  } finally {
    await lives.end();
  }
}

async function liveAndDie(lives: Lives, random: () => number): Promise<void> {
  await lives.live();
  const fault = FAULTS[Math.floor(random() * FAULTS.length * 3)];
  if (fault) lives.simulator.fault({ fault, path: SEND, times: 1, ms: 60 });
  const end = Date.now() + 5 + random() * 300;
  while (Date.now() < end) {
    lives.tell({ take: [lives.book.give(random() < 0.2 ? 4 : 1)] });
    await after(random() * 30);
  }
  await lives.kill();
}
