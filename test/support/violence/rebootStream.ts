import fc from 'fast-check';
import { FastCore } from './FastCore';
import { SEND } from './faulting';
import { onAir } from './rebooting';

/** SMS come in, perhaps with answers lost, and perhaps the gateway reboots among them. */
interface Step {
  answer?: 'dropAfter' | 'dropBefore' | 'hangAfter' | 'truncate' | 'slow';
  sms: number[];
  pause: number;
  reboot?: { seconds: number; losesQueue: boolean; losesRecords: boolean; idsStartAgain: boolean };
  /** Whether the ports send from now on, or only keep what they have. */
  sends: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  answer: fc.option(fc.constantFrom('dropAfter', 'dropBefore', 'hangAfter', 'truncate', 'slow'), { nil: undefined }),
  sms: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
  pause: fc.integer({ min: 0, max: 12 }),
  reboot: fc.option(
    fc.record({
      seconds: fc.integer({ min: 15, max: 40 }),
      losesQueue: fc.boolean(),
      losesRecords: fc.boolean(),
      idsStartAgain: fc.boolean(),
    }),
    { nil: undefined, freq: 2 },
  ),
  sends: fc.boolean(),
});

export const rebootStream = fc.array(step, { minLength: 3, maxLength: 8 });

/** What is wrong at the end: an SMS on air twice, or one that never was and isn't said to be unknown. */
export async function runRebootStream(steps: readonly Step[]): Promise<{ sms: number; complaints: string[] }> {
  const core = await FastCore.start({ settings: { unknownPolicy: 'hold', unknownHold: 40 } });
  const numbers: string[] = [];
  try {
    await core.take();
    await core.judge();
    for (const { answer, sms, pause, reboot, sends } of steps) {
      for (const port of core.simulator.ports) port.stuck = !sends;
      if (answer) core.simulator.fault({ fault: answer, times: 1, path: SEND, ms: 3000 });
      numbers.push(...(await Promise.all(sms.map((count) => core.take(count)))).flat());
      await core.pass(pause);
      if (!reboot) continue;
      core.simulator.reboot(reboot);
      await core.pass(reboot.seconds + pause);
    }
    core.simulator.clearFaults();
    for (const port of core.simulator.ports) port.stuck = false;
    await core.judge();
    await core.pass(10);
    return { sms: numbers.length, complaints: complaintsOf(core, numbers) };
  } finally {
    await core.close();
  }
}

function complaintsOf(core: FastCore, numbers: readonly string[]): string[] {
  const out = onAir(core.simulator.submitted);
  return numbers.flatMap((number) => {
    const times = out.filter((one) => one === number).length;
    const told = core.statuses(number);
    if (times > 1) return [`${number} was on air ${times} times, told as ${told.join(', ')}`];
    return times === 0 && told.at(-1) !== 'UNKNOWN' ? [`${number} is lost, told as ${told.join(', ')}`] : [];
  });
}
