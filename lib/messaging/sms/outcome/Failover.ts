import type { Clock } from '../../../clock';
import { KeyedMutex } from '../../../concurrency';
import { hasFailed, hasReached, type Store, type StoredSms, type Until } from '../../../store';
import { stopped } from '../../requestQueue/slot';
import type { Ledger } from '../ledger/Ledger';
import { firstIdOf, hadTurn, idsOfEntry } from '../ledger/turns';

export interface FailoverOptions {
  store: Store;
  clock: Clock;
  ledger: Ledger;
  /** Told that an SMS of this config node may leave. */
  onTurn: (sms: StoredSms) => void;
}

/** Turns that are given in one go. */
const TURNS_PER_STEP = 128;

/**
 * Gives the numbers of a recipient their turns (contract, send sms `to`): the next one gets the text when the one before can't be
 * reached, or wasn't in time. What still waits for the one before is withdrawn first (docs/decisions/0057).
 */
export class Failover {
  private readonly turns = new KeyedMutex<number>({ createAbortError: stopped });
  /** Recipients whose turn is being given: what that withdraws is no reason to give up. */
  private readonly giving = new Set<number>();

  constructor(private readonly options: FailoverOptions) {}

  /** Told of SMS that have changed. */
  async changed(sms: readonly StoredSms[]): Promise<void> {
    const concerned = sms.filter((one) => one.turn !== undefined && hadTurn(one) && !this.giving.has(firstIdOf(one)));
    if (concerned.length === 0) return;
    const inputs = await this.options.store.inputs([...new Set(concerned.map(({ input }) => input))]);
    const untils = new Map(inputs.map(({ id, until }) => [id, until]));
    await Promise.all(concerned.map((one) => this.decide(one, untils.get(one.input))));
  }

  /** Gives the turns that have come by the clock; resolves with how many were looked at. */
  async due(gateways: string[]): Promise<number> {
    const { store, clock } = this.options;
    const due = await store.standbyDue(gateways, clock.now(), TURNS_PER_STEP);
    for (const one of due) await this.inTurn(one, (entry) => this.giveInTime(one, entry));
    return due.length;
  }

  /** What has become of an SMS decides about the numbers after it. */
  private async decide(sms: StoredSms, until: Until | undefined): Promise<void> {
    if (until === undefined) return;
    if (sms.status === 'STOPPED') return this.inTurn(sms, (entry) => this.dismiss(entry));
    if (hasReached(sms, until)) {
      return this.inTurn(sms, async (entry) => {
        await this.dismiss(entry);
        const tried = entry.filter(hadTurn);
        await this.count(tried, tried.find((one) => hasReached(one, until)) ?? sms);
      });
    }
    if (!hasFailed(sms, until)) return;
    await this.inTurn(sms, async (entry) => {
      // Only the last number that had its turn opens the way for the next; an earlier one fails late and changes nothing.
      const last = entry.filter(hadTurn).at(-1);
      if (last?.id === sms.id && entry.every((one) => !hasReached(one, until))) await this.giveNext(entry);
    });
  }

  private async giveInTime(due: StoredSms, entry: readonly StoredSms[]): Promise<void> {
    const { store, ledger, clock } = this.options;
    const now = entry.find(({ id }) => id === due.id);
    if (now?.stage !== 'standby') return;
    const [input] = await store.inputs([due.input]);
    if (!input || entry.some((one) => hasReached(one, input.until))) return this.dismiss(entry);
    const before = entry.filter(hadTurn).at(-1);
    const held = before?.stage === 'waiting' ? before.held : undefined;
    const isKeptBack = before?.paused || held?.by === 'schedule' || held?.by === 'pause';
    if (!isKeptBack) return this.giveNext(entry);
    // The number before has had no time yet.
    const from = Math.max(held?.until ?? 0, clock.now());
    await ledger.apply([now], { kind: 'postponed', until: from + (due.turn?.after ?? 0) });
  }

  private async giveNext(entry: readonly StoredSms[]): Promise<void> {
    const { store, clock, ledger, onTurn } = this.options;
    const [next, ...others] = entry.filter(({ stage }) => stage === 'standby');
    if (!next?.turn) return;
    const first = firstIdOf(next);
    const { after, wait } = next.turn;
    this.giving.add(first);
    try {
      // Where the process ends in between, the turn comes by the clock.
      if (wait > 0) await store.prolong([next.input], clock.now() + wait);
      for (const [place, one] of others.entries()) {
        await ledger.apply([one], { kind: 'postponed', until: clock.now() + (place + 1) * after });
      }
      const waiting = entry.filter(({ stage }) => stage === 'waiting');
      if (waiting.length > 0) await ledger.apply(waiting, { kind: 'withdrawn' });
      const [given] = await ledger.apply([next], { kind: 'turned' });
      await this.count(entry.filter(hadTurn), next);
      if (given) onTurn(given);
    } finally {
      this.giving.delete(first);
    }
  }

  /** Of a recipient one number counts where SMS are counted. */
  private async count(tried: readonly StoredSms[], counting: StoredSms): Promise<void> {
    const { ledger } = this.options;
    const others = tried.filter(({ id }) => id !== counting.id);
    if (others.length > 0) await ledger.apply(others, { kind: 'counted', counts: false });
    if (counting.superseded) await ledger.apply([counting], { kind: 'counted', counts: true });
  }

  private async dismiss(entry: readonly StoredSms[]): Promise<void> {
    const standbys = entry.filter(({ stage }) => stage === 'standby');
    if (standbys.length > 0) await this.options.ledger.apply(standbys, { kind: 'dismissed' });
  }

  private inTurn(sms: StoredSms, work: (entry: readonly StoredSms[]) => Promise<void>): Promise<void> {
    return this.turns.run(firstIdOf(sms), async () => work(await this.options.store.sms(idsOfEntry(sms))));
  }
}
