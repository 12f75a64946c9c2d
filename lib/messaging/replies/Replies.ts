import type { Clock } from '../../clock';
import type { IncomingSms } from '../../gateway-api';
import { closest, tailOf } from '../../numbers/agreement';
import type { BegunTo, SmsStatus, Store, StoredSms } from '../../store';
import { finalText } from '../finalText';
import { type Asked, type Candidate, chosenFrom } from './chosenFrom';

/** What an incoming SMS answers (contract, receive sms, `reply_to`). */
export interface ReplyTo {
  user_id: number;
  /** The `_msgid` of the input that sent it, where that had one. */
  input?: string;
  text: string;
  sent_at_iso: string;
  /** False where only the last digits of the numbers agree, where it came in at another port, or where several SMS could be meant. */
  certain: boolean;
}

export interface RepliesOptions {
  store: Pick<Store, 'begunTo' | 'sms' | 'inputs'>;
  clock: Clock;
  /** The config nodes whose SMS go by this gateway. */
  members: ReadonlySet<string>;
  home: { readonly country: string | undefined };
  clocks: { readonly networkAhead: number | undefined };
}

/** How many SMS to a number are looked at: those before them are older than an answer. */
const MOST_CANDIDATES = 16;
/** No two zones of the world are further apart: what an unknown clock shows may be off by that. */
const LARGEST_ZONE_DISTANCE_MS = 26 * 3_600_000;
/** Clocks that agree may be so far apart all the same. */
const SLACK_MS = 60_000;
/** What certainly reached nobody can't be answered. */
const NEVER_SENT: ReadonlySet<SmsStatus> = new Set(['REFUSED', 'FAILED', 'STOPPED', 'EXPIRED', 'WITHHELD']);

/** Finds which of our SMS incoming ones answer: by number and time, from what the store knows, also after a restart. */
export class Replies {
  constructor(private readonly options: RepliesOptions) {}

  /**
   * Resolves with what each of these SMS answers; undefined where we texted nobody with its number in that time.
   * @param window ms before the SMS in which ours counts; 0 = nothing is looked for
   */
  async to(incoming: readonly IncomingSms[], window: number): Promise<(ReplyTo | undefined)[]> {
    const asked = incoming.map((sms): Asked => ({ sms, tail: tailOf(sms.number), at: this.momentOf(sms) }));
    const tails = [...new Set(asked.map(({ tail }) => tail))].filter((tail) => tail !== '');
    if (window <= 0 || tails.length === 0) return incoming.map(() => undefined);
    const { store, members } = this.options;
    const since = Math.min(...asked.map(({ at }) => at)) - window;
    const begun = await store.begunTo([...members], tails, since, MOST_CANDIDATES);
    const sms = await this.known(begun);
    const found = asked.map((one) => {
      const ours = this.candidatesFor(one, begun, sms).filter(({ at }) => at > one.at - window);
      return chosenFrom(one, ours, this.options.home.country);
    });
    const inputs = await store.inputs([...new Set(found.flatMap((one) => (one ? [one.sms.input] : [])))]);
    const msgs = new Map(inputs.map(({ id, msg }) => [id, msg]));
    return found.map((one) => one && told(one, msgs.get(one.sms.input)));
  }

  private async known(begun: readonly BegunTo[]): Promise<Map<number, StoredSms>> {
    const ids = begun.flatMap(({ newest }) => newest.map(({ id }) => id));
    const sms = ids.length > 0 ? await this.options.store.sms(ids) : [];
    return new Map(sms.filter(({ status }) => !NEVER_SENT.has(status)).map((one) => [one.id, one]));
  }

  private candidatesFor(
    { sms, tail, at }: Asked,
    begun: readonly BegunTo[],
    known: Map<number, StoredSms>,
  ): Candidate[] {
    const rows = begun.filter(({ number }) => tailOf(number) === tail);
    const ours = closest(rows, sms.number, this.options.home.country).flatMap(({ newest }) => newest);
    return ours
      .flatMap(({ id, at: sentAt }): Candidate[] => {
        const one = known.get(id);
        return one ? [{ sms: one, at: sentAt }] : [];
      })
      .filter((one) => one.at <= at + SLACK_MS)
      .sort((one, other) => other.at - one.at);
  }

  /** When an SMS was written, by our clock: what the network's clock shows of it, as far as that is known. */
  private momentOf({ timestamp_iso }: IncomingSms): number {
    const { clock, clocks } = this.options;
    const now = clock.now();
    const shown = Date.parse(timestamp_iso ?? '');
    const isOff = clocks.networkAhead === undefined && Math.abs(now - shown) <= LARGEST_ZONE_DISTANCE_MS;
    return Number.isNaN(shown) || isOff ? now : Math.min(now, shown - (clocks.networkAhead ?? 0));
  }
}

function told({ sms, at, isCertain }: Candidate & { isCertain: boolean }, msg: string | undefined): ReplyTo {
  const { _msgid } = JSON.parse(msg ?? '{}') as { _msgid?: unknown };
  return {
    user_id: sms.user_id,
    ...(typeof _msgid === 'string' && { input: _msgid }),
    text: finalText(sms),
    sent_at_iso: new Date(at).toISOString(),
    certain: isCertain,
  };
}
