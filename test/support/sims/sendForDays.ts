import { randomUUID } from 'node:crypto';
import { atOnce, pause } from '../../../lib/concurrency';
import { validateRequest } from '../../../lib/messaging/taking/validateRequest';
import { readPlans } from '../../../lib/plans';
import { MemoryStore } from '../../../lib/store';
import { seededRandom } from '../FakeClock';
import { Device } from '../hours/Device';
import { LeapingClock } from '../violence/LeapingClock';
import { openRequests } from '../violence/requests';
import { type Bought, StrictOperator } from './StrictOperator';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ZONE = 'Europe/Vienna';
const day = { calendar: 'day', zone: 'UTC' } as const;

/** Five kinds of plans: as a row is written, and as the operator reads the contract. */
const KINDS: readonly { row: object; bought: readonly Bought[] }[] = [
  {
    row: { limits: [{ count: 'sms', per: 'day', max: 100 }] },
    bought: [{ count: 'sms', per: day, max: 100 }],
  },
  {
    row: {
      limits: [
        { count: 'segments', per: 'hour', max: 20 },
        { count: 'sms', per: 'day', max: 150 },
      ],
      sticky: 'off',
    },
    bought: [
      { count: 'segments', per: HOUR, max: 20 },
      { count: 'sms', per: day, max: 150 },
    ],
  },
  {
    row: { limits: [{ count: 'recipients', per: 'day', max: 40 }] },
    bought: [{ count: 'recipients', per: day, max: 40 }],
  },
  {
    row: {
      limits: [
        { count: 'sms', per: 'month', max: 2500 },
        { count: 'sms', per: 'minute', max: 5 },
      ],
      reserve: 0,
    },
    bought: [
      { count: 'sms', per: { calendar: 'month', zone: 'UTC' }, max: 2500 },
      { count: 'sms', per: MINUTE, max: 5 },
    ],
  },
  {
    row: { limits: [{ count: 'sms', per: 'week', max: 800, zone: ZONE }], pause: { min: 3, max: 8 }, sticky: 'always' },
    bought: [{ count: 'sms', per: { calendar: 'week', zone: ZONE }, max: 800 }],
  },
];

/** The plan of a port. */
const kindOf = (port: number): number => port % KINDS.length;

export interface Sending {
  days: number;
  sims: number;
  sms: number;
  seed: number;
  /** When it begins (ms since 1970). */
  from: number;
}

/** Sends SMS for days of the core's time by SIMs with five kinds of plans, under the eyes of an operator who bars for good. */
export async function sendForDays({ days, sims, sms, seed, from }: Sending) {
  const random = seededRandom(seed);
  const clock = new LeapingClock(from);
  const device = new Device(clock, { speed: 'real', ports: sims, timezone: 'UTC', random });
  const operator = new StrictOperator(
    device.gateway.world.operator,
    () => clock.now(),
    (port) => KINDS[kindOf(port)]?.bought ?? [],
  );
  const ports = Array.from({ length: sims }, (_, port) => port);
  const rows = KINDS.map(({ row }, kind) => ({
    ...row,
    match: { ports: ports.filter((port) => kindOf(port) === kind) },
  }));
  const store = new MemoryStore({ random });
  await store.open();
  let taken = 0;
  /** By their user_id: some are DELIVERED when their result is first seen. */
  const final = new Set<number>();
  const requests = openRequests({
    ...{ url: 'http://gateway', carrier: device, store, clock, random },
    settings: {
      queueLimit: 2,
      plans: readPlans(
        rows.filter(({ match }) => match.ports.length > 0),
        'UTC',
      ),
    },
    deliver: async () => undefined,
    update: (_input, { status, user_id }) => {
      if (['SENT_OK', 'DELIVERED', 'FAILED'].includes(status)) final.add(user_id);
    },
  });
  const send = async (count: number): Promise<void> => {
    const to = Array.from({ length: count }, () => String(43_660_000_000 + Math.floor(random() * 2000)));
    const text = random() < 0.1 ? 'x'.repeat(200) : 'Hello';
    const priority = random() < 0.05 ? 'high' : 'normal';
    const asked = validateRequest({ to: [...new Set(to)], text, priority, wait: 0, validity: 0 }, 'keep', clock.now());
    const validated = atOnce(asked);
    taken += new Set(to).size;
    await requests.gateways.take(
      { id: randomUUID(), validated, gateway: 'gateway', node: 'send', onTimeout: 'keep', msg: '{}' },
      7,
    );
  };
  const end = clock.now() + days * DAY;
  const steps = days * 24;
  while (clock.now() < end) {
    // Most of it comes in bursts, some of them right before midnight.
    await send(Math.ceil((sms / steps) * 2 * random()));
    await pause(clock, HOUR - Math.floor(random() * 10 * MINUTE));
  }
  await pause(clock, 2 * HOUR);
  const { barred, counts } = operator;
  await requests.close();
  clock.stop();
  return { barred, taken, final: final.size, segments: counts.reduce((sum, count) => sum + count, 0) };
}
