import { chanceOf } from './chance';
import { FastCore } from './FastCore';
import { type FaultyWire, startFaultyWire, type WireFault } from './faultyWire';
import { LeapingClock } from './LeapingClock';
import { TIMEOUT } from './requests';
import type { Tally } from './verdict';

/** What a run over a faulty wire came to. */
export interface WireRun {
  exchanges: number;
  met: Map<WireFault, number>;
  /** What had befallen the requests of the SMS that ended UNKNOWN. */
  unknown: string[];
  /** Requests to send that came later than the promise covers, and the numbers that got their SMS twice by that. */
  tooLate: number;
  doubledByThat: string[];
}

export interface WireRunOptions {
  /** Decides about each fault. */
  seed: number;
  exchanges: number;
  faults: readonly WireFault[];
}

/** Seconds: a login that counted as refused holds everything back for 10 minutes, perhaps once more when it is tried again. */
const LONGEST_END = 2400;
/** Inputs that may be open at a time, so that a run ends soon after its last fault. */
const MOST_OPEN = 10;

/** Sends SMS over a faulty wire until so many exchanges were made, then lets all end. */
export async function runOverFaultyWire(options: WireRunOptions, tally: Tally): Promise<WireRun> {
  const { seed, exchanges } = options;
  const chance = chanceOf(seed);
  const random = chanceOf(seed + 1).next;
  const login = chance.oneOf<'none' | 'digest'>(['none', 'digest']);
  // A gateway that suddenly asks for a login where none is set is refused for good, and rightly.
  const faults = options.faults.filter((fault) => login === 'digest' || fault !== 'challenge');
  const clock = new LeapingClock();
  const strokes: { body: string; fault: WireFault }[] = [];
  const struck = (path: string, fault: WireFault, body: string): void => {
    if (path === '/api/send_sms') strokes.push({ body, fault });
  };
  let wire: FaultyWire | undefined;
  const core = await FastCore.start({
    clock,
    random,
    simulator: {
      ...{ login, random, speed: chance.oneOf<'fast' | 'real'>(['fast', 'real']) },
      digest: { stale: true },
    },
    settings: {
      concurrency: chance.oneOf([1, 1, 3]),
      combine: chance.oneOf(['off', 'same', 'all']),
      queueLimit: chance.oneOf([0, 2, 2]),
      unknownPolicy: chance.oneOf(['hold', 'fail']),
    },
    client: login === 'none' ? {} : { username: 'admin', password: 'admin' },
    wire: async (url) => {
      wire = await startFaultyWire(url, { seed, faults, share: 0.25, late: (TIMEOUT + 3) * 1000, clock, struck });
      return wire.url;
    },
  });
  try {
    while (wire && wire.exchanges < exchanges) {
      const open = await core.store.openInputs(['gateway'], '', MOST_OPEN);
      const taken = Math.min(chance.upTo(3), MOST_OPEN - open.length);
      for (let one = 0; one < taken; one++) await core.take(1 + chance.upTo(3));
      await core.pass(chance.upTo(4));
    }
    wire?.heal();
    const judged = await core.judge(LONGEST_END);
    const tooLate = wire?.tooLate ?? [];
    const isByThat = (number: string): boolean => tooLate.some((body) => body.includes(number));
    const doubledByThat = judged.doubled.filter(isByThat);
    const verdict = { ...judged, doubled: judged.doubled.filter((number) => !isByThat(number)) };
    if (verdict.silent.length + verdict.doubled.length > 0)
      console.log(`      seed ${seed} (${login}):`, core.refused, verdict);
    tally.add(1, verdict);
    const unknown = core.told
      .filter(({ status }) => status === 'UNKNOWN')
      .map(({ number }) => strokes.filter(({ body }) => body.includes(number)).map(({ fault }) => fault))
      .map((faults) => faults.join(' and ') || 'nothing');
    const { exchanges: made = 0, met = new Map() } = wire ?? {};
    return { exchanges: made, met, unknown, tooLate: tooLate.length, doubledByThat };
  } finally {
    await core.close();
    wire?.close();
    clock.stop();
  }
}
