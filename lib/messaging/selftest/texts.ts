import type { SendSmsRequest } from '../../gateway-api';
import { countSegments, PARAM_MARK, type SmsEncoding } from '../../sms-text';

/** What each SMS of a self-test is there to prove. */
export type Part = 'first' | 'second' | 'extension' | 'emoji' | 'long';

/** One SMS of a self-test. */
export interface TestSms {
  part: Part;
  text: string;
  encoding: SmsEncoding;
}

const TEXTS: Record<Part, { text: string; encoding: SmsEncoding }> = {
  first: { text: 'One request, two texts: this is the first.', encoding: 'gsm-7bit' },
  second: { text: 'And this one is the second.', encoding: 'gsm-7bit' },
  extension: { text: '€ [] {} ~ \\ ^ |', encoding: 'gsm-7bit' },
  emoji: { text: '👍 – Ωж✓ 漢', encoding: 'unicode' },
  long: {
    text:
      'This one is longer than an SMS may be. It travels in two pieces, which the receiving side has to put together ' +
      'again, in the right order and without a gap between them. If you can read this, it did.',
    encoding: 'gsm-7bit',
  },
};
const PARTS = Object.keys(TEXTS) as Part[];

/** The SMS of a self-test. `mark` tells its texts from those of another one and from everybody's. */
export const testSms = (mark: string): TestSms[] =>
  PARTS.map((part, place) => {
    const { text, encoding } = TEXTS[part];
    return { part, text: `${headOf(mark, place)} ${text}`, encoding };
  });

/** What the text of an SMS begins with, whatever else became of it. */
export const headOf = (mark: string, place: number): string => `Self-test ${mark} ${place + 1}/${PARTS.length}:`;

/** What a self-test costs: SMS, and segments, which are what an operator counts. */
export function costOf(sms: readonly TestSms[]): { sms: number; segments: number } {
  const segments = sms.reduce((sum, { text, encoding }) => sum + countSegments(text, encoding).segments, 0);
  return { sms: sms.length, segments };
}

/**
 * The requests: the first two SMS as one, in the form that `combine: all` gives to different texts (manual 2.2), the others
 * each by itself. `user_ids`: one for each SMS.
 */
export function requestsOf(
  sms: readonly TestSms[],
  user_ids: readonly number[],
  way: { from: number; number: string },
): SendSmsRequest[] {
  const common = { port: [way.from], request_status_report: true };
  const recipient = (place: number) => ({ number: way.number, user_id: user_ids[place] });
  const [first, second, ...others] = sms as [TestSms, TestSms, ...TestSms[]];
  const pair = [first, second].map(({ text }, place) => ({ ...recipient(place), text_param: [text] }));
  return [
    { ...common, text: PARAM_MARK, encoding: first.encoding, param: pair },
    ...others.map(({ text, encoding }, place) => ({ ...common, text, encoding, param: [recipient(place + 2)] })),
  ];
}
