import { type Fingerprint, fingerprintOf, isSame, type Likeness, type ListedRecord, likeness } from './fingerprint';

/** As it is stored: id, content, time, pushed; number and text (not yet in 0.1.0's first files). */
type Entry = [id: number, content: string, time: number, pushed: 0 | 1, number?: string, text?: string];
export interface RecordHistoryNote {
  prints: Entry[];
  /** Of ids that have started again since: pushes that come late may still tell of them. */
  former?: Entry[];
  floor: number;
  denseFrom: number;
}

const toEntries = (prints: ReadonlyMap<number, Fingerprint>): Entry[] =>
  [...prints].map(([id, { content, time, pushed, parts }]): Entry => {
    const entry = [id, content, time, pushed ? 1 : 0] as const;
    return parts ? [...entry, ...parts] : [...entry];
  });
const toFingerprint = ([, content, time, pushed, number, text]: Entry): Fingerprint => ({
  ...{ content, time, pushed: pushed === 1 },
  ...(number !== undefined && text !== undefined && { parts: [number, text] as const }),
});
const fromEntries = (entries: readonly Entry[]): Map<number, Fingerprint> =>
  new Map(entries.map((entry) => [entry[0], toFingerprint(entry)]));

// Not by spreading: a list may be longer than a call can have arguments.
const lowestOf = (found: readonly ListedRecord[]): number =>
  found.reduce((lowest, { id }) => Math.min(lowest, id), Number.POSITIVE_INFINITY);

/** The newest ids of which every fingerprint is kept, and the lowest ones. */
const NEWEST_KEPT = 128;
const LOWEST_KEPT = 16;
/** How many are remembered of ids that have started again. */
const FORMER_KEPT = 64;
/** Between the newest and the lowest they get rarer with their age by this factor: about 70 among 100,000. */
const SPREAD = 1.1;
/** Time zones differ by quarters of an hour, and by 26 hours at most (in seconds). */
const QUARTER_HOUR_S = 900;
const WIDEST_ZONES_S = 26 * 3600;

/**
 * What records looked like, by their ids: whether an id still means the same SMS. Of the newest it knows all, of older
 * ones a selection, so that a gateway whose newest ones were deleted is recognised by its older ones.
 */
export class RecordHistory {
  private readonly prints: Map<number, Fingerprint>;
  private former: Entry[];
  /** The lowest id when the ids began: below it nothing was seen. */
  private floor: number;
  /** From this id on every one that was seen is here. */
  private denseFrom: number;

  constructor(note: RecordHistoryNote = { prints: [], floor: 0, denseFrom: 0 }) {
    this.prints = fromEntries(note.prints);
    this.former = note.former ?? [];
    this.floor = note.floor;
    this.denseFrom = note.denseFrom;
  }

  /** Notes records; what a poll says of one replaces what a push said. */
  add(found: readonly ListedRecord[], pushed = false): void {
    if (found.length === 0) return;
    const lowest = lowestOf(found);
    if (this.prints.size === 0) this.floor = this.denseFrom = lowest;
    this.floor = Math.min(this.floor, lowest);
    this.put(found, pushed);
  }

  /** Notes records of which some are as new as they are low: that doesn't make others with low ids known. */
  addAmongOld(found: readonly ListedRecord[], pushed = false): void {
    if (this.prints.size === 0) this.add(found, pushed);
    else this.put(found, pushed);
  }

  /** A pushed SMS whose id means another one by now. */
  retireAlso(found: ListedRecord): void {
    this.former = [...this.former, ...toEntries(new Map([[found.id, fingerprintOf(found, true)]]))].slice(-FORMER_KEPT);
  }

  /** Whether the record with this id is the one that is known; undefined: of this id nothing is known. */
  compare(found: ListedRecord, pushed = false): Likeness | undefined {
    const fingerprint = this.prints.get(found.id);
    // One that can't be read says nothing, neither for nor against.
    if (found.sms === undefined) return fingerprint && 'same';
    const now = fingerprintOf(found, pushed);
    if (pushed && this.wasFormer(found.id, now)) return 'same';
    return fingerprint && likeness(fingerprint, now);
  }

