import { seededRandom } from '../FakeClock';
import { type Busyness, busyness, type Span } from './busy';
import { liveThrough } from './Hours';
import { judge } from './judge';
import { type Plan, planFor, type Wanted } from './plan';

/** A port is registered again at the latest so long after its gateway or its card is back, in ms. */
const REGISTERED = 20_000;

/**
 * Lives through such hours, prints what is needed to live through them again, and answers what was wrong (the first faults
 * only) and how busy the ports were, of 1.
 */
export async function tellHours(wanted: Wanted, given?: string): Promise<{ wrong: string[]; busy: number }> {
  const seed = given === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(given);
  console.log(`      HOURS=${wanted.hours} HOURS_PORTS=${wanted.ports} HOURS_SEED=${seed}`);
  const random = seededRandom(seed);
  const plan = planFor(wanted, random);
  const begun = performance.now();
  const story = await liveThrough(plan, random, (hours, sms) => {
    if (hours > 1) console.log(`      ${Math.round(hours)} hours, ${sms} SMS given in`);
  });
  const { submitted } = story.device.gateway.sms;
  const busy = busyness(submitted, story.traffic, (port) => excuses(plan, port), plan.ports);
  const wrong = judge(story, plan);
  const seconds = Math.round((performance.now() - begun) / 1000);
  const requests = [...story.device.requests.values()].reduce((sum, count) => sum + count, 0);
  console.log(`      ${submitted.length} SMS and ${requests} requests in ${seconds} s, ${wrong.length} faults`);
  console.log(`      ports ${(busy.share * 100).toFixed(2)} % busy; longest idle: ${longest(busy, plan)}`);
  return { wrong: wrong.slice(0, 20), busy: busy.share };
}

/** When a port couldn't have sent. */
function excuses({ begin, reboots, swaps }: Plan, port: number): Span[] {
  const away = reboots.map(({ at, seconds }): Span => [begin + at, begin + at + seconds * 1000 + REGISTERED]);
  const own = swaps.filter((swap) => swap.port === port);
  const without = own.map((swap): Span => [begin + swap.at, begin + swap.at + swap.for + REGISTERED]);
  return [...away, ...without];
}

const longest = ({ gaps }: Busyness, { begin }: Plan): string =>
  gaps
    .slice(0, 4)
    .map(
      ({ port, from, ms }) =>
        `port ${port} for ${Math.round(ms / 1000)} s after ${Math.round((from - begin) / 60_000)} min`,
    )
    .join(', ');
