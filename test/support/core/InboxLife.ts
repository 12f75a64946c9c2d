import type { Clock } from '../../../lib/clock';
import type { GatewayClient, IncomingSms } from '../../../lib/gateway-api';
import type { Handed } from '../../../lib/messaging/inbox/EmitOutbox';
import { Inbox, type InboxState, type Subscription } from '../../../lib/messaging/inbox/Inbox';
import { RequestQueue } from '../../../lib/messaging/requestQueue/RequestQueue';
import { Scheduler } from '../../../lib/messaging/Scheduler';
import type { Store } from '../../../lib/store';

/** The store as one process sees it: when that dies nothing more of it is written. */
class MortalStore {
  isDead = false;
  /** How many writes it still survives; undefined = any number. */
  writesLeft: number | undefined;

  constructor(private readonly store: Store) {}

  notes: Store['notes'] = async (keys) => {
    if (this.isDead) return new Promise(() => undefined);
    return this.store.notes(keys);
  };

  /** Dies before or, at "a half", after the write took place. */
  putNotes: Store['putNotes'] = async (notes) => {
    if (this.isDead) return new Promise(() => undefined);
    if (this.writesLeft !== undefined) this.writesLeft -= 1;
    const dies = this.writesLeft !== undefined && this.writesLeft < 0;
    if (!dies || this.writesLeft === -0.5) await this.store.putNotes(notes);
    if (!dies) return undefined;
    this.isDead = true;
    return new Promise(() => undefined);
  };
}

export interface LifeOptions {
  store: Store;
  clock: Clock;
  client: GatewayClient;
  address?: string;
}

/** A process that reads a gateway's inbox, until it is ended politely or dies. */
export class InboxLife {
  readonly inbox: Inbox;
  readonly states: InboxState[] = [];
  readonly failures: string[] = [];
  private readonly store: MortalStore;
  private readonly keeper: Scheduler;
  private readonly requests: RequestQueue<GatewayClient>;
  private readonly leaving = new AbortController();

  constructor(options: LifeOptions) {
    const { clock, client, address = 'http://gateway/' } = options;
    this.store = new MortalStore(options.store);
    this.requests = new RequestQueue({ api: client, clock, concurrency: 1 });
    const failed = ({ message }: Error): void => void this.failures.push(message);
    this.inbox = new Inbox({
      ...{ requests: this.requests, clock, address, onError: failed, signal: this.leaving.signal },
      store: this.store as unknown as Store,
      onChange: () => this.keeper.look(),
    });
    this.keeper = new Scheduler(clock, this.inbox, failed);
  }

  get isDead(): boolean {
    return this.store.isDead;
  }

  /** A node listens; `emit` hears what is emitted as long as the process lives. */
  listen(node: string, emit: (handed: Handed) => void, own: Partial<Subscription> = {}): () => void {
    return this.inbox.subscribe({
      ...{ node, gateway: 'g', backlog: false, mode: 'poll', interval: 10_000 },
      onState: (state) => this.states.push(state),
      onSms: async (handed) => {
        if (this.isDead) return new Promise(() => undefined);
        for (const one of handed) emit(one);
        return true;
      },
      ...own,
    });
  }

  /** The gateway pushes; resolves with true when it was answered 200. */
  async push(...sms: IncomingSms[]): Promise<boolean> {
    const isSafe = this.inbox.pushed(sms).then(
      () => true,
      () => false,
    );
    void isSafe.then(() => this.keeper.look());
    return Promise.race([isSafe, new Promise<boolean>((resolve) => setImmediate(() => setImmediate(resolve, false)))]);
  }

  /** It will die at one of its next writes: before that, or right after it. */
  dieAtWrite(count: number, after: boolean): void {
    this.store.writesLeft = count + (after ? 0.5 : 0);
  }

  die(): void {
    this.store.isDead = true;
    this.keeper.stop();
  }

  /** Resolves when everything is written. */
  async end(): Promise<void> {
    this.keeper.stop();
    this.leaving.abort();
    this.requests.close();
    await this.inbox.stop();
  }
}
