import type { Clock } from '../../../clock';
import { allOf, atMost } from '../../../concurrency';
import type { DeliveryStatus, SmsResult } from '../../../gateway-api';
import { mayBe, tailOf } from '../../../numbers/agreement';
import type { Source, Stage, Store, StoredSms } from '../../../store';
import type { GatewayClocks } from '../../clocks/GatewayClocks';
import type { InFlight } from '../evidence/InFlight';
import type { SmsEvent } from '../ledger/events';
import type { Ledger } from '../ledger/Ledger';
import type { Reading } from '../ledger/Readings';
import { RECOGNISED, WITH_REFERENCE } from '../ledger/stages';
import { inParts } from './inParts';
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

/** What was told, and the SMS that it may be of. */
interface Told<K extends 'result' | 'report'> {
  candidates: StoredSms[];
  event: SmsEvent<K>;
  /** Told of the SMS it belongs to, before anything changes. */
  onFound: (sms: StoredSms) => void;
}

const isNamed = ({ user_id }: SmsResult): boolean => user_id !== undefined;

const keysOfResult = ({ user_id }: SmsResult): string[] => (user_id === undefined ? [] : [`${user_id}`]);
/** By what the SMS of a report is found: by two others another one is, with hardly an exception. */
const keysOfReport = ({ number, port, ref_id }: DeliveryStatus): string[] => {
  const tail = tailOf(number);
  return [`${port}/${ref_id}`, ...(tail === '' ? [] : [`of ${tail}`])];
};

/** How long a push waits for the answer that it overtook, in ms. */
const ANSWER_WAIT_MS = 500;

/** Correlates results and delivery reports with the SMS they belong to, whoever brought them (decision 5). */
export class Correlator {
  constructor(private readonly options: CorrelatorOptions) {}

  /**
   * Enters results. Those that name their SMS are entered in one go, so that the store keeps a whole push with one call; whose
   * the others are depends on what came before them. Returns the results that are ours beyond doubt: by user_id and number.
   * @param isCredible false for what came from anywhere: without our user_id it only has the gateway asked
   */
  async results(results: readonly SmsResult[], by: Source, isCredible = true): Promise<SmsResult[]> {
    const ours: SmsResult[] = [];
    for (const some of inParts(results, keysOfResult)) {
      const reading = this.options.ledger.beginReading();
      try {
        ours.push(...(await this.enterResults(some, by, isCredible, reading)));
      } finally {
        reading.end();
      }
    }
    return ours;
  }

  private async enterResults(
    results: readonly SmsResult[],
    by: Source,
    isCredible: boolean,
    reading: Reading,
  ): Promise<SmsResult[]> {
    const { clock, clocks } = this.options;
    const found = await this.candidatesOf(results);
    const told = results.map(
      (result, place): Told<'result'> => ({
        candidates: found[place] ?? [],
        event: { kind: 'result', result, by },
        onFound: (sms) => clocks.sawResult(sms, result, clock.now()),
      }),
    );
    if (isCredible || results.every(isNamed)) await this.give('result', told, reading);
    else await this.askSoon(told.flatMap(({ candidates }) => candidates));
    return results.filter((result, place) => isNamed(result) && (found[place]?.length ?? 0) > 0);
  }

  /**
   * Enters delivery reports: together, so that the store keeps them with one call, as long as none of them is of an SMS that an
   * earlier one may be of.
   * @param isCredible false for what came from anywhere: a report names no user_id, so it only has the gateway asked
   */
  async reports(reports: readonly DeliveryStatus[], by: Source, isCredible = true): Promise<void> {
    for (const some of inParts(reports, keysOfReport)) {
      const entered = await this.enterReports(some, by, isCredible);
      for (const one of some.slice(entered)) await this.enterReports([one], by, isCredible);
    }
  }

  /** Resolves with how many of them were entered: whose the next one is depends on what these have changed. */
  private async enterReports(reports: readonly DeliveryStatus[], by: Source, isCredible: boolean): Promise<number> {
    const { ledger, clock, clocks } = this.options;
    const reading = ledger.beginReading();
    try {
      const found = await Promise.all(reports.map((report) => this.awaiting(report)));
      const told: Told<'report'>[] = [];
      const candidates = new Set<number>();
      for (const [place, report] of reports.entries()) {
        const theirs = (found[place] ?? []).filter((sms) => by === 'push' || clocks.mayBeOf(sms, report));
        if (theirs.some(({ id }) => candidates.has(id))) break;
        for (const { id } of theirs) candidates.add(id);
        const saw = (sms: StoredSms): void =>
          clocks.sawReport(sms, report, by === 'push' ? 'push' : 'poll', clock.now());
        const [sms] = theirs;
        // The next one's time is judged by what this one's says of their clock.
        const isSeen = isCredible && sms !== undefined && theirs.length === 1 && !this.isUnderWay(sms);
        if (isSeen) saw(sms);
        told.push({
          candidates: theirs,
          event: { kind: 'report', report, by },
          onFound: isSeen ? () => undefined : saw,
        });
      }
      if (isCredible) await this.give('report', told, reading);
      else await this.askSoon(told.flatMap((one) => one.candidates));
      return told.length;
    } finally {
      reading.end();
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

  private async give<K extends 'result' | 'report'>(
    kind: K,
    told: readonly Told<K>[],
    reading?: Reading,
  ): Promise<void> {
    const of = (isMeant: (sms: StoredSms[]) => boolean): Told<K>[] => told.filter((one) => isMeant(one.candidates));
    const isUnderWay = ([sms]: StoredSms[]): boolean => sms !== undefined && this.isUnderWay(sms);
    // What the poll's own answer leaves open another question soon would leave open, too: each would lead to the next.
    const open = of(({ length }) => length > 1).filter(({ event }) => event.by !== 'poll');
    const [now, later] = [false, true].map((wanted) => of((sms) => sms.length === 1 && isUnderWay(sms) === wanted));
    await allOf([
      this.enter(kind, now ?? [], reading),
      ...(later ?? []).map(async (one) => this.enter(kind, [await this.afterItsAnswer(one)])),
      ...open.map(({ candidates }) => this.askSoon(candidates)),
    ]);
  }

  /** Whether its answer, which alone says the task, is still to come. */
  private isUnderWay({ id }: StoredSms): boolean {
    return this.options.inFlight.endOf(id) !== undefined;
  }

  private async enter<K extends 'result' | 'report'>(
    kind: K,
    told: readonly Told<K>[],
    reading?: Reading,
  ): Promise<void> {
    const happened = told.flatMap(({ candidates: [sms], event, onFound }) => {
      if (sms === undefined) return [];
      onFound(sms);
      return [{ sms, event }];
    });
    if (happened.length > 0) await this.options.ledger.applyEach(kind, happened, reading);
  }

  /** Several SMS it could mean, or nobody vouches for it: the gateway is asked soon, by user_id, rather than guessing. */
  private async askSoon(candidates: StoredSms[]): Promise<void> {
    await this.options.ledger.apply(candidates, { kind: 'due' });
  }

  /** A push may overtake the answer, which alone says the task. But a gateway may well answer only after its push. */
  private async afterItsAnswer<K extends 'result' | 'report'>(told: Told<K>): Promise<Told<K>> {
    const { store, clock, inFlight } = this.options;
    const ids = told.candidates.map(({ id }) => id);
    const answers = ids.flatMap((id) => inFlight.endOf(id) ?? []);
    await atMost(clock, ANSWER_WAIT_MS, Promise.all(answers));
    const fresh = await store.sms(ids);
    return { ...told, candidates: fresh.length > 0 ? fresh : told.candidates };
  }
}
