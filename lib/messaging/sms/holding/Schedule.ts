import { zoneOfNumber } from '../../../numbers/zones';
import type { Held, NewSms, SmsTimes, StoredSms } from '../../../store';
import { type Hours, instantOfWall, isTimezone, openingFrom, RECIPIENT, vendorTime } from '../../../times';
import type { NodeHours } from './NodeHours';
import type { Withheld } from './rules';

export interface ScheduleOptions {
  hours: NodeHours;
  /** Asked for the time zone of a gateway node as it is now; empty = this machine's. */
  getZone: (gateway: string) => string;
  /** Asked for the ISO code of the country in which a gateway node's numbers are dialled. */
  getCountry: (gateway: string) => string | undefined;
}

/** An SMS as far as its schedule goes; `node` is the `send sms` node. */
type Scheduled = Pick<StoredSms, 'number' | 'priority' | 'gateway' | 'node' | 'times' | 'expires_at' | 'held'>;

/** How an SMS stands to its schedule. Nothing of it is there = it may leave. */
export interface Standing {
  held?: Held;
  withheld?: Withheld;
  /** The SMS's moment went by unseen, longer ago than it may be late. */
  isMissed?: true;
  /** The SMS's own moment has come: until then its validity lasts (ms since 1970; 0 = for ever). */
  expires_at?: number;
}

/**
 * When SMS may leave: at a moment of their own (`sendAt`, `spread`) and within hours (`window`). Everything is worked out from
 * what the clocks show then: the zone of a gateway, the rules of a zone and the hours of a node may be others by that time
 * (docs/decisions/0049).
 */
export class Schedule {
  constructor(private readonly options: ScheduleOptions) {}

  /** To be called before SMS are judged. */
  async prepare(sms: readonly Pick<StoredSms, 'node'>[]): Promise<void> {
    await this.options.hours.settle(new Set(sms.map(({ node }) => node)));
  }

  /** How an SMS stands that waits. One that awaits its own moment is held for that, by nothing else. */
  judge(sms: Scheduled, now: number): Standing {
    const { times, expires_at } = sms;
    const hours = this.hoursOf(sms);
    if (times && sms.held?.quiet) return this.awaiting(sms, times, hours, now);
    return hours.length === 0 ? {} : this.within(sms, hours, now, expires_at);
  }

  /** What an SMS begins with that is taken now. */
  atTaking(sms: NewSms, of: { gateway: string; node: string }, now: number): NewSms {
    const { times } = sms;
    if (times === undefined) return sms;
    const { number, priority } = sms;
    const before = sms.held && { held: sms.held };
    const scheduled: Scheduled = { number, priority, times, expires_at: sms.expires_at, ...of, ...before };
    const hasMoment = times.at !== undefined || times.after !== undefined;
    const hours = this.hoursOf(scheduled);
    const standing = hasMoment
      ? this.awaiting(scheduled, times, hours, now)
      : this.within(scheduled, hours, now, sms.expires_at);
    // Until its own moment has come its validity doesn't count.
    const expires_at = standing.expires_at ?? (hasMoment ? 0 : sms.expires_at);
    const { held } = standing;
    // Not spread: V8 would give each such object a shape of its own.
    if (held) return Object.assign({}, sms, { expires_at, held, due_at: held.until ?? now });
    if (!standing.withheld) return expires_at === sms.expires_at ? sms : Object.assign({}, sms, { expires_at });
    // It can't leave in time: what judges all says so at once.
    return Object.assign({}, sms, {
      expires_at,
      due_at: now,
      ...(hasMoment && { held: this.quietly(scheduled, now) }),
    });
  }

  /** An SMS's own moment, by the zones as they are now; `unnamed`: the zone where none was given. */
  momentOf({ at, zone, after = 0, taken_at = 0 }: SmsTimes, gateway: string, unnamed = this.zoneOf(gateway)): number {
    if (at === undefined) return taken_at + after;
    const start = 'instant' in at ? at.instant : instantOfWall(at.wall, this.known(zone || unnamed));
    return start + after;
  }

  /** When the validity of an SMS that awaits its own moment is over; undefined = it awaits none, or is valid for ever. */
  endOf({ times, held, gateway }: Pick<StoredSms, 'times' | 'held' | 'gateway'>, unnamed?: string): number | undefined {
    if (!times || !held?.quiet || times.validity === 0) return undefined;
    return this.momentOf(times, gateway, unnamed) + times.validity;
  }

  private awaiting(sms: Scheduled, times: SmsTimes, hours: readonly Hours[], now: number): Standing {
    const moment = this.momentOf(times, sms.gateway);
    const expires_at = times.validity === 0 ? 0 : moment + times.validity;
    const opening = this.opening(sms, hours, moment);
    if (opening === undefined || (expires_at !== 0 && opening >= expires_at)) return { withheld: NEVER_OPEN };
    if (opening > now) return { held: this.quietly(sms, opening) };
    if (times.at !== undefined && now - opening > times.late_by) return { isMissed: true };
    return { expires_at, ...this.within(sms, hours, now, expires_at) };
  }

  private within(sms: Scheduled, hours: readonly Hours[], now: number, expires_at: number): Standing {
    const opening = this.opening(sms, hours, now);
    if (opening === now) return {};
    if (opening === undefined || (expires_at !== 0 && opening >= expires_at)) return { withheld: NEVER_OPEN };
    return { held: { by: 'schedule', until: opening, text: `Outside its hours until ${this.shown(opening, sms)}` } };
  }

  private quietly(sms: Scheduled, until: number): Held {
    return { by: 'schedule', until, text: `Waits for ${this.shown(until, sms)}`, quiet: true };
  }

  private opening(sms: Scheduled, hours: readonly Hours[], at: number): number | undefined {
    return openingFrom(hours, at, (word) =>
      this.known(word === RECIPIENT ? this.recipientZone(sms) : word || this.zoneOf(sms.gateway)),
    );
  }

  /** Returns the hours of the SMS's node as it is now; of a node that isn't there any more, those that it was given. */
  private hoursOf({ node, times, priority }: Scheduled): readonly Hours[] {
    const own = { hours: times?.hours ?? [], highIgnores: times?.high_ignores ?? false };
    const { hours, highIgnores } = this.options.hours.of(node) ?? own;
    return priority === 'high' && highIgnores ? [] : hours;
  }

  // Of an SMS that was taken before its node asked for recipients' zones none was made sure of.
  private recipientZone({ times, number, gateway, extra }: Scheduled & Pick<NewSms, 'extra'>): string {
    const given = times?.recipient_zone ?? extra?.timezone;
    if (typeof given === 'string' && given !== '') return given;
    return zoneOfNumber(number, this.options.getCountry(gateway)) ?? this.zoneOf(gateway);
  }

  private zoneOf(gateway: string): string {
    return this.options.getZone(gateway);
  }

  // A zone that this Node knows no more mustn't keep an SMS for ever.
  private known(zone: string): string {
    return isTimezone(zone) ? zone : '';
  }

  private shown(instant: number, { times, gateway }: Scheduled): string {
    const zone = this.known(times?.zone || times?.recipient_zone || this.zoneOf(gateway));
    const wall = vendorTime(new Date(instant), zone).slice(0, 16);
    return zone === '' ? wall : `${wall} (${zone})`;
  }
}

const NEVER_OPEN: Withheld = {
  code: 'SCHEDULE',
  message: 'No hour in which it may leave comes before its validity ends',
};
