import type { Clock } from '../../../clock';
import {
  type DeliveryStatus,
  type GatewayClient,
  GatewayError,
  type SmsResult,
  type SmsResults,
} from '../../../gateway-api';
import { writingsOf } from '../../../numbers/e164';
import type { Store, StoredSms } from '../../../store';
import type { GatewayClocks } from '../../clocks/GatewayClocks';
import type { RequestQueue } from '../../requestQueue/RequestQueue';
import type { Correlator } from '../correlation/Correlator';
import type { Evidence } from '../evidence/Evidence';
import type { PushActivity } from '../evidence/PushActivity';
import { isMarkedAs } from '../evidence/probe';
import type { Ledger } from '../ledger/Ledger';

type Api = Pick<GatewayClient, 'querySmsResult' | 'querySmsDeliverStatus'>;

export interface TrackerOptions {
  requests: RequestQueue<Api>;
  store: Store;
  clock: Clock;
  members: ReadonlySet<string>;
  /** ISO code of the country in which numbers are dialled; undefined = not known. */
  home: { readonly country: string | undefined };
  ledger: Ledger;
  correlator: Correlator;
  clocks: GatewayClocks;
  /** Told of every record that the gateway shows when it is asked, ours or not, and of ours that are pushed. */
  evidence: Evidence;
  pushes: PushActivity;
  /** Ends the questions under way when the queue closes. */
  signal: AbortSignal;
}

/** Ids or numbers in one query: the manual allows 32 numbers (3.2). */
const MOST_ASKED = 32;
/** What a gateway answers that doesn't know the question, and how many such answers in a row are no accident. */
const MUTE_BY: ReadonlySet<string> = new Set(['BAD_REPLY', 'NOT_FOUND']);
const FAILED_POLLS_UNTIL_MUTE = 5;
/** What is due so soon is asked for in the same question, in ms: else a busy gateway is asked for each SMS by itself. */
const TOGETHER_MS = 2000;

/** Learns what became of accepted SMS, from pushes and from its own poll, whichever comes first (decision 5). */
export class Tracker {
  /** Questions for results in a row that were answered by none. */
  private mute = 0;

  constructor(private readonly options: TrackerOptions) {}

  /**
   * Results that were pushed. Those that are not ours are passed over: whoever can push could else say which record is the
   * newest, by which doubts are decided.
   * @param isCredible whether they came from the gateway's own address
   */
  async pushedResults(results: SmsResult[], isCredible: boolean): Promise<void> {
    if (isCredible) this.options.pushes.note();
    this.options.evidence.seen(await this.options.correlator.results(results, 'push', isCredible));
  }

  /** Delivery reports that were pushed. */
  async pushedReports(reports: DeliveryStatus[], isCredible: boolean): Promise<void> {
    if (isCredible) this.options.pushes.note();
    await this.options.correlator.reports(reports, 'push', isCredible);
  }

  /** Asks for the SMS whose time has come, at most 32. A gateway that doesn't answer is asked again later. */
  async poll(): Promise<void> {
    const { store, clock, members, requests, signal, evidence, correlator } = this.options;
    const due = await store.due([...members], clock.now() + TOGETHER_MS, MOST_ASKED);
    if (due.length === 0) return;
    const user_id = due.map((sms) => sms.user_id);
    const contradicted = new Set<number>();
    try {
      const ask = (api: Api): Promise<SmsResults> => api.querySmsResult({ user_id }, { signal });
      const { result, unreadable = [] } = await requests
        .run({ kind: 'result', signal }, ask)
        .catch((error: unknown) => {
          if (error instanceof GatewayError && MUTE_BY.has(error.code)) this.mute += 1;
          throw error;
        });
      this.mute = 0;
      evidence.seen(result);
      const named = unreadable.filter((record) => record.user_id !== undefined);
      const rows = [...result, ...named];
      const ours = new Set((await correlator.results(rows, 'poll')).map((record) => record.user_id));
      for (const sms of due)
        if (!ours.has(sms.user_id) && rows.some((row) => isMarkedAs(sms, row))) contradicted.add(sms.id);
      await this.askForReports(due);
    } catch (error) {
      // That the gateway is away shows where it has consequences: in what waits to be sent.
      if (!(error instanceof GatewayError)) throw error;
    } finally {
      if (!signal.aborted) await this.planNext(due, contradicted);
    }
  }

  // The result may never say UNDELIVERED: only the report does, and without pushes only this query brings it.
  private async askForReports(due: readonly StoredSms[]): Promise<void> {
    const awaiting = (await this.options.store.sms(due.map((sms) => sms.id))).filter((sms) => sms.stage === 'sent');
    if (awaiting.length === 0) return;
    const { requests, signal, home } = this.options;
    const written = [...new Set(awaiting.map((sms) => sms.number))];
    // A gateway may keep a report under the number as its network writes it. All are asked for as we wrote them.
    const others = written.flatMap((one) => writingsOf(one, home.country));
    const number = [...new Set([...written, ...others])].slice(0, MOST_ASKED);
    const { result } = await requests.run({ kind: 'result', signal }, (api) =>
      api.querySmsDeliverStatus({ number }, { signal }),
    );
    this.options.clocks.sawReports(number, result, this.options.clock.now());
    await this.options.correlator.reports(result, 'poll');
  }

  private async planNext(asked: readonly StoredSms[], contradicted: ReadonlySet<number>): Promise<void> {
    const { store, ledger, pushes } = this.options;
    const current = await store.sms(asked.map((sms) => sms.id));
    const before = new Map(asked.map((sms) => [sms.id, sms]));
    const hasMoved = ({ id, stage }: StoredSms): boolean => before.get(id)?.stage === 'gateway' && stage !== 'gateway';
    pushes.missed(current.filter(hasMoved).length);
    const planned = new Map(asked.map(({ id, poll_at }) => [id, poll_at]));
    const isMute = this.mute >= FAILED_POLLS_UNTIL_MUTE;
    await ledger.apply(current, { kind: 'asked', isMute, planned, contradicted });
  }
}
