import type { Charge, StoredSms, Usage, UsageQuestion } from '../../store';
import { isWindow } from './counters';
import { type InGatewayOptions, inGateway } from './inGateway';

/** No sliding window is shorter, and no intent to send takes longer to be written, in ms. */
const SHORTEST_MS = 60_000;
/** How soon it is looked again whether an SMS that a window waits for has been sent, in ms. */
const SOON_MS = 5000;

/**
 * SMS that lie in the gateway though what they were charged counts no more: handed over before a reset, or longer ago than a
 * window is long. They may go on air any time, so they count for what there is now as well, until it is known when they did.
 */
export class Straddling {
  /** When all that lay in the gateway was looked at last (ms since 1970). */
  private lookedAt = Number.NEGATIVE_INFINITY;
  /** When the first of that counts no more. */
  private overAt = Number.POSITIVE_INFINITY;

  constructor(private readonly options: InGatewayOptions) {}

  /** What is used, with these among it. */
  async with(usage: Usage, questions: readonly UsageQuestion[], now: number): Promise<Usage> {
    if (!this.isToLook(questions, now)) return usage;
    const lying = (await inGateway(this.options)).map(chargesOf);
    this.lookedAt = now;
    this.overAt = lying.flat().reduce((first, { until }) => Math.min(first, until), Number.POSITIVE_INFINITY);
    return this.overAt > now ? usage : counted(usage, questions, lying, now);
  }

  /** Most of the time nothing can have become so since the last look. */
  private isToLook(questions: readonly UsageQuestion[], now: number): boolean {
    const since = now - this.lookedAt;
    if (since < 0 || now >= this.overAt) return true;
    return questions.some(({ counter, period = 0 }) => {
      const isReset = period > 0 && period <= now && period > this.lookedAt - SHORTEST_MS;
      return isReset || (isWindow(counter) && since >= SHORTEST_MS);
    });
  }
}

/** Whether an SMS has been charged what counts no more: where it went on air then, it leaves room to others now. */
export const hasStraddled = (sms: StoredSms, now: number): boolean => chargesOf(sms).some(({ until }) => until <= now);

/** The charges of limits: a pause or a recipient's SIM doesn't wait for what lies there. */
const chargesOf = ({ sim }: StoredSms): Charge[] =>
  (sim?.charges ?? []).filter(({ counter, sliding }) => !sliding || isWindow(counter));

function counted(usage: Usage, questions: readonly UsageQuestion[], lying: readonly Charge[][], now: number): Usage {
  const known = new Set(usage.known.map(nameOf));
  const rows = [...usage.rows];
  for (const charges of lying) {
    for (const charge of charges) {
      if (charge.until > now) continue;
      for (const { card, counter, period = charge.period } of questions) {
        if (card !== charge.card || counter !== charge.counter) continue;
        // Two limits of one count and one period share a counter.
        if (!charge.sliding && charges.some((other) => other.counter === counter && other.period === period)) continue;
        const one = charge.sliding ? { ...charge, until: now + SOON_MS } : { ...charge, period };
        // A recipient who is counted already costs no more.
        if (charge.recipient !== undefined && known.has(nameOf(one))) continue;
        known.add(nameOf(one));
        rows.push(one);
      }
    }
  }
  return { ...usage, rows };
}

const nameOf = (one: { card: string; counter: string; period: number; recipient?: string }): string =>
  [one.card, one.counter, one.period, one.recipient ?? ''].join(' ');
