import fc from 'fast-check';
import type { GatewaySettings } from '../../../lib/messaging/gatewayOptions';
import { type FaultKind, faultKinds } from '../../../simulator/http/Faults';
import { FastCore, type FastCoreOptions } from './FastCore';
import { TIMEOUT } from './requests';
import type { Tally } from './verdict';

/** What happens next: a fault that befalls the next submissions, SMS that are taken, a pause. */
interface Step {
  fault?: FaultKind;
  times: number;
  /** Seconds of the core's time that `slow` and `refuse` last. */
  seconds: number;
  sms: number[];
  pause: number;
}

export const SEND = '/api/send_sms';

const step: fc.Arbitrary<Step> = fc.record({
  fault: fc.option(fc.constantFrom(...faultKinds), { nil: undefined, freq: 3 }),
  times: fc.integer({ min: 1, max: 3 }),
  // A gateway may also take a request after the client has given it up.
  seconds: fc.integer({ min: 1, max: TIMEOUT + 2 }),
  sms: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 }),
  pause: fc.integer({ min: 0, max: 6 }),
});

export interface Stream {
  settings: Partial<GatewaySettings>;
  steps: Step[];
}

export const stream: fc.Arbitrary<Stream> = fc.record({
  settings: fc.record({
    concurrency: fc.constantFrom(1, 1, 3),
    combine: fc.constantFrom('off', 'same', 'all'),
    queueLimit: fc.constantFrom(0, 2),
    unknownPolicy: fc.constantFrom('hold', 'fail'),
  }),
  steps: fc.array(step, { minLength: 3, maxLength: 12 }),
});

/** Gives a core to `use`, and ends it. */
export async function withCore<T>(options: FastCoreOptions, use: (core: FastCore) => Promise<T>): Promise<T> {
  const core = await FastCore.start(options);
  try {
    return await use(core);
  } finally {
    await core.close();
  }
}

/** Lets a stream of SMS and faults run to its end. */
export function runStream({ settings, steps }: Stream, tally: Tally): Promise<number> {
  return withCore({ settings }, async (core) => {
    let faults = 0;
    await core.take();
    for (const { fault, times, seconds, sms, pause } of steps) {
      if (fault) core.simulator.fault({ fault, times, path: SEND, ms: seconds * 1000 });
      if (fault) faults += 1;
      await Promise.all(sms.map((count) => core.take(count)));
      await core.pass(pause);
    }
    core.simulator.clearFaults();
    tally.add(faults, await core.judge());
    return faults;
  });
}
