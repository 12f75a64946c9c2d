import type { Clock } from '../../clock';
import { atMost, CoalescedRun } from '../../concurrency';
import type { IncomingSms } from '../../gateway-api';
import { noteKeys, type Store } from '../../store';
import { type Emit, EmitOutbox } from './EmitOutbox';
import type { ListedRecord } from './fingerprint';
import { InboxCursor, type InboxCursorNote, type NewRecord } from './InboxCursor';

/** Who wants the incoming SMS of a gateway. */
export interface ConsumerOptions {
  /** The `receive sms` node. */
  node: string;
  /** The config node. */
  gateway: string;
  /** Whether the first start begins with what the gateway has; else with new messages. */
  backlog: boolean;
  /** Only those of these ports; absent = all. */
  ports?: readonly number[];
}

/** Test SMS from SIM to SIM, which nobody is told of but who sent them. */
export interface TestSms {
  /** Resolves when they can be told from others. */
  load(): Promise<void>;
  /** Whether it is one; then who sent it is told. */
  takes(sms: IncomingSms): boolean;
}

const NO_TESTS: TestSms = { load: () => Promise.resolve(), takes: () => false };

/** One node's part of the incoming SMS: what it has had, and what is on its way to it. Outlives deploys. */
export class InboxConsumer {
  private readonly outbox: EmitOutbox;
  private cursor = InboxCursor.beginning(false);
  /** As it is stored. */
  private written: string | undefined;
  /** Where it was stored before the device was known by its serial number: that is over with the next write. */
  private adopted: string | undefined;
  /** Whose SMS it is about. */
  device: string | undefined;
  private loaded: { device: string; done: Promise<void> } | undefined;
  private readonly saves = new CoalescedRun(() => this.write());

  constructor(
    private readonly store: Store,
    public options: ConsumerOptions,
    /** What is for no flow. */
    private readonly tests: TestSms = NO_TESTS,
  ) {
    this.outbox = new EmitOutbox(noteKeys.emitOutbox(options.gateway, options.node));
  }

  /**
   * Reads what is stored, once for a device.
   * @param address where its state stands while the device isn't known by its serial number
   */
  load(device: string, address: string): Promise<void> {
    if (this.loaded?.device === device) return this.loaded.done;
    const before = this.loaded?.done.catch(() => undefined);
    const done = (before ?? this.outbox.load(this.store)).then(() => this.loadCursor(device, address));
    const loaded = { device, done };
    this.loaded = loaded;
    done.catch(() => {
      if (this.loaded === loaded) this.loaded = undefined;
    });
    return done;
  }

  get needsAll(): boolean {
    return this.cursor.needsAll;
  }

  get begins(): boolean {
    return this.cursor.begins;
  }

  get from(): number {
    return this.cursor.from;
  }

  get isTrusted(): boolean {
    return this.cursor.isTrusted;
  }

  lookBegins(): void {
    this.cursor.lookBegins();
  }

  /** Whether as much waits to be emitted as may: then it is to be shown nothing more. */
  get isFull(): boolean {
    return this.outbox.isFull;
  }

  /** Resolves when nothing is being emitted. */
  idle(): Promise<void> {
    return this.outbox.idle();
  }

  /** Keeps what a push brings; resolves when it is safe, rejects when that or the room for it fails. */
  async pushed(sms: readonly IncomingSms[]): Promise<void> {
    if (this.isFull) throw new Error('too many SMS wait to be emitted');
    const { fresh, refused } = this.cursor.pushed(sms);
    this.take(fresh);
    await this.save();
    if (refused > 0) throw new Error('too many pushed SMS wait for a look at the gateway’s list');
  }

  /** Takes the next page of a look; false: only the whole list will do. */
  page(found: readonly ListedRecord[]): boolean {
    const fresh = this.cursor.page(found);
    if (fresh === undefined) return false;
    this.take(fresh);
    return true;
  }

  /** @param since how many of the list came in while it was read */
  all(found: readonly ListedRecord[], since = 0): void {
    this.take(this.cursor.all(found, since));
  }

  /** Resolves when everything that has changed is stored; what changes together is written together. */
  save(): Promise<void> {
    return this.saves.run();
  }

  /** Emits what is stored and waits; never rejects but by what `emit` does. */
  emit(emit: Emit, atATime?: number): Promise<void> {
    // What can't be noted now is with the next change.
    const saved = (): void => void this.save().catch(() => undefined);
    return this.outbox.emit(emit, saved, atATime);
  }

  /** Whatever waits was not emitted: it is stored as such. */
  async hold(): Promise<void> {
    this.outbox.hold();
    await this.save();
  }

  /** Stores what there is to store, after what is on its way has arrived; waits for that no longer than `ms`. */
  async settle(clock: Clock, ms: number): Promise<void> {
    await atMost(clock, ms, this.outbox.idle());
    await this.hold();
  }

  private take(fresh: readonly NewRecord[]): void {
    const { ports } = this.options;
    // One that doesn't say its port is better told too often than never.
    const isWanted = ({ sms: { port } }: NewRecord): boolean => !ports || port === undefined || ports.includes(port);
    const others = fresh.filter(({ sms }) => !this.tests.takes(sms));
    this.outbox.add(others.filter(isWanted));
  }

  private keyOf(device: string): string {
    return noteKeys.inboxCursor(this.options.gateway, this.options.node, device);
  }

  private async loadCursor(device: string, address: string): Promise<void> {
    await this.tests.load();
    // What is not yet written of the former device's must not be taken for the new one's.
    if (this.device !== undefined) await this.save();
    const key = this.keyOf(device);
    const byAddress = this.keyOf(address);
    const notes = await this.store.notes([key, byAddress]);
    const own = notes.get(key);
    const note = own || notes.get(byAddress);
    this.cursor = note
      ? new InboxCursor(JSON.parse(note) as InboxCursorNote)
      : InboxCursor.beginning(this.options.backlog);
    this.adopted = own || !note ? undefined : byAddress;
    this.written = own;
    this.device = device;
  }

  private async write(): Promise<void> {
    const notes = new Map<string, string>();
    const seen = this.device === undefined ? this.written : JSON.stringify(this.cursor);
    const handed = this.outbox.changes();
    if (handed) notes.set(handed.key, handed.note);
    const { written, adopted, device = '' } = this;
    if (seen !== undefined && seen !== written) notes.set(this.keyOf(device), seen);
    if (adopted !== undefined) notes.set(adopted, '');
    if (notes.size === 0) return;
    try {
      await this.store.putNotes(notes);
    } catch (error) {
      handed?.done(false);
      throw error;
    }
    handed?.done(true);
    // Another device may have been loaded meanwhile.
    if (device !== this.device) return;
    this.written = seen;
    this.adopted = undefined;
  }
}
