import type { Clock } from '../../../lib/clock';
import { type DayHours, type GivenInput, type GivenSms, isWithin } from './Given';

const SECOND = 1000;
/** Between choosing an SMS and its request lie questions to the gateway, which may be down. */
const ASKING = 20 * SECOND;

/** Sees each request to send that leaves a process, and says what is wrong with it. */
export class SendObserver {
  readonly faults: string[] = [];
  private readonly byNumber = new Map<string, GivenSms>();

  constructor(
    private readonly clock: Clock,
    private readonly getHours: (node: string) => DayHours | undefined,
  ) {}

  given({ sms }: GivenInput): void {
    for (const one of sms) this.byNumber.set(one.number, one);
  }

  of(number: string): GivenSms | undefined {
    return this.byNumber.get(number);
  }

  /** A request leaves. */
  leaves(gateway: string, body: string): void {
    const { text, param } = JSON.parse(body) as { text: string; param: { number: string; text_param?: string[] }[] };
    for (const { number, text_param } of param) {
      const sms = this.byNumber.get(number);
      if (!sms) this.faults.push(`${number} was never given`);
      else this.judge(sms, gateway, text_param ? text.replace('#param#', text_param[0] ?? '') : text);
    }
  }

  private judge(sms: GivenSms, gateway: string, text: string): void {
    const { input, from, until, number } = sms;
    const now = this.clock.now();
    const say = (what: string): void => void this.faults.push(`${number} of ${input.id} (${input.job}) left ${what}`);
    if (gateway !== input.gateway) say(`by ${gateway}`);
    if (text !== sms.text) say(`as "${text}", not "${sms.text}"`);
    if (input.state === 'refused' || input.state === 'duplicate') say(`though its input was a ${input.state} one`);
    if (input.paused === true) say('while it was paused');
    if (input.stopped && input.stopped !== 'perhaps') say('though it was stopped');
    if (now < from) say(`${from - now} ms too early`);
    if (now > until + ASKING) say(`${now - until} ms after its validity`);
    const hours = input.options.priority === 'high' ? undefined : this.getHours(input.node);
    if (hours && !isWithin(hours, now) && !isWithin(hours, now - ASKING)) say('outside its hours');
  }
}
