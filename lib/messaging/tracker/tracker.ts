import type { Clock } from '../../clock';
import { type DeliveryStatus, type GatewayClient, GatewayError, type SmsResult } from '../../gateway-api';
import type { SmsChange, Stage, Store, StoredSms, Witness } from '../../store';
import type { Line } from '../line/line';
import { type Changed, movedBy } from '../outcome/changed';
import { notBefore, ofReport, ofResult, sameNumber } from './match';
import { mergeReport, mergeResult } from './merge';
import { reportIsOverdue } from './overdue';
import { firstPoll, nextPoll } from './pollPlan';

type Api = Pick<GatewayClient, 'querySmsResult' | 'querySmsDeliverStatus'>;

export interface TrackerOptions {
  line: Line<Api>;
  store: Store;
  clock: Clock;
  gateways: () => string[];
  changed: Changed;
  /** Ends the questions under way when the line closes. */
  signal: AbortSignal;
}

/** Ids or numbers in one query: the manual allows 32 numbers (3.2). */
const MOST_ASKED = 32;
const TRACKED: readonly Stage[] = ['gateway', 'sent', 'unknown', 'submitting', 'doubt'];
const NONE: ReadonlySet<number> = new Set();
/** Pushes keep the poll slow for this long after the last one, in ms. */
const PUSH_TRUST = 10 * 60_000;

/** Learns what became of accepted SMS, from pushes and from its own poll, whichever comes first (decision 5). */
export class Tracker {
  private lastPush = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: TrackerOptions) {}

  /** When an SMS accepted now is first asked for (ms since 1970). */
  firstPoll(now: number): number {
    return firstPoll(now, this.pushed(now));
  }

  /** Results that were pushed. Those that are not ours are passed over. */
  async pushedResults(results: SmsResult[]): Promise<void> {
    this.lastPush = this.options.clock.now();
    await this.adoptResults(results, 'push');
  }

  /** Delivery reports that were pushed. */
  async pushedReports(reports: DeliveryStatus[]): Promise<void> {
    this.lastPush = this.options.clock.now();
    await this.adoptReports(reports, 'push');
  }

  /** Asks for the SMS whose time has come, at most 32. A gateway that doesn't answer is asked again later. */
  async poll(): Promise<void> {
    const { store, clock, gateways, line, signal } = this.options;
    const due = await store.due(gateways(), clock.now(), MOST_ASKED);
    if (due.length === 0) return;
    const user_id = due.map((sms) => sms.user_id);
    try {
      const { result } = await line.ask({ kind: 'fate', signal }, (api) => api.querySmsResult({ user_id }, { signal }));
      await this.adoptResults(result, 'poll');
      await this.askForReports(due);
    } catch (error) {
      // That the gateway is away shows where it has consequences: in what waits to be sent.
      if (!(error instanceof GatewayError)) throw error;
    } finally {
      if (!signal.aborted) await this.planNext(due);
    }
  }

  // The result may never say UNDELIVERED: only the report does, and without pushes only this query brings it.
  private async askForReports(due: readonly StoredSms[]): Promise<void> {
    const awaiting = (await this.options.store.sms(due.map((sms) => sms.id))).filter((sms) => sms.stage === 'sent');
    if (awaiting.length === 0) return;
    const number = [...new Set(awaiting.map((sms) => sms.number))];
    const { line, signal } = this.options;
    const { result } = await line.ask({ kind: 'fate', signal }, (api) =>
      api.querySmsDeliverStatus({ number }, { signal }),
    );
    await this.adoptReports(result, 'poll');
  }

  private async planNext(asked: readonly StoredSms[]): Promise<void> {
    const { store, clock } = this.options;
    const now = clock.now();
    const current = await store.sms(asked.map((sms) => sms.id));
    const changes = current.map((sms): SmsChange => {
      if (reportIsOverdue(sms, now)) return { id: sms.id, stage: 'done' };
      return { id: sms.id, polls: sms.polls + 1, poll_at: nextPoll(sms, now, this.pushed(now)) };
    });
    const changed = await store.change(changes, TRACKED);
    await this.options.changed(
      changed.filter(({ stage }) => stage === 'done'),
      NONE,
    );
  }

  private async adoptResults(results: readonly SmsResult[], by: Witness): Promise<void> {
    for (const result of results) {
      const candidates = await this.candidatesOf(result);
      const [sms, ...others] = candidates;
      if (sms && others.length === 0) await this.adopt(mergeResult(sms, result, this.options.clock.now(), by));
      else await this.askSoon(candidates);
    }
  }

  private async candidatesOf(result: SmsResult): Promise<StoredSms[]> {
    const { store, gateways } = this.options;
    if (result.user_id !== undefined) {
      // The manual's own answer holds rows outside its filter (3.4): the number must be ours too.
      const own = await store.byUserId(gateways(), [result.user_id]);
      return own.filter((sms) => sameNumber(sms.number, result.number));
    }
    return ofResult(await store.byNumber(gateways(), result.number, TRACKED), result);
  }

  private async adoptReports(reports: readonly DeliveryStatus[], by: Witness): Promise<void> {
    const { store, gateways, clock } = this.options;
    for (const report of reports) {
      const onAir = await store.byNumber(gateways(), report.number, ['sent', 'gateway']);
      const candidates = ofReport(onAir, report).filter((sms) => by === 'push' || notBefore(sms, report));
      const [sms, ...others] = candidates;
      if (sms && others.length === 0) await this.adopt(mergeReport(sms, report, clock.now(), by));
      else await this.askSoon(candidates);
    }
  }

  private async adopt(change: SmsChange | undefined): Promise<void> {
    if (!change) return;
    const { store, clock } = this.options;
    const now = clock.now();
    const planned =
      change.stage === 'sent' || change.stage === 'gateway'
        ? { poll_at: nextPollOf(change, now, this.pushed(now)) }
        : {};
    await this.options.changed(await store.change([{ ...change, ...planned }], TRACKED), movedBy([change]));
  }

  /** Several SMS it could mean: the gateway is asked by user_id rather than guessing. */
  private async askSoon(candidates: readonly StoredSms[]): Promise<void> {
    const now = this.options.clock.now();
    await this.options.store.change(
      candidates.map(({ id }) => ({ id, poll_at: now })),
      TRACKED,
    );
  }

  private pushed(now: number): boolean {
    return now - this.lastPush < PUSH_TRUST;
  }
}

const nextPollOf = ({ stage = 'gateway' }: SmsChange, now: number, pushed: boolean): number =>
  nextPoll({ stage, polls: 0 }, now, pushed);
