import type { Clock } from '../../clock';
import { whenAborted } from '../../concurrency';
import { GatewayError } from '../../gateway-api';
import { SharedRead } from './SharedRead';
import { type Kind, nextPlace, type Slot, stopped, type Waiting } from './slot';

export interface RequestQueueOptions<Api> {
  api: Api;
  clock: Clock;
  /** Requests at a time; gateways are small, so 1 unless told otherwise. */
  concurrency: number;
  /** Asked why nothing may be asked of the gateway now; undefined = it may. */
  getRefusal?: () => GatewayError | undefined;
}

/** How many may wait: a flow that asks a gateway for more than it answers would else fill the memory. */
export const MOST_WAITING = 10_000;

// The core's own, a few at a time: SMS wait in the store, not here.
const isUrgent = ({ kind }: Slot): boolean => ['stop', 'reconcile', 'sms-high', 'sms', 'result'].includes(kind);

const tooMany = (): GatewayError =>
  new GatewayError('BUSY', `${MOST_WAITING} requests wait for this gateway already`, 'no');

/**
 * The way to one gateway: every request to it, of whatever node, takes its turn here. Whoever asks gives a function that
 * is called when the turn has come, so that what leaves is decided at the last moment (what waits leaves together).
 */
export class RequestQueue<Api> {
  private readonly waiting: Waiting[] = [];
  private readonly shared = new Map<string, SharedRead<unknown>>();
  private readonly underWay = new Set<Promise<void>>();
  private closed = false;

  constructor(private readonly options: RequestQueueOptions<Api>) {}

  /** The client in use; a deploy with another address or login replaces it for the requests to come. */
  get api(): Api {
    return this.options.api;
  }

  use(api: Api, concurrency: number): void {
    this.options.api = api;
    this.options.concurrency = concurrency;
    this.advance();
  }

  /** Nothing under way and nothing waiting. */
  get idle(): boolean {
    return this.underWay.size === 0 && this.waiting.length === 0;
  }

  /**
   * Waits for its turn, then calls `request` with the client.
   * Rejects with what `request` rejects with, `STOPPED` when the signal ends the wait or the queue is closed,
   * or `BUSY` when too many wait already.
   */
  run<T>(slot: Slot, request: (api: Api, signal?: AbortSignal) => Promise<T>): Promise<T> {
    if (this.closed || slot.signal?.aborted) return Promise.reject(stopped());
    const refusal = this.options.getRefusal?.();
    if (refusal) return Promise.reject(refusal);
    const waiting = slot.share === undefined ? undefined : (this.shared.get(slot.share) as SharedRead<T> | undefined);
    if (!waiting && this.waiting.length >= MOST_WAITING && !isUrgent(slot)) return Promise.reject(tooMany());
    if (slot.share === undefined) return this.queue(slot, request);
    return (waiting ?? this.share(slot.share, slot.kind, request)).join(slot);
  }

  /** Resolves when the requests that are under way now have ended, each in its way. */
  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  /** Refuses what waits and what comes; what is under way is seen to its end. */
  close(): void {
    this.closed = true;
    for (const { start } of this.waiting.splice(0)) void start();
  }

  private share<T>(word: string, kind: Kind, request: (api: Api, signal?: AbortSignal) => Promise<T>): SharedRead<T> {
    const read = new SharedRead<T>(kind);
    const leaves = (): void => {
      if (this.shared.get(word) === read) this.shared.delete(word);
    };
    this.shared.set(word, read);
    const asked = (api: Api, signal?: AbortSignal): Promise<T> => {
      // Who asks from now on may want to see what has happened since this request left.
      leaves();
      return request(api, signal);
    };
    read.begin((slot) => this.queue(slot, asked), leaves);
    return read;
  }

  private queue<T>(slot: Slot, request: (api: Api, signal?: AbortSignal) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const start = async (): Promise<void> => {
        release();
        if (this.closed || slot.signal?.aborted) return reject(stopped());
        try {
          resolve(await request(this.options.api, slot.signal));
        } catch (error) {
          reject(error);
        }
      };
      const entry: Waiting = { slot, since: this.options.clock.monotonic(), start };
      this.waiting.push(entry);
      const release = whenAborted(slot.signal, () => {
        const place = this.waiting.indexOf(entry);
        if (place >= 0) this.waiting.splice(place, 1);
        reject(stopped());
      });
      this.advance();
    });
  }

  private advance(): void {
    while (this.underWay.size < this.options.concurrency && this.waiting.length > 0) {
      const [next] = this.waiting.splice(nextPlace(this.waiting, this.options.clock.monotonic()), 1);
      if (!next) return;
      // Not before it counts as under way: a request may itself ask for another turn.
      const request = Promise.resolve()
        .then(next.start)
        .finally(() => {
          this.underWay.delete(request);
          this.advance();
        });
      this.underWay.add(request);
    }
  }
}
