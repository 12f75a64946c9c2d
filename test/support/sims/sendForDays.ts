import { randomUUID } from 'node:crypto';
import should from 'should';
import { atOnce, pause } from '../../../lib/concurrency';
import { validateRequest } from '../../../lib/messaging/taking/validateRequest';
import { readPlans } from '../../../lib/plans';
import { MemoryStore, type Stage, type StoredSms } from '../../../lib/store';
import { seededRandom } from '../FakeClock';
import { Device } from '../hours/Device';
import { LeapingClock } from '../violence/LeapingClock';
import { openRequests } from '../violence/requests';
import { type Contract, findStarved } from './findStarved';
import { StrictOperator } from './StrictOperator';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ZONE = 'Europe/Vienna';
const day = { calendar: 'day', zone: 'UTC' } as const;

/** Five kinds of plans: as a row is written, and as the contract reads. */
const KINDS: readonly ({ row: object } & Contract)[] = [
  {
    row: { limits: [{ count: 'sms', per: 'day', max: 100 }] },
    bought: [{ count: 'sms', per: day, max: 100, normal: 90 }],
    sticky: 'prefer',
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
      { count: 'segments', per: HOUR, max: 20, normal: 18 },
      { count: 'sms', per: day, max: 150, normal: 135 },
    ],
    sticky: 'off',
  },
  {
    row: { limits: [{ count: 'recipients', per: 'day', max: 40 }] },
    bought: [{ count: 'recipients', per: day, max: 40, normal: 36 }],
    sticky: 'prefer',
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
      { count: 'sms', per: { calendar: 'month', zone: 'UTC' }, max: 2500, normal: 2500 },
      { count: 'sms', per: MINUTE, max: 5, normal: 5 },
    ],
    sticky: 'prefer',
  },
  {
    row: { limits: [{ count: 'sms', per: 'week', max: 800, zone: ZONE }], pause: { min: 3, max: 8 }, sticky: 'always' },
    bought: [{ count: 'sms', per: { calendar: 'week', zone: ZONE }, max: 800, normal: 720 }],
    sticky: 'always',
  },
];

/** The plan of a port. */
const kindOf = (port: number): number => port % KINDS.length;
const contractOf = (port: number): Contract => KINDS[kindOf(port)] as Contract;

/** How often it is looked whether an SMS waits for nothing, at the end of an hour. */
const LOOKED_AT = 1 / 6;

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
    (port) => contractOf(port).bought,
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
  const inStage = (stage: Stage): Promise<StoredSms[]> =>
    store.find(['gateway'], { stage, after: 0, limit: taken + 1 });
  const lying = async (): Promise<number[]> =>
    (await Promise.all((['submitting', 'doubt', 'gateway'] as const).map(inStage))).flat().map(({ id }) => id);
  /** SMS that wait for nothing. */
  const starved: string[] = [];
  const look = async (): Promise<void> => {
    const counts = new Map((await store.chosenPortCounts(['gateway'])).map(({ port, count }) => [port, count]));
    const scene = { operator, ports, getContract: contractOf, getLying: (port: number) => counts.get(port) ?? 0 };
    starved.push(...findStarved(await inStage('waiting'), { ...scene, now: clock.now() }));
  };
  // Chance of its own: a seed stands for the same month, however often it is looked.
  const looking = seededRandom(seed + 1);
  const end = clock.now() + days * DAY;
  const steps = days * 24;
  while (clock.now() < end) {
    // Most of it comes in bursts, some of them right before midnight.
    await send(Math.ceil((sms / steps) * 2 * random()));
    await pause(clock, HOUR - Math.floor(random() * 10 * MINUTE));
    if (looking() < LOOKED_AT) await look();
  }
  await pause(clock, 2 * HOUR);
  const before = await lying();
  await pause(clock, HOUR / 2);
  await look();
  const now = await lying();
  const left = await inStage('waiting');
  const { barred, counts } = operator;
  await requests.close();
  clock.stop();
  return {
    ...{ barred, starved, taken, final: final.size, waiting: left.length, lying: now.length },
    /** SMS that have lain in the gateway for half an hour. */
    stuck: now.filter((id) => before.includes(id)).length,
    segments: counts.reduce((sum, count) => sum + count, 0),
  };
}

type Days = Awaited<ReturnType<typeof sendForDays>>;

/** What became of it, as a line. */
export const told = ({ taken, final, waiting, segments, barred }: Days): string =>
  `${taken} SMS taken, ${final} ended, ${waiting} wait, ${segments} segments sent, ${barred.length} SIMs barred`;

/** No SIM was barred, none stood idle with room for what waited, and of what was taken each has ended or waits for a SIM. */
export function judgeDays(days: Days, seed: number): void {
  const said = `seed ${seed}: ${told(days)}`;
  should(days.barred).eql([], said);
  should(days.starved.slice(0, 20)).eql([], `${days.starved.length} starved, ${said}`);
  should(days.stuck).equal(0, said);
  should(days.final + days.waiting + days.lying).equal(days.taken, said);
  should(days.final).be.above(0, said);
}
