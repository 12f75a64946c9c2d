import type { Clock } from '../../../clock';
import { allOf, atMost } from '../../../concurrency';
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

const isNamed = ({ user_id }: SmsResult): boolean => user_id !== undefined;

/** Results entered side by side: the event loop gets a turn between as many. */
const MOST_TOGETHER = 64;

/** The results in their order: those next to each other that name their SMS together, each of the others alone. */
function sideBySide(results: readonly SmsResult[]): SmsResult[][] {
  const parts: SmsResult[][] = [];
  for (const result of results) {
    const last = parts.at(-1);
    if (last?.[0] && isNamed(last[0]) && isNamed(result) && last.length < MOST_TOGETHER) last.push(result);
    else parts.push([result]);
  }
  return parts;
}

/** How long a push waits for the answer that it overtook, in ms. */
const ANSWER_WAIT_MS = 500;

/** Correlates results and delivery reports with the SMS they belong to, whoever brought them (decision 5). */
export class Correlator {
  constructor(private readonly options: CorrelatorOptions) {}

  /**
   * Those that name their SMS are entered side by side, so that the store keeps a whole push with one sync; whose the others
   * are depends on what came before them. Returns those that are ours beyond doubt: by user_id and number.
   * @param isCredible false for what came from anywhere: without our user_id it only has the gateway asked
   */
  async results(results: readonly SmsResult[], by: Source, isCredible = true): Promise<SmsResult[]> {
    const ours: SmsResult[] = [];
    for (const some of sideBySide(results)) {
      const found = await this.candidatesOf(some);
      ours.push(...some.filter((result, place) => isNamed(result) && (found[place]?.length ?? 0) > 0));
      await allOf(some.map((result, place) => this.result(result, found[place] ?? [], by, isCredible)));
    }
    return ours;
  }

  private async result(result: SmsResult, candidates: StoredSms[], by: Source, isCredible: boolean): Promise<void> {
    const { clock, clocks } = this.options;
    if (!isCredible && !isNamed(result)) return this.askSoon(candidates);
    const noticed = (sms: StoredSms): void => clocks.sawResult(sms, result, clock.now());
    await this.give(candidates, { kind: 'result', result, by }, noticed);
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

  /** For each of some results that name their SMS, or of one that doesn't. */
  private async candidatesOf(results: readonly SmsResult[]): Promise<StoredSms[][]> {
    const { store, members, home } = this.options;
    const user_ids = results.flatMap(({ user_id }) => user_id ?? []);
    if (user_ids.length === 0) {
      const one = async (result: SmsResult) =>
        ofResult(await this.byNumber(result.number, RECOGNISED), result, home.country);
      return Promise.all(results.map(one));
    }
    const own = await store.find([...members], { user_ids });
    // The manual's own answer holds rows outside its filter (3.4): the number must not be another.
    return results.map(({ user_id, number }) =>
      own.filter((sms) => sms.user_id === user_id && mayBe(sms.number, number)),
    );
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
