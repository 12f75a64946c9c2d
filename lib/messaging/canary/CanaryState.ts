import type { Clock } from '../../clock';
import { noteKeys, type Store } from '../../store';
import type { CanaryRoute } from './route';

/** The test SMS that is under way. Times are ms since 1970. */
export interface CanaryOnAir extends CanaryRoute {
  id: string;
  /** Its input in the store, and the config node by which it goes. */
  input: string;
  gateway: string;
}

/** What is kept of a gateway's test SMS. */
export interface CanaryNote {
  /** How many have failed in a row. */
  failures: number;
  /** When the last one began. */
  began?: number;
  /** The last one says nothing of the gateway: it never left. */
  isUnsent?: true;
  /** Which way the last one went, and its id. */
  last?: CanaryRoute & { id: string };
  onAir?: CanaryOnAir;
  /** When one arrived last, and how many seconds it took from its leaving. */
  arrivedAt?: number;
  seconds?: number;
}

/** What is known of a gateway's test SMS, kept by its address: a process that dies forgets none that is under way. */
export class CanaryState {
  private note: CanaryNote = { failures: 0 };
  /** When the last one began (monotonic, in ms): a step of the wall clock brings none sooner. */
  private beganAt: number | undefined;
  private loading: Promise<void> | undefined;
  private isLoaded = false;

  constructor(
    private readonly store: Pick<Store, 'notes' | 'putNotes'>,
    private readonly clock: Clock,
    private readonly address: string,
  ) {}

  /** Undefined before it is loaded. */
  get known(): Readonly<CanaryNote> | undefined {
    return this.isLoaded ? this.note : undefined;
  }

  /** Ms since the last one began; undefined where none has. */
  get age(): number | undefined {
    return this.beganAt === undefined ? undefined : this.clock.monotonic() - this.beganAt;
  }

  /** Resolves when it is loaded; rejects when the store can't be read. */
  load(): Promise<void> {
    this.loading ??= this.read().catch((error: Error) => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }

  /** Forgets what was loaded: the next one to ask loads it anew. */
  forget(): void {
    this.loading = undefined;
    this.isLoaded = false;
  }

  /** Begins a test SMS. Resolves when that is kept; rejects when it can't be: then none has begun. */
  async begin(onAir: CanaryOnAir): Promise<void> {
    const { from, to, id } = onAir;
    const { isUnsent: _former, ...rest } = this.note;
    await this.put({ ...rest, began: this.clock.now(), last: { from, to, id }, onAir });
    this.beganAt = this.clock.monotonic();
  }

  /** Resolves when the changed parts are kept; they count at once. */
  async change(part: Partial<CanaryNote>): Promise<void> {
    this.note = { ...this.note, ...part };
    await this.put(this.note);
  }

  private async put(note: CanaryNote): Promise<void> {
    await this.store.putNotes(new Map([[noteKeys.canary(this.address), JSON.stringify(note)]]));
    this.note = note;
  }

  private async read(): Promise<void> {
    const key = noteKeys.canary(this.address);
    const kept = (await this.store.notes([key])).get(key);
    this.note = kept ? (JSON.parse(kept) as CanaryNote) : { failures: 0 };
    const { began } = this.note;
    // A clock that has been set back lets no time pass.
    const age = began === undefined ? undefined : Math.max(0, this.clock.now() - began);
    this.beganAt = age === undefined ? undefined : this.clock.monotonic() - age;
    this.isLoaded = true;
  }
}
