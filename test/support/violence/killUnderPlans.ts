import { setTimeout as after } from 'node:timers/promises';
import { readPlans } from '../../../lib/plans';
import type { FaultKind, Simulator } from '../../../simulator';
import { seededRandom } from '../FakeClock';
import { Lives, type LivesOptions } from './Lives';

const DAY_MS = 86_400_000;
const SEND = '/api/send_sms';
const FAULTS: readonly FaultKind[] = ['dropBefore', 'dropAfter', 'hangAfter', 'truncate', 'error500', 'slow'];
/** As many as the simulated gateway has ports. */
const CARDS = 8;
/** On which day each part of the test is: the clock is set past midnight, back, and on. */
export const DAYS = [0, 1, 0, 2];
const NEW_DAYS = [...new Set(DAYS)];
/** How often somebody moves a card between two lives, of how many. */
const MOVES = 0.25;
/** How long something may take on a machine that has much else to do, in ms. */
const PATIENCE_MS = 180_000;

export interface Killed {
  kills: number;
  moves: number;
  /** How many SMS the network took from each card, day by day. */
  counts: number[][];
  /** SMS that are counted though they never came to the gateway: a process died, and nothing tells whether they did. */
  unknown: number;
  /** What the network's operator, who has sold so many a day, has barred cards for. */
  barred: string[];
}

/**
 * What is wrong with how many left: each card sends on each day exactly as many as it may, wherever it is and however often the
 * clock shows that day, but for those of which nobody can know whether they did.
 */
export function faultsOf({ counts, unknown, barred }: Killed, most: number): string[] {
  const all = counts.flat();
  const missing = all.reduce((sum, count) => sum + most - count, 0);
  return [
    ...barred,
    ...(all.some((count) => count > most) ? ['a card sent more than it may'] : []),
    ...(missing === unknown ? [] : [`${missing} SMS too few, and ${unknown} of which nobody knows`]),
  ];
}

/**
 * Kills a process that sends by plans, so many times in each part, and counts what the network takes from each card. Cards move
 * from port to port. Each part goes on until the cards have sent what they may on a day that is new.
 */
export async function killUnderPlans(
  { kills, seed, most }: { kills: number; seed: number; most: number },
  options?: LivesOptions,
): Promise<Killed> {
  const random = seededRandom(seed);
  const limit = { count: 'sms', per: 'day', max: most, reset: 'calendar' };
  const plans = readPlans([{ limits: [limit], reserve: 0, sticky: 'off' }], 'UTC');
  const lives = await Lives.begin({ ...options, start: { ...options?.start, settings: { queueLimit: 0, plans } } });
  const { simulator, book } = lives;
  const noon = Math.floor(Date.now() / DAY_MS) * DAY_MS + DAY_MS / 2;
  const sent = sentByCard(simulator, noon);
  simulator.operator.setTerms({ rules: [{ count: 'sms', per: 'day', max: most }] });
  const missing = (days: number): number => {
    const counts = NEW_DAYS.slice(0, days).flatMap((day) => sent.on(day));
    return counts.reduce((sum, count) => sum + most - count, 0);
  };
  let moves = 0;
  try {
    for (const [part, day] of DAYS.entries()) {
      lives.isAt(noon + day * DAY_MS);
      for (let kill = 0; kill < kills; kill += 1) {
        await liveAndDie(lives, random);
        if (random() >= MOVES) continue;
        await idle(simulator);
        const [one, other] = [Math.floor(random() * CARDS), Math.floor(random() * CARDS)];
        simulator.port(one).moveSim(simulator.port(other));
        moves += 1;
      }
      await lives.live();
      lives.tell({ take: [book.give(CARDS * most)] });
      const days = new Set(DAYS.slice(0, part + 1)).size;
      const isNew = DAYS.indexOf(day) === part;
      const isFull = (): boolean => isNew && missing(days) === book.neverSeen(simulator).length;
      for (const end = Date.now() + (isNew ? PATIENCE_MS : 1000); !isFull() && Date.now() < end; ) {
        await after(50);
        lives.hearAll();
      }
      // What would be too much has time to leave.
      await after(500);
      await lives.kill();
      await idle(simulator);
    }
    const unknown = book.neverSeen(simulator).length;
    const barred = simulator.operator.log.map(({ text }) => text);
    return { kills: lives.deaths, moves, counts: NEW_DAYS.map((day) => sent.on(day)), unknown, barred };
  } finally {
    await lives.end();
  }
}

/** Counts what the network takes from each card, by its own clock. */
function sentByCard({ operator, ports }: Simulator, noon: number): { on(day: number): number[] } {
  const cards = ports.map(({ iccid }) => iccid);
  const taken: { iccid: string; day: number }[] = [];
  const transmit = operator.transmit.bind(operator);
  operator.transmit = (card, port, transmission) => {
    const isTaken = transmit(card, port, transmission);
    const day = Math.round((operator.now() - noon) / DAY_MS);
    if (isTaken && transmission.isFirst) taken.push({ iccid: card.iccid, day });
    return isTaken;
  };
  const count = (card: string, day: number): number =>
    taken.filter((one) => one.iccid === card && one.day === day).length;
  return { on: (day) => cards.map((card) => count(card, day)) };
}

/** Resolves when the gateway has nothing to send any more: what lies in it goes by the card that is there then. */
async function idle(simulator: Simulator): Promise<void> {
  const isBusy = (): boolean => simulator.submitted.some(({ state }) => state === 'QUEUED' || state === 'SENDING');
  for (const end = Date.now() + PATIENCE_MS; isBusy() && Date.now() < end; ) await after(20);
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
