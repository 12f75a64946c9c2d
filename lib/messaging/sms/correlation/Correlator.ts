import type { Clock } from '../../../clock';
import { atMost } from '../../../concurrency';
import type { DeliveryStatus, SmsResult } from '../../../gateway-api';
import { mayBe, tailOf } from '../../../numbers/agreement';
import type { SmsChange, Stage, Store, StoredSms, Witness } from '../../../store';
import type { GatewayClocks } from '../../clocks/GatewayClocks';
import { type Changed, movedBy } from '../ledger/changed';
import { nextPoll } from '../ledger/pollPlan';
import { mergeReport, mergeResult } from '../ledger/results';
import { ofReport, ofResult } from './match';

export interface CorrelatorOptions {
  store: Store;
  clock: Clock;
  gateways: () => string[];
  /** ISO code of the country in which numbers are dialled; undefined = not known. */
  country: () => string | undefined;
  changed: Changed;
  /** The end of an SMS's request; undefined when it isn't under way. */
  answered: (sms: number) => Promise<void> | undefined;
  clocks: GatewayClocks;
  /** Whether pushes arrive. */
  pushed: () => boolean;
}

/** The stages in which an SMS may still learn something of its fate. */
export const TRACKED: readonly Stage[] = ['gateway', 'sent', 'unknown', 'submitting', 'doubt'];
/** What is over recognises its own result when a push brings it twice; otherwise the next SMS would get it. */
const RECOGNISED: readonly Stage[] = [...TRACKED, 'done'];
/** How long a push waits for the answer that it overtook, in ms. */
const PATIENCE = 500;
const ON_AIR: readonly Stage[] = ['sent', 'gateway'];

/** Gives results and delivery reports to the SMS they belong to, whoever brought them (decision 5). */
export class Correlator {
  constructor(private readonly options: CorrelatorOptions) {}

  /**
   * Returns those that are ours beyond doubt: by user_id and number.
   * @param isCredible false for what came from anywhere: without our user_id it only has the gateway asked
   */
  async results(results: readonly SmsResult[], by: Witness, isCredible = true): Promise<SmsResult[]> {
    const ours: SmsResult[] = [];
    for (const result of results) {
      const candidates = await this.candidatesOf(result);
      const isNamed = result.user_id !== undefined;
      if (isNamed && candidates.length > 0) ours.push(result);
      const merge = (sms: StoredSms) => {
        const now = this.options.clock.now();
        this.options.clocks.sawResult(sms, result, now);
        return mergeResult(sms, result, now, by);
      };
      await this.give(candidates, isCredible || isNamed ? merge : undefined);
    }
    return ours;
  }

  /** @param isCredible false for what came from anywhere: a report names no user_id, so it only has the gateway asked */
  async reports(reports: readonly DeliveryStatus[], by: Witness, isCredible = true): Promise<void> {
    for (const report of reports) {
      const { clock, clocks } = this.options;
      const candidates = (await this.awaiting(report)).filter((sms) => by === 'push' || clocks.mayBeOf(sms, report));
      const merge = (sms: StoredSms) => {
        clocks.sawReport(sms, report, by === 'push' ? 'push' : 'poll', clock.now());
        return mergeReport(sms, report, clock.now(), by);
      };
      await this.give(candidates, isCredible ? merge : undefined);
    }
  }

  private async candidatesOf(result: SmsResult): Promise<StoredSms[]> {
    const { store, gateways, country } = this.options;
    if (result.user_id === undefined)
      return ofResult(await this.byNumber(result.number, RECOGNISED), result, country());
    // The manual's own answer holds rows outside its filter (3.4): the number must not be another.
    const own = await store.byUserId(gateways(), [result.user_id]);
    return own.filter((sms) => mayBe(sms.number, result.number));
  }

  /** Found by number, which is quick; else by port and reference, as for a report that doesn't say its number. */
  private async awaiting(report: DeliveryStatus): Promise<StoredSms[]> {
    const { store, gateways, country } = this.options;
    const found = ofReport(await this.byNumber(report.number, ON_AIR), report, country());
    if (found.length > 0) return found;
    return ofReport(await store.byReference(gateways(), report.port, report.ref_id), report, country());
  }

  private async byNumber(number: string, stages: readonly Stage[]): Promise<StoredSms[]> {
    const { store, gateways } = this.options;
    const tail = tailOf(number);
    return tail === '' ? [] : store.byTail(gateways(), tail, stages);
  }

  /** Several SMS it could mean, or nobody vouches for it: the gateway is asked soon, by user_id, rather than guessing. */
  private async give(candidates: StoredSms[], merge?: (sms: StoredSms) => SmsChange | undefined): Promise<void> {
    const [sms, ...others] = candidates;
    const { store, clock } = this.options;
    if (merge && sms && others.length === 0) return this.adopt(merge(await this.afterItsAnswer(sms)));
    const soon = candidates.map(({ id }): SmsChange => ({ id, poll_at: clock.now() }));
    if (soon.length > 0) await store.change(soon, TRACKED);
  }

  /** A push may overtake the answer, which alone says the task. But a gateway may well answer only after its push. */
  private async afterItsAnswer(sms: StoredSms): Promise<StoredSms> {
    const { store, clock, answered } = this.options;
    const answer = answered(sms.id);
    if (answer === undefined) return sms;
    await atMost(clock, PATIENCE, answer);
    const [fresh = sms] = await store.sms([sms.id]);
    return fresh;
  }

  private async adopt(change: SmsChange | undefined): Promise<void> {
    if (!change) return;
    const { store, clock, pushed, changed } = this.options;
    const { stage } = change;
    const goesOn = stage === 'sent' || stage === 'gateway';
    const poll_at = goesOn ? nextPoll({ stage, polls: 0 }, clock.now(), pushed()) : undefined;
    const planned = { ...change, ...(poll_at !== undefined && { poll_at }) };
    await changed(await store.change([planned], TRACKED), movedBy([change]));
  }
}
