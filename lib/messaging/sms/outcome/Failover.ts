import type { Clock } from '../../../clock';
import { KeyedMutex } from '../../../concurrency';
import {
  firstIdOf,
  hadTurn,
  hasFailed,
  hasReached,
  idsOfRecipient,
  type Store,
  type StoredSms,
  type Until,
} from '../../../store';
import { stopped } from '../../requestQueue/slot';
import type { Ledger } from '../ledger/Ledger';

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
  /** Recipients whose turn is being given: what that does itself is no reason to decide anew. */
  private readonly giving = new Set<number>();

  constructor(private readonly options: FailoverOptions) {}

  /** Told of SMS that have changed. */
  async changed(sms: readonly StoredSms[]): Promise<void> {
    const concerned = sms.filter((one) => one.turn !== undefined && hadTurn(one) && !this.isOwnDoing(one));
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

  private isOwnDoing(sms: StoredSms): boolean {
    const { stage, status, superseded } = sms;
    return this.giving.has(firstIdOf(sms)) && (stage === 'waiting' || (status === 'STOPPED' && superseded === true));
  }

  /** What has become of an SMS decides about the numbers after it. */
  private async decide(sms: StoredSms, until: Until | undefined): Promise<void> {
    if (until === undefined) return;
    const [isStopped, isReached, isFailed] = [sms.status === 'STOPPED', hasReached(sms, until), hasFailed(sms, until)];
    if (!isStopped && !isReached && !isFailed) return;
    await this.inTurn(sms, async (entry) => {
      const isOver = isStopped || entry.some((one) => hasReached(one, until));
      if (isOver) await this.dismiss(entry);
      // Only the last number that had its turn opens the way for the next; an earlier one fails late and changes nothing.
      const isNext = !isOver && isFailed && entry.filter(hadTurn).at(-1)?.id === sms.id;
      if (isNext) await this.giveNext(entry);
    });
  }

  private async giveInTime(due: StoredSms, entry: readonly StoredSms[]): Promise<void> {
    const { store, clock } = this.options;
    const standbys = entry.filter(({ stage }) => stage === 'standby');
    const [next] = standbys;
    const now = standbys.find(({ id }) => id === due.id);
    // The number before may have had its turn just now: then this one comes later.
    if (!next || !now || now.poll_at > clock.now()) return;
    const [input] = await store.inputs([due.input]);
    if (!input || entry.some((one) => hasReached(one, input.until))) return this.dismiss(entry);
    if (next.id !== now.id) return this.postpone(standbys.slice(1), Math.max(next.poll_at, clock.now()));
    const before = entry.filter(hadTurn).at(-1);
    // Withdrawn, and not for the sake of the next one: nobody wants the text any more.
    if (before?.status === 'STOPPED' && !before.superseded) return this.dismiss(entry);
    const held = before?.stage === 'waiting' ? before.held : undefined;
    const isKeptBack = before?.paused || held?.by === 'schedule' || held?.by === 'pause';
    if (!isKeptBack) return this.giveNext(entry);
    // The number before has had no time yet.
    await this.postpone(standbys, Math.max(held?.until ?? 0, clock.now()));
  }

  /** The turns of these come one after the other from a moment on. */
  private async postpone(standbys: readonly StoredSms[], from: number): Promise<void> {
    for (const [place, one] of standbys.entries()) {
      const until = from + (place + 1) * (one.turn?.after ?? 0);
      await this.options.ledger.apply([one], { kind: 'postponed', until });
    }
  }

  /** Gives the next number its turn, where there is one and what is to be said hasn't lost its time. */
  private async giveNext(entry: readonly StoredSms[]): Promise<void> {
    const { store, clock, ledger, onTurn } = this.options;
    const [next, ...others] = entry.filter(({ stage }) => stage === 'standby');
    if (!next?.turn) return;
    if (entry.some(isOutOfTime)) return this.dismiss(entry);
    const first = firstIdOf(next);
    const { wait } = next.turn;
    this.giving.add(first);
    try {
      // Where the process ends in between, the turn comes by the clock.
      if (wait > 0) await store.prolong([next.input], clock.now() + wait);
      await this.postpone(others, clock.now());
      const waiting = entry.filter(({ stage }) => stage === 'waiting');
      // With the reason in the same write: withdrawn without one, nobody would want the text any more.
      if (waiting.length > 0) await ledger.apply(waiting, { kind: 'withdrawn', superseded: true });
      const expires_at = entry[0]?.expires_at ?? 0;
      const [given] = await ledger.apply([next], { kind: 'turned', expires_at });
      if (given) onTurn(given);
    } finally {
      this.giving.delete(first);
    }
  }

  private async dismiss(entry: readonly StoredSms[]): Promise<void> {
    const standbys = entry.filter(({ stage }) => stage === 'standby');
    if (standbys.length > 0) await this.options.ledger.apply(standbys, { kind: 'dismissed' });
  }

  private inTurn(sms: StoredSms, work: (entry: readonly StoredSms[]) => Promise<void>): Promise<void> {
    return this.turns.run(firstIdOf(sms), async () => work(await this.options.store.sms(idsOfRecipient(sms))));
  }
}

/** Whether an SMS's validity is over, or no hour comes in which it may leave: that holds for each number. */
const isOutOfTime = ({ status, error }: StoredSms): boolean =>
  status === 'EXPIRED' || (status === 'WITHHELD' && error?.code === 'SCHEDULE');
