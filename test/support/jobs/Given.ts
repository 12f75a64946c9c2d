import type { SendRequest } from '../../../lib/messaging/taking/SmsIntake';
import type { RawOptions } from '../../../lib/messaging/taking/validateRequest';

/** An SMS that may be sent: to one of a recipient's numbers. */
export interface GivenSms {
  number: string;
  input: GivenInput;
  /** The place of its recipient, and its own among his numbers. */
  recipient: number;
  place: number;
  text: string;
  /** Not before that, and not after that (ms since 1970). */
  from: number;
  until: number;
}

/** An input, and what is known of it from outside. */
export interface GivenInput {
  id: string;
  gateway: string;
  node: string;
  job: string;
  hasOwnJob: boolean;
  options: Partial<RawOptions>;
  request: Partial<SendRequest>;
  sms: GivenSms[];
  at: number;
  state: 'asked' | 'kept' | 'refused' | 'duplicate';
  /** Whether a command holds it, as far as that is known. */
  paused: boolean | 'perhaps';
  /** Whether a command has stopped it, and what its answer named as having left. */
  stopped: { at: number; left: ReadonlySet<string> } | 'perhaps' | undefined;
  /** The lives in which its outcome left. */
  outcomes: number[];
}

/** When SMS may leave that aren't urgent, by the clocks of UTC: from hour to hour. */
export interface DayHours {
  from: number;
  to: number;
}

export const isWithin = ({ from, to }: DayHours, at: number): boolean => {
  const hour = (at / 3_600_000) % 24;
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
};
