import type { Clock, Timer } from '../../clock';
import { whenAborted } from '../../concurrency';
import type { Store } from '../../store';
import type { Flows } from '../Flows';
import type { SimUsage } from './usage';

/** What is told of a SIM (contract, dinstar-sim-care). */
export type SimEventKind = 'limit-80' | 'limit-100' | 'balance-low' | 'resting' | 'card-new' | 'card-gone';

export interface SimEvent {
  event: SimEventKind;
  state: 'raised' | 'cleared';
  /** How the SIM stands; of one that is gone, how it stood last. */
  sim: SimUsage;
}

/** A SIM as it is watched. */
export interface WatchedSim {
  sim: SimUsage;
  /** Whether its balance is below what its plan warns below; undefined while it can't be known. */
  isLow: boolean | undefined;
}

export interface SimWatchOptions {
  clock: Clock;
  /** Where it is remembered what was told; undefined = not beyond the process. */
  note: { key: string; notes: Pick<Store, 'notes' | 'putNotes'> } | undefined;
  flows: Flows;
  /** How the SIMs stand now; rejects where that can't be known. */
  getSims: (signal: AbortSignal) => Promise<WatchedSim[]>;
  /** Tells of it; resolves with false where nobody was there to be told: then it is tried again. */
  onEvent: (event: SimEvent) => Promise<boolean>;
  /** Told after each look how the SIMs stand. */
  onLook?: (sims: readonly SimUsage[]) => void;
  onError: (error: unknown) => void;
}

/** What was told of a card, and how it stood then. */
interface Told {
  raised: SimEventKind[];
  /** When it came (ms since 1970). */
  since: number;
  sim: SimUsage;
}

const LOOK_INTERVAL_MS = 5000;
/** A card is new for a day. */
const NEW_FOR_MS = 86_400_000;
/** Cards that are remembered: one that is gone is told once, and forgotten when there are so many others. */
const MOST_CARDS = 256;

/** Tells what becomes of a gateway's SIMs: each thing once when it is raised and once when it is cleared, over restarts. */
export class SimWatch {
  private readonly byCard = new Map<string, Told>();
  private readonly leaving = new AbortController();
  private readonly left: Promise<void>;
  private timer: Timer | undefined;
  private looking: Promise<void>;
  private isRecalled = false;
  /** Whether any cards were ever seen: the first ones are not news. */
  private isBegun = false;
  private kept = '';

  constructor(private readonly options: SimWatchOptions) {
    this.left = new Promise((resolve) => {
      whenAborted(this.leaving.signal, resolve);
    });
    this.looking = this.look();
  }

  /** Tells no more; resolves when what was told is noted. */
  async stop(): Promise<void> {
    this.leaving.abort();
    this.timer?.cancel();
    await this.looking;
  }

  private async look(): Promise<void> {
    const { clock, onError } = this.options;
    const { signal } = this.leaving;
    try {
      await this.lookNow();
    } catch (error) {
      if (!signal.aborted) onError(error);
    }
    if (signal.aborted) return;
    this.timer = clock.after(LOOK_INTERVAL_MS, () => {
      this.looking = this.look();
    });
  }

  private async lookNow(): Promise<void> {
    const { flows, getSims, onLook } = this.options;
    const { signal } = this.leaving;
    await this.recall();
    await Promise.race([flows.untilReady(), this.left]);
    if (signal.aborted) return;
    const sims = await getSims(signal);
    const seen = new Set<string>();
    for (const watched of sims) {
      seen.add(keyOf(watched.sim));
      await this.judge(watched);
    }
    for (const [key, told] of this.byCard) if (!seen.has(key)) await this.gone(told);
    if (sims.length > 0) this.isBegun = true;
    this.forgetOldest();
    onLook?.(sims.map(({ sim }) => sim));
    await this.keep();
  }

  private async judge({ sim, isLow }: WatchedSim): Promise<void> {
    const now = this.options.clock.now();
    const known = this.byCard.get(keyOf(sim));
    const told = known ?? { raised: [], since: this.isBegun ? now : 0, sim };
    told.sim = sim;
    this.byCard.set(keyOf(sim), told);
    await this.turn(told, 'card-gone', false);
    await this.turn(told, 'card-new', sim.iccid !== null && told.since > 0 && now - told.since < NEW_FOR_MS);
    for (const [event, isSo] of conditionsOf(sim, isLow)) await this.turn(told, event, isSo);
  }

  private async gone(told: Told): Promise<void> {
    for (const event of told.raised) if (event !== 'card-gone') await this.turn(told, event, false);
    if (told.sim.iccid !== null) await this.turn(told, 'card-gone', true);
    told.since = 0;
  }

  private async turn(told: Told, event: SimEventKind, isSo: boolean | undefined): Promise<void> {
    if (isSo === undefined || isSo === told.raised.includes(event) || this.leaving.signal.aborted) return;
    const state = isSo ? 'raised' : 'cleared';
    if (!(await this.options.onEvent({ event, state, sim: told.sim }))) return;
    told.raised = isSo ? [...told.raised, event] : told.raised.filter((one) => one !== event);
  }

  private forgetOldest(): void {
    for (const [key, { raised }] of this.byCard) {
      if (this.byCard.size <= MOST_CARDS) return;
      if (raised.includes('card-gone')) this.byCard.delete(key);
    }
  }

  private async recall(): Promise<void> {
    const { note } = this.options;
    if (this.isRecalled) return;
    const noted = note && (await note.notes.notes([note.key])).get(note.key);
    this.isRecalled = true;
    if (noted === undefined) return;
    for (const [key, told] of JSON.parse(noted) as [string, Told][]) this.byCard.set(key, told);
    this.isBegun = true;
    this.kept = signOf(this.byCard);
  }

  private async keep(): Promise<void> {
    const sign = signOf(this.byCard);
    if (sign === this.kept) return;
    const { note } = this.options;
    await note?.notes.putNotes(new Map([[note.key, JSON.stringify([...this.byCard])]]));
    this.kept = sign;
  }
}

/** A card keeps what was told of it when it moves to another port. */
const keyOf = ({ iccid, port }: SimUsage): string => iccid ?? `port ${port}`;

/** What has to be noted: how a card stands beside that is known at the next look. */
const signOf = (cards: ReadonlyMap<string, Told>): string =>
  JSON.stringify([...cards].map(([key, { raised, since, sim }]) => [key, raised, since, sim.port]));

function conditionsOf({ used, resting }: SimUsage, isLow: boolean | undefined): [SimEventKind, boolean | undefined][] {
  const most = Math.max(0, ...used.map(({ value, max }) => (100 * value) / max));
  return [
    ['limit-80', most >= 80],
    ['limit-100', most >= 100],
    ['balance-low', isLow],
    ['resting', resting !== null],
  ];
}
