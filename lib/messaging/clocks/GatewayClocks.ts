import type { Clock } from '../../clock';
import type { DeliveryStatus, SmsResult } from '../../gateway-api';
import type { StoredSms } from '../../store';
import { isoTime } from '../../times';
import { Offset } from './Offset';
import { ReportLooks } from './ReportLooks';

/** How long before its answer a request of ours may have left. */
const LONGEST_REQUEST_MS = 60_000;
/** No two zones of the world are further apart. */
const LARGEST_ZONE_DISTANCE_MS = 26 * 3_600_000;

/**
 * The clocks by which a gateway tells times (docs/decisions/0027). The device's own: results, call records, missed calls. The
 * network's: incoming SMS. Delivery reports go by either, so theirs is learned for itself. Each is learned from what is known
 * to have happened between two moments of ours, and learned anew after it was set. All moments are given by our wall clock
 * and kept by our monotonic one: a step of ours changes nothing of what is known of theirs.
 */
export class GatewayClocks {
  private readonly device = new Offset();
  private readonly network = new Offset();
  private readonly reports = new Offset();
  private readonly looks = new ReportLooks();

  constructor(private readonly clock: Clock) {}

  /** Ms that the device's clock is ahead of ours in the time zone that is set; undefined while that isn't known. */
  get deviceAhead(): number | undefined {
    return this.device.aheadOf(this.stepped);
  }

  /** The offset of the network's clock. */
  get networkAhead(): number | undefined {
    return this.network.aheadOf(this.stepped) ?? this.reports.aheadOf(this.stepped);
  }

  /** Seconds that each is ahead, as far as it is known. */
  get ahead(): { device?: number; network?: number } {
    const { deviceAhead: device, networkAhead: network } = this;
    return {
      ...(device !== undefined && { device: Math.round(device / 1000) }),
      ...(network !== undefined && { network: Math.round(network / 1000) }),
    };
  }

  /** A result of an SMS of ours shows at `now`. */
  sawResult(sms: StoredSms, { status, time, time_iso }: SmsResult, now: number): void {
    // The same again says nothing; the record of one that waits may tell when it was taken, or when it left.
    if (status === 'SENDING' || time === sms.time) return;
    this.device.learn({ told: Date.parse(time_iso ?? ''), from: this.submittedAt(sms), to: this.steady(now) });
  }

  /** An SMS was pushed at `now`, with what the network says of when. One that was on its way for long contradicts the
   * others, and is passed over. */
  sawIncoming(timestamp_iso: string | undefined, now: number): void {
    this.network.learn({
      told: Date.parse(timestamp_iso ?? ''),
      from: this.steady(now) - LONGEST_JOURNEY_MS,
      to: this.steady(now),
    });
  }

  /** Delivery reports of these numbers were asked for, and these came. */
  sawReports(numbers: readonly string[], reports: readonly DeliveryStatus[], now: number): void {
    this.looks.add(numbers, reports, this.steady(now));
  }

  /** A report that belongs to an SMS, by what it names, shows at `now`. */
  sawReport(sms: StoredSms, report: DeliveryStatus, by: 'push' | 'poll', now: number): void {
    if (by === 'poll' && !this.isNew(sms, report)) return;
    this.reports.learn({ told: Date.parse(report.time_iso ?? ''), from: this.submittedAt(sms), to: this.steady(now) });
  }

  /**
   * Whether a polled report, which names the SMS's port, number and reference, may be this one's: the gateway keeps old
   * reports, and a reference comes again after 256 SMS. One that came to light after our sending is ours whatever its time;
   * one that was there before isn't. Where neither is known its time tells, once that clock is learned; until then only a
   * time that no zone explains.
   */
  mayBeOf(sms: StoredSms, report: DeliveryStatus): boolean {
    if (this.isNew(sms, report)) return true;
    const submitted = this.submittedAt(sms);
    if (this.looks.of(report).by < submitted) return false;
    const told = Date.parse(report.time_iso ?? '');
    const isOld = this.reports.wasBefore(told, submitted);
    if (isOld !== undefined) return !isOld;
    return told >= submitted + this.stepped - LARGEST_ZONE_DISTANCE_MS || !isMuchEarlier(report.time, sms.time);
  }

  private isNew(sms: StoredSms, report: DeliveryStatus): boolean {
    const { after } = this.looks.of(report);
    return after >= this.steady(answeredAt(sms) ?? Number.POSITIVE_INFINITY);
  }

  /** A moment before which the gateway certainly hadn't got it; long ago where that isn't known. */
  private submittedAt(sms: StoredSms): number {
    return this.steady(answeredAt(sms) ?? Number.NEGATIVE_INFINITY) - LONGEST_REQUEST_MS;
  }

  private steady(moment: number): number {
    return moment - this.stepped;
  }

  /** What our wall clock shows beyond our monotonic one. */
  private get stepped(): number {
    return this.clock.now() - this.clock.monotonic();
  }
}

/** How long an SMS or a report may be on its way; mostly it is seconds. */
const LONGEST_JOURNEY_MS = 10 * 60_000;

const answeredAt = ({ history }: StoredSms): number | undefined =>
  history.find(({ status, by }) => status === 'ACCEPTED' && by === 'answer')?.at;

/** By what two clocks show. Not time_iso: an SMS keeps the one of the zone that was set then. */
const isMuchEarlier = (one: string | undefined, other: string | undefined): boolean =>
  shownBy(one) < shownBy(other) - LARGEST_ZONE_DISTANCE_MS;

const shownBy = (time: string | undefined): number => Date.parse(isoTime(time, 'UTC') ?? '');
