import { setTimeout as after } from 'node:timers/promises';
import type { FaultKind } from '../../../simulator';
import { seededRandom } from '../FakeClock';
import type { NodeRedVersion } from '../node-red';
import { NodeRedLives } from './NodeRedLives';
import type { Tally } from './verdict';

const SEND = '/api/send_sms';
const FAULTS: readonly FaultKind[] = ['dropBefore', 'dropAfter', 'hangAfter', 'slow'];

/** Kills a real Node-RED at random moments while SMS come in, so many times or as many as fit into `ms`. */
export async function killNodeRed(
  tally: Tally,
  version: NodeRedVersion,
  limits: { kills: number; ms: number; seed: number },
): Promise<void> {
  const random = seededRandom(limits.seed);
  const until = Date.now() + limits.ms;
  const lives = await NodeRedLives.begin(version);
  try {
    await lives.live();
    const first = await lives.post();
    await lives.settle([first.id]);
    for (let kill = 0; kill < limits.kills && Date.now() < until; kill++) {
      if (!lives.nodeRed) await lives.live();
      await liveAndDie(lives, random);
      // Lives are too short for all that comes in.
      if (kill % BETWEEN_RESTS === BETWEEN_RESTS - 1) await rest(lives);
    }
    await rest(lives);
    await lives.end('SIGTERM');
    // The polite end is none of the kills.
    tally.add(lives.deaths - 1, lives.judge());
  } finally {
    await lives.close();
  }
}

/** Kills between two lives that are long enough to bring everything to its end. */
const BETWEEN_RESTS = 20;
const LONGEST_REST = 120_000;

async function rest(lives: NodeRedLives): Promise<void> {
  lives.simulator.clearFaults();
  if (!lives.nodeRed) await lives.live();
  await lives.settle(undefined, LONGEST_REST);
}

async function liveAndDie(lives: NodeRedLives, random: () => number): Promise<void> {
  const fault = FAULTS[Math.floor(random() * FAULTS.length * 3)];
  if (fault) lives.simulator.fault({ fault, path: SEND, times: 1, ms: 500 });
  const end = Date.now() + random() * 700;
  const posts: Promise<unknown>[] = [];
  while (Date.now() < end) {
    // Some of them it takes to its grave.
    posts.push(lives.post(random() < 0.2 ? 4 : 1).catch(() => undefined));
    await after(random() * 120);
  }
  await lives.end('SIGKILL');
  await Promise.all(posts);
}
