import fc from 'fast-check';
import type { JobCommand, JobScope, Until } from '../../../lib/store';
import type { Mishap } from '../hours/Device';
import type { GivenInput, GivenSms } from './Given';
import { GATEWAYS, type GatewayId, type World } from './World';

const SECOND = 1000;

/** One thing that happens. */
export type Step = { name: string; do: (world: World) => Promise<void> };

const gateway = fc.constantFrom<GatewayId>(...GATEWAYS);
const node = fc.constantFrom('n1', 'n2');
const job = fc.constantFrom('a', 'b');

/** What a recipient's numbers are like: the endings of the simulated network's special numbers. */
const number = fc.constantFrom('100000', '100000', '000001', '000002', '000003', '000007');
const recipient = fc.record({
  numbers: fc.oneof(
    { weight: 3, arbitrary: fc.array(number, { minLength: 1, maxLength: 1 }) },
    fc.array(number, { minLength: 2, maxLength: 4 }),
  ),
  after: fc.constantFrom(5, 60, 600),
});

const input = fc.record({
  gateway,
  node,
  job: fc.option(job, { nil: undefined }),
  to: fc.array(recipient, { minLength: 1, maxLength: 6 }),
  until: fc.constantFrom<Until>('accepted', 'sent', 'delivered'),
  wait: fc.constantFrom(0, 30, 1800),
  validity: fc.constantFrom(0, 60, 1800, 7200),
  priority: fc.constantFrom('high', 'normal', 'normal', 'low'),
  onTimeout: fc.constantFrom('keep' as const, 'keep' as const, 'withdraw' as const),
  sendIn: fc.option(fc.integer({ min: -1800, max: 7200 }), { nil: undefined, freq: 3 }),
  spread: fc.constantFrom(0, 0, 0, 900),
  key: fc.constantFrom(undefined, undefined, undefined, 'k1', 'k2'),
});
type InputPlan = typeof input extends fc.Arbitrary<infer T> ? T : never;

let inputs = 0;

/** An input as the world is given it: each SMS has a number of its own, by which it is known again. */
export function madeInput(plan: InputPlan, now: number): GivenInput {
  inputs += 1;
  const id = `i${inputs}`;
  const { job: name, key, to, sendIn, spread, validity, onTimeout, ...options } = plan;
  const made: GivenInput = {
    ...{ id, gateway: plan.gateway, node: plan.node, job: name ?? id, hasOwnJob: name === undefined },
    ...{ at: now, sms: [], state: 'asked', paused: false, stopped: undefined, outcomes: [], options: {} },
    request: { onTimeout, ...(name !== undefined && { job: name }), ...(key !== undefined && { key }) },
  };
  const start = sendIn === undefined ? now : now + sendIn * SECOND;
  for (const [recipient, { numbers }] of to.entries()) {
    const moment = start + Math.floor((spread * SECOND * recipient) / to.length);
    const until = validity === 0 ? Number.POSITIVE_INFINITY : moment + validity * SECOND;
    for (const [place, ending] of numbers.entries()) {
      const sms: GivenSms = {
        ...{
          number: `999${String(inputs).padStart(6, '0')}${recipient}${place}${ending}`,
          input: made,
          recipient,
          place,
        },
        ...{ text: `${id} no. ${recipient}`, from: moment, until },
      };
      made.sms.push(sms);
    }
  }
  made.options = {
    ...{ text: `${id} no. {{no}}`, until: options.until, wait: options.wait, validity, priority: options.priority },
    to: to.map(({ after }, no) => {
      const [first, ...others] = made.sms.filter((one) => one.recipient === no).map((one) => one.number);
      return { number: first, no, ...(others.length > 0 && { else: others, after }) };
    }),
    ...(sendIn !== undefined && { sendAt: start }),
    ...(spread > 0 && { spread }),
    highIgnoresWindow: true,
  };
  return made;
}

const scope: fc.Arbitrary<JobScope> = fc.oneof(
  job.map((name) => ({ job: name })),
  node.map((id) => ({ node: id })),
);
const command = fc.constantFrom<JobCommand>('pause', 'pause', 'resume', 'stop');

const named = <T>(name: string, values: fc.Arbitrary<T>, act: (world: World, value: T) => Promise<unknown>) =>
  values.map((value): Step => {
    const shown = `${name} ${JSON.stringify(value)}`;
    return {
      name: shown,
      do: async (world) => void (await act(world, value)),
      toString: () => shown,
    } as Step;
  });

/** Anything that may happen. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: named('take', input, (world, plan) => world.take(madeInput(plan, world.clock.now()))),
  },
  {
    weight: 5,
    arbitrary: named('command', fc.tuple(gateway, scope, command), (world, [at, which, what]) =>
      world.command(at, which, what),
    ),
  },
  { weight: 1, arbitrary: named('stop all of', gateway, (world, at) => world.command(at, { all: true }, 'stop')) },
  {
    weight: 6,
    arbitrary: named('pass', fc.constantFrom(0, 1, 5, 20, 61, 300, 2000, 9000), (world, seconds) =>
      world.pass(seconds),
    ),
  },
  { weight: 1, arbitrary: named('restart', fc.constant(0), (world) => world.restart()) },
  { weight: 1, arbitrary: named('kill', fc.constant(0), (world) => world.die()) },
  {
    weight: 2,
    arbitrary: named(
      'kill later',
      fc.record({ calls: fc.integer({ min: 1, max: 60 }), isBefore: fc.boolean() }),
      (world, death) => world.die(death),
    ),
  },
  {
    weight: 1,
    arbitrary: named(
      'mishap',
      fc.tuple(gateway, fc.constantFrom<Mishap>('lost', 'unanswered')),
      async (world, [at, what]) => {
        world.devices[at].mishaps.push(what);
      },
    ),
  },
  {
    weight: 1,
    arbitrary: named('down', fc.tuple(gateway, fc.constantFrom(5, 100, 2000)), async (world, [at, seconds]) => {
      if (!world.devices[at].isUp) return;
      world.devices[at].reboot({ seconds, losesQueue: false, losesRecords: false, idsStartAgain: false });
    }),
  },
);
