import { Semaphore } from '../../concurrency';
import type { PushRequest } from './body';

/** Pushes that are worked on at a time; the others wait for their turn. */
const MOST_AT_ONCE = 64;

/** Pushes that are read, wait or are worked on: of each of some hundred gateways several. */
const MOST_UNDER_WAY = 1024;

/** What their bodies may have together, in bytes. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * The pushes of a receiver that aren't answered yet. A rack's gateways push all at once and may not come again: they wait for
 * each other rather than being turned away, as long as what they bring is bounded in number and bytes.
 */
export class PushesUnderWay {
  private count = 0;
  private bytes = 0;
  private readonly turns = new Semaphore({
    places: MOST_AT_ONCE,
    createAbortError: () => new Error('a push has no signal'),
  });

  /** @param limit what a body may have, in bytes: one that doesn't announce its length counts as so long */
  constructor(private readonly limit: number) {}

  /** Answers a push by `work`, or by `tooMany` where too many are under way. */
  async run<T>({ headers }: PushRequest, work: () => Promise<T>, tooMany: T): Promise<T> {
    const announced = Number(headers['content-length'] ?? this.limit);
    const size = Math.min(Number.isFinite(announced) ? announced : this.limit, this.limit);
    if (this.count >= MOST_UNDER_WAY || (this.count > 0 && this.bytes + size > MOST_BYTES)) return tooMany;
    this.count += 1;
    this.bytes += size;
    try {
      return await work();
    } finally {
      this.count -= 1;
      this.bytes -= size;
    }
  }

  /** Works on a push that was read, in its turn. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.turns.run(work);
  }
}
