import type { IncomingSms } from '../../gateway-api';
import type { Store } from '../../store';
import type { NewRecord } from './InboxCursor';

/** An SMS on its way into a flow. */
export interface Handed {
  sms: IncomingSms;
  /** True when the SMS may have been emitted before. */
  redelivered: boolean;
}

/** What is stored of it; `held`: it was certainly not emitted yet. */
type HandedNote = Handed & { held?: boolean };

/** Emits SMS; resolves with false when nobody is there to take them, else when they can't get lost any more. */
export type Emit = (handed: Handed[]) => Promise<boolean>;

/** SMS emitted in one go. */
const SMS_PER_EMISSION = 100;
/**
 * How many may wait to be emitted, and how many characters their note may have, before nothing more is taken: what nobody
 * takes out stays in the gateway. What comes in one go comes on top.
 */
export const MOST_WAITING = { sms: 1000, characters: 256_000 };

/**
 * The SMS that one node is about to emit. They are stored before they are emitted and forgotten afterwards, so that a
 * crash in between repeats one at worst, and says so.
 */
export class EmitOutbox {
  private waiting: Handed[] = [];
  private readonly stored = new Set<Handed>();
  private readonly held = new Set<Handed>();
  /** SMS that are being emitted now. */
  private underWay: readonly Handed[] = [];
  private busy: Promise<void> | undefined;
  private isChanged = false;
  /** Of the note, as it was written last. */
  private length = 0;

  constructor(private readonly key: string) {}

  /** What a former process has left. */
  async load(store: Store): Promise<void> {
    const note = (await store.notes([this.key])).get(this.key);
    const left = note ? (JSON.parse(note) as HandedNote[]) : [];
    this.waiting = left.map(({ sms, redelivered, held }) => ({ sms, redelivered: redelivered || held !== true }));
    for (const one of this.waiting) this.stored.add(one);
    this.length = note?.length ?? 0;
  }

  /** Whether as much waits as may. */
  get isFull(): boolean {
    return this.waiting.length >= MOST_WAITING.sms || this.length >= MOST_WAITING.characters;
  }

  add(fresh: readonly NewRecord[]): void {
    if (fresh.length === 0) return;
    this.isChanged = true;
    this.waiting.push(...fresh.map(({ sms, doubtful }) => ({ sms, redelivered: doubtful })));
  }

  /** What has to be written, and what to call when it was or couldn't be; undefined = nothing. */
  changes(): { key: string; note: string; done: (isStored: boolean) => void } | undefined {
    if (!this.isChanged) return undefined;
    const written = [...this.waiting];
    const notes = written.map((one): HandedNote => ({ ...one, ...(this.held.has(one) && { held: true }) }));
    const note = notes.length > 0 ? JSON.stringify(notes) : '';
    this.length = note.length;
    // Not before there is a text to write: what can't be made must not count as written.
    this.isChanged = false;
    const done = (isStored: boolean): void => {
      if (!isStored) this.isChanged = true;
      else for (const one of written) this.stored.add(one);
    };
    return { key: this.key, note, done };
  }

  /** Resolves when nothing is on its way. */
  async idle(): Promise<void> {
    await this.busy?.catch(() => undefined);
  }

  /** Emits what is stored, the oldest first. Whoever comes while that goes on is served by it. */
  emit(emit: Emit, saved: () => void, atATime = SMS_PER_EMISSION): Promise<void> {
    this.busy ??= this.emitAll(emit, saved, atATime);
    return this.busy;
  }

  private async emitAll(emit: Emit, saved: () => void, atATime: number): Promise<void> {
    // Not before `busy` is set, and unset in the same turn as the last look: nothing stored in between is overlooked.
    await Promise.resolve();
    try {
      for (;;) {
        const ready = this.waiting.filter((one) => this.stored.has(one)).slice(0, atATime);
        if (ready.length === 0) return;
        this.underWay = ready;
        const isOut = await emit(ready);
        this.underWay = [];
        if (isOut) this.forget(ready);
        else this.hold();
        saved();
        if (!isOut) return;
      }
    } finally {
      this.underWay = [];
      this.busy = undefined;
    }
  }

  /** What waits was not emitted: a later emission is none that repeats. */
  hold(): void {
    for (const one of this.waiting) {
      if (this.held.has(one) || this.underWay.includes(one)) continue;
      this.held.add(one);
      this.isChanged = true;
    }
  }

  private forget(out: readonly Handed[]): void {
    const gone = new Set(out);
    this.waiting = this.waiting.filter((one) => !gone.has(one));
    for (const one of out) {
      this.stored.delete(one);
      this.held.delete(one);
    }
    this.isChanged = true;
  }
}
