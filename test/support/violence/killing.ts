import { setTimeout as after } from 'node:timers/promises';
import type { GatewaySettings } from '../../../lib/messaging/gatewayOptions';
import type { FaultKind } from '../../../simulator';
import { seededRandom } from '../FakeClock';
import { Lives, type LivesOptions } from './Lives';
import { DOUBTFUL_POINTS, POINTS } from './points';
import type { Tally } from './verdict';

const SEND = '/api/send_sms';

/** One kill at each named point of the way that `isTried`, in a process that goes on in the next life. */
export async function killAtEachPoint(
  tally: Tally,
  options?: LivesOptions,
  isTried: (place: number) => boolean = () => true,
): Promise<void> {
  const lives = await Lives.begin(options);
  try {
    await lives.live();
    // The first SMS of a gateway's life leaves a record, by which a reboot would show.
    lives.tell({ take: [lives.book.give()] });
    await lives.listen((line) => line.startsWith('closed'));
    for (const point of POINTS.filter((_, place) => isTried(place))) {
      lives.tell({ dieAt: point, nth: 1 });
      await takeSome(lives);
      await lives.dies();
      await lives.live();
    }
    for (const point of DOUBTFUL_POINTS) {
      for (const fault of (['dropBefore', 'dropAfter'] as const).filter((_, place) => isTried(place))) {
        lives.simulator.fault({ fault, path: SEND, times: 1 });
        lives.tell({ dieAt: point, nth: 1 });
        await takeSome(lives);
        await lives.dies();
        await lives.live();
      }
    }
    // While the gateway works on the request, and after it has taken it, before its answer.
    for (const fault of (['slow', 'hangAfter'] as const).filter((_, place) => isTried(place))) {
      const taken = lives.simulator.submitted.length;
      const asked = submissions(lives);
      lives.simulator.fault({ fault, path: SEND, times: 1, ms: 60 });
      await takeSome(lives);
      const isThere = (): boolean =>
        fault === 'slow' ? submissions(lives) > asked : lives.simulator.submitted.length > taken;
      while (!isThere()) await after(1);
      await lives.kill();
      await lives.live();
    }
    tally.add(lives.deaths, await lives.judge());
  } finally {
    await lives.end();
  }
}

const submissions = (lives: Lives): number => lives.simulator.requests.filter(({ path }) => path === SEND).length;

/** One SMS, several that may travel together, one for many. */
async function takeSome(lives: Lives): Promise<void> {
  lives.tell({ take: [lives.book.give(), lives.book.give(3), lives.book.give()] });
}

/** Kills that fall on one gateway and one file before everything is compared and begun anew. */
const KILLS_A_ROUND = 50;
const FAULTS: readonly FaultKind[] = ['dropBefore', 'dropAfter', 'hangAfter', 'truncate', 'error500', 'slow', 'html'];

/** Kills at random moments, so many or as many as fit into `ms`. */
export async function killAtRandom(
  tally: Tally,
  limits: { kills: number; ms: number; seed: number },
  options?: LivesOptions,
): Promise<void> {
  const random = seededRandom(limits.seed);
  const until = Date.now() + limits.ms;
  for (let left = limits.kills; left > 0 && Date.now() < until; ) {
    // Some of them while the -wal file goes into the database all the time.
    const start = { ...options?.start, settings: settingsBy(random), ...(random() < 0.4 && { checkpoints: 8 }) };
    const lives = await Lives.begin({ ...options, start });
    try {
      const kills = Math.min(left, KILLS_A_ROUND);
      for (let kill = 0; kill < kills; kill++) await liveAndDie(lives, random);
      await lives.live();
      tally.add(lives.deaths, await lives.judge());
      left -= kills;
    } finally {
      await lives.end();
    }
  }
}

/** Lines of all kinds. */
const settingsBy = (random: () => number): Partial<GatewaySettings> => ({
  concurrency: random() < 0.7 ? 1 : 3,
  combine: (['off', 'same', 'all'] as const)[Math.floor(random() * 3)],
  queueLimit: random() < 0.5 ? 0 : 2,
  unknownPolicy: random() < 0.5 ? 'hold' : 'fail',
});

async function liveAndDie(lives: Lives, random: () => number): Promise<void> {
  await lives.live();
  const fault = FAULTS[Math.floor(random() * FAULTS.length * 3)];
  if (fault) lives.simulator.fault({ fault, path: SEND, times: 1, ms: 60 });
  const end = Date.now() + 5 + random() * 145;
  while (Date.now() < end) {
    lives.tell({ take: [lives.book.give(random() < 0.2 ? 4 : 1)] });
    await after(random() * 30);
  }
  await lives.kill();
}