  /** Whether nothing with this id can have been seen, though ids up to a higher one have been. */
  neverSeen(id: number): boolean {
    return !this.prints.has(id) && (id < this.floor || id >= this.denseFrom);
  }

  /** As `neverSeen`, as far as it doesn't rest on the ids having begun higher. */
  wasMissing(id: number): boolean {
    return !this.prints.has(id) && id >= this.denseFrom && id >= this.floor;
  }

  /** The ids above `above` have started again: of those only what is kept still counts. `found` is the whole list. */
  restart(above: number, isKept: (id: number) => boolean, found: readonly ListedRecord[]): void {
    this.retire(this.ids().filter((id) => id > above && !isKept(id)));
    this.denseFrom = Math.min(this.denseFrom, above + 1);
    if (above === 0) this.floor = lowestOf(found);
    this.put(found, false);
  }

  /**
   * The gateway may print all its times anew, by another time zone or after the clocks were put forward. Then every known
   * record, the newest among them, differs by one and the same step; their times are corrected by it.
   */
  followClock(found: readonly ListedRecord[], newest: number): void {
    const steps = found.filter(({ id }) => id <= newest).flatMap((one) => this.stepOf(one) ?? []);
    const [step = 0] = steps;
    const sawNewest = found.some(({ id }) => id === newest && this.prints.has(id));
    const isShift = step !== 0 && step % QUARTER_HOUR_S === 0 && Math.abs(step) <= WIDEST_ZONES_S;
    if (!sawNewest || !isShift || steps.some((one) => one !== step)) return;
    for (const [id, fingerprint] of this.prints) {
      if (fingerprint.time !== 0) this.prints.set(id, { ...fingerprint, time: fingerprint.time + step });
    }
  }

  toJSON(): RecordHistoryNote {
    const { floor, denseFrom } = this;
    const former = this.former.length > 0 && { former: this.former };
    return { prints: toEntries(this.prints), ...former, floor, denseFrom };
  }

  private ids(): number[] {
    return [...this.prints.keys()].sort((one, other) => one - other);
  }

  /** NaN for one that is another SMS; undefined for one that says nothing. */
  private stepOf(one: ListedRecord): number | undefined {
    const fingerprint = this.prints.get(one.id);
    const now = fingerprintOf(one);
    if (!fingerprint || fingerprint.content === '' || now.content === '' || fingerprint.time === 0) return undefined;
    return fingerprint.content === now.content ? now.time - fingerprint.time : Number.NaN;
  }

  /** What these ids meant is over. */
  private retire(ids: readonly number[]): void {
    const over = ids.flatMap((id): [number, Fingerprint][] => {
      const fingerprint = this.prints.get(id);
      return fingerprint ? [[id, fingerprint]] : [];
    });
    this.former = [...this.former, ...toEntries(new Map(over))].slice(-FORMER_KEPT);
    for (const id of ids) this.prints.delete(id);
  }

  private wasFormer(id: number, fingerprint: Fingerprint): boolean {
    return this.former.some((entry) => entry[0] === id && isSame(toFingerprint(entry), fingerprint));
  }

  private put(found: readonly ListedRecord[], pushed: boolean): void {
    for (const one of found) {
      if (one.sms === undefined && this.prints.has(one.id)) continue;
      const fingerprint = fingerprintOf(one);
      const former = this.prints.get(one.id);
      if (one.sms && former && !isSame(former, fingerprint)) this.retire([one.id]);
      this.prints.set(one.id, { ...fingerprint, pushed });
    }
    this.thin();
  }

  private thin(): void {
    if (this.prints.size <= 2 * NEWEST_KEPT) return;
    const ids = this.ids();
    const top = ids.at(-1) ?? 0;
    const dense = ids.length - NEWEST_KEPT;
    // From the oldest on, so that of two the newer one goes: else each would go by the next newer one, before it got old.
    let last = Number.POSITIVE_INFINITY;
    for (const id of ids.slice(LOWEST_KEPT, dense)) {
      if ((top - id) * SPREAD <= last) last = top - id;
      else this.prints.delete(id);
    }
    this.denseFrom = Math.max(this.denseFrom, ids[dense] ?? 0);
  }
}
