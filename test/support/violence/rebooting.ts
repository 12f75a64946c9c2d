import fc from 'fast-check';
import type { GatewaySettings } from '../../../lib/messaging/gatewayOptions';
import type { UnknownPolicy } from '../../../lib/messaging/sms/ledger/events';
import type { SubmittedSms } from '../../../simulator';
import type { RebootOptions } from '../../../simulator/device/Gateway';
import { FastCore } from './FastCore';
import { SEND } from './faulting';

/** A gateway that accepts SMS, keeps its answer to itself, and then reboots. */
export interface Reboot {
  policy: UnknownPolicy;
  answer: 'dropAfter' | 'hangAfter' | 'truncate';
  /** Seconds of the core's time from the acceptance to the reboot, and how long it lasts. */
  after: number;
  seconds: number;
  losesQueue: boolean;
  losesRecords: boolean;
  idsStartAgain: boolean;
  /** Whether SMS go on air at once, or lie in the queue until the gateway is back. */
  sends: boolean;
  count: number;
}

export const reboots = (policy: UnknownPolicy): fc.Arbitrary<Reboot> =>
  fc.record({
    policy: fc.constant(policy),
    answer: fc.constantFrom('dropAfter', 'hangAfter', 'truncate'),
    after: fc.integer({ min: 0, max: 8 }),
    seconds: fc.integer({ min: 15, max: 60 }),
    losesQueue: fc.boolean(),
    losesRecords: fc.boolean(),
    idsStartAgain: fc.boolean(),
    sends: fc.boolean(),
    count: fc.integer({ min: 1, max: 4 }),
  });

const WENT_OUT: ReadonlySet<string> = new Set(['SENT_OK', 'DELIVERED', 'UNDELIVERED', 'FAILED']);

/** The texts that went on air, each as often as it did. */
export const onAir = (submitted: readonly SubmittedSms[]): string[] =>
  submitted.filter(({ state }) => WENT_OUT.has(state)).map(({ number }) => number);

/** What became of the SMS whose answer was lost. */
export interface RebootedCore {
  core: FastCore;
  numbers: string[];
}

/** A core whose gateway works, has sent an SMS, and does nothing with the next ones where `sends` is false. */
export async function startBefore(
  { policy, sends }: Pick<Reboot, 'policy' | 'sends'>,
  settings: Partial<GatewaySettings> = {},
): Promise<FastCore> {
  const core = await FastCore.start({ settings: { unknownPolicy: policy, unknownHold: 40, ...settings } });
  await core.take();
  await core.judge();
  for (const port of core.simulator.ports) port.stuck = !sends;
  return core;
}

export async function reboot(core: FastCore, how: Partial<RebootOptions>): Promise<void> {
  core.simulator.reboot({ ...how, seconds: how.seconds ?? 20 });
  for (const port of core.simulator.ports) port.stuck = false;
}

/** Accepts some SMS without an answer, reboots, and waits until nothing is open any more. */
export async function loseAnswerAndReboot(how: Reboot): Promise<RebootedCore> {
  const core = await startBefore(how);
  core.simulator.fault({ fault: how.answer, times: 1, path: SEND });
  const before = core.simulator.submitted.length;
  const numbers = await core.take(how.count);
  await core.until(() => core.simulator.submitted.length > before, 10);
  const areOut = (): boolean => numbers.every((number) => onAir(core.simulator.submitted).includes(number));
  await core.until(() => !how.sends || areOut(), 10);
  await core.pass(how.after);
  await reboot(core, how);
  await core.judge();
  // Long enough for a second one, if there were any, to go on air.
  await core.pass(20);
  return { core, numbers };
}
