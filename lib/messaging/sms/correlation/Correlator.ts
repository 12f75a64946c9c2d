import type { Clock } from '../../../clock';
import { atMost } from '../../../concurrency';
import type { DeliveryStatus, SmsResult } from '../../../gateway-api';
import { mayBe, tailOf } from '../../../numbers/agreement';
import type { Source, Stage, Store, StoredSms } from '../../../store';
import type { GatewayClocks } from '../../clocks/GatewayClocks';
import type { InFlight } from '../evidence/InFlight';
import type { SmsEvent } from '../ledger/events';
import type { Ledger } from '../ledger/Ledger';
import { RECOGNISED, WITH_REFERENCE } from '../ledger/stages';
import { ofReport, ofResult } from './match';

export interface CorrelatorOptions {
  store: Store;
  clock: Clock;
  members: ReadonlySet<string>;
  /** ISO code of the country in which numbers are dialled; undefined = not known. */
  home: { readonly country: string | undefined };
  ledger: Ledger;
  inFlight: InFlight;
  clocks: GatewayClocks;
}

/** How long a push waits for the answer that it overtook, in ms. */
const ANSWER_WAIT_MS = 500;

/** Correlates results and delivery reports with the SMS they belong to, whoever brought them (decision 5). */
export class Correlator {
  constructor(private readonly options: CorrelatorOptions) {}

  /**
   * Returns those that are ours beyond doubt: by user_id and number.
   * @param isCredible false for what came from anywhere: without our user_id it only has the gateway asked
   */
  async results(results: readonly SmsResult[], by: Source, isCredible = true): Promise<SmsResult[]> {
    const { clock, clocks } = this.options;
    const ours: SmsResult[] = [];
    for (const result of results) {
      const candidates = await this.candidatesOf(result);
      const isNamed = result.user_id !== undefined;
      if (isNamed && candidates.length > 0) ours.push(result);
      if (!isCredible && !isNamed) {
        await this.askSoon(candidates);
        continue;
      }
      const noticed = (sms: StoredSms): void => clocks.sawResult(sms, result, clock.now());
      await this.give(candidates, { kind: 'result', result, by }, noticed);
    }
    return ours;
  }

  /** @param isCredible false for what came from anywhere: a report names no user_id, so it only has the gateway asked */
  async reports(reports: readonly DeliveryStatus[], by: Source, isCredible = true): Promise<void> {
    for (const report of reports) {
      const { clock, clocks } = this.options;
      const candidates = (await this.awaiting(report)).filter((sms) => by === 'push' || clocks.mayBeOf(sms, report));
      if (!isCredible) {
        await this.askSoon(candidates);
        continue;
      }
      const source = by === 'push' ? 'push' : 'poll';
      const noticed = (sms: StoredSms): void => clocks.sawReport(sms, report, source, clock.now());
      await this.give(candidates, { kind: 'report', report, by }, noticed);
    }
  }

  private async candidatesOf(result: SmsResult): Promise<StoredSms[]> {
    const { store, members, home } = this.options;
    if (result.user_id === undefined)
      return ofResult(await this.byNumber(result.number, RECOGNISED), result, home.country);
    // The manual's own answer holds rows outside its filter (3.4): the number must not be another.
    const own = await store.find([...members], { user_ids: [result.user_id] });
    return own.filter((sms) => mayBe(sms.number, result.number));
  }

  /** Found by number, which is quick; else by port and reference, as for a report that doesn't say its number. */
  private async awaiting(report: DeliveryStatus): Promise<StoredSms[]> {
    const { store, members, home } = this.options;
    const found = ofReport(await this.byNumber(report.number, WITH_REFERENCE), report, home.country);
    if (found.length > 0) return found;
    return ofReport(await store.find([...members], { port: report.port, ref_id: report.ref_id }), report, home.country);
  }

  private async byNumber(number: string, stages: readonly Stage[]): Promise<StoredSms[]> {
    const { store, members } = this.options;
    const tail = tailOf(number);
    return tail === '' ? [] : store.find([...members], { tail, stages });
  }

  /** @param noticed told of the SMS it belongs to, before anything changes */
  private async give(
    candidates: StoredSms[],
    event: SmsEvent<'result'> | SmsEvent<'report'>,
    noticed: (sms: StoredSms) => void,
  ): Promise<void> {
    const [sms, ...others] = candidates;
    if (sms === undefined) return;
    if (others.length > 0) {
      // What the poll's own answer leaves open another question soon would leave open, too: each would lead to the next.
      if (event.by !== 'poll') await this.askSoon(candidates);
      return;
    }
    const current = await this.afterItsAnswer(sms);
    noticed(current);
    await this.options.ledger.apply([current], event);
  }

  /** Several SMS it could mean, or nobody vouches for it: the gateway is asked soon, by user_id, rather than guessing. */
  private async askSoon(candidates: StoredSms[]): Promise<void> {
    await this.options.ledger.apply(candidates, { kind: 'due' });
  }

  /** A push may overtake the answer, which alone says the task. But a gateway may well answer only after its push. */
  private async afterItsAnswer(sms: StoredSms): Promise<StoredSms> {
    const { store, clock, inFlight } = this.options;
    const answer = inFlight.endOf(sms.id);
    if (answer === undefined) return sms;
    await atMost(clock, ANSWER_WAIT_MS, answer);
    const [fresh = sms] = await store.sms([sms.id]);
    return fresh;
  }
}
