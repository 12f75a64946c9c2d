import type { Clock } from '../../clock';
import { GatewayError } from '../../gateway-api';
import { nextPlace, type Turn, type Waiting } from './turn';

export interface LineOptions<Api> {
  api: Api;
  clock: Clock;
  /** Requests at a time; gateways are small, so 1 unless told otherwise. */
  concurrency: number;
}

/**
 * The way to one gateway: every request to it, of whatever node, takes its turn here. Whoever asks gives a function that
 * is called when the turn has come, so that what leaves is decided at the last moment (what waits leaves together).
 */
export class Line<Api> {
  private readonly waiting: Waiting[] = [];
  private readonly shared = new Map<string, Promise<unknown>>();
  private underWay = 0;
  private closed = false;

  constructor(private readonly options: LineOptions<Api>) {}

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
    return this.underWay === 0 && this.waiting.length === 0;
  }

  /**
   * Waits for its turn, then calls `request` with the client.
   * Rejects with what `request` rejects with, or `STOPPED` when the signal ends the wait or the line is closed.
   */
  ask<T>(turn: Turn, request: (api: Api, signal?: AbortSignal) => Promise<T>): Promise<T> {
    const { share } = turn;
    if (share === undefined) return this.queue(turn, request);
    const waiting = this.shared.get(share);
    if (waiting !== undefined) return waiting as Promise<T>;
    // Without the first asker's signal: the others want the answer even when that node is removed.
    const answer = this.queue({ kind: turn.kind }, (api) => {
      // Who asks from now on may want to see what has happened since this request left.
      this.shared.delete(share);
      return request(api);
    }).finally(() => this.shared.get(share) === answer && this.shared.delete(share));
    this.shared.set(share, answer);
    return answer;
  }

  /** Refuses what waits and what comes; what is under way is seen to its end. */
  close(): void {
    this.closed = true;
    for (const { start } of this.waiting.splice(0)) void start();
  }

  private queue<T>(turn: Turn, request: (api: Api, signal?: AbortSignal) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const stopped = (): GatewayError =>
        new GatewayError('STOPPED', 'The node was removed before its request left', 'no');
      const start = async (): Promise<void> => {
        turn.signal?.removeEventListener('abort', leave);
        if (this.closed || turn.signal?.aborted) return reject(stopped());
        try {
          resolve(await request(this.options.api, turn.signal));
        } catch (error) {
          reject(error);
        }
      };
      const entry: Waiting = { turn, since: this.options.clock.now(), start };
      const leave = (): void => {
        const place = this.waiting.indexOf(entry);
        if (place >= 0) this.waiting.splice(place, 1);
        reject(stopped());
      };
      if (this.closed || turn.signal?.aborted) return reject(stopped());
      turn.signal?.addEventListener('abort', leave, { once: true });
      this.waiting.push(entry);
      this.advance();
    });
  }

  private advance(): void {
    while (this.underWay < this.options.concurrency && this.waiting.length > 0) {
      const [next] = this.waiting.splice(nextPlace(this.waiting, this.options.clock.now()), 1);
      if (!next) return;
      this.underWay += 1;
      void next.start().finally(() => {
        this.underWay -= 1;
        this.advance();
      });
    }
  }
}
