import type { Clock } from '../clock';
import { pause } from '../concurrency';
import type { Machine } from './Machine';
import type { Group } from './spread';

/** A request ends so long before the lease may end, in ms. */
const MARGIN_MS = 5000;
const LOOK_PAUSE_MS = 100;

/** A gateway as long as this machine has it, from one gain of its leases to their loss: what comes after is another one. */
export class Tenure {
  private readonly epochs: ReadonlyMap<string, number | undefined>;

  constructor(
    private readonly machine: Machine,
    private readonly clock: Clock,
    group: Group,
  ) {
    this.epochs = new Map(group.map((gateway) => [gateway, machine.epochOf(gateway)]));
  }

  get isHeld(): boolean {
    const isSame = ([gateway, epoch]: [string, number | undefined]): boolean =>
      epoch !== undefined && this.machine.epochOf(gateway) === epoch;
    return [...this.epochs].every(isSame);
  }

  /** What is surely left, in ms. */
  get left(): number {
    return this.isHeld ? Math.min(...[...this.epochs.keys()].map((gateway) => this.machine.left(gateway))) : 0;
  }

  /** The longest that a request may take, in ms. */
  get timeout(): number {
    return this.machine.lease - MARGIN_MS;
  }

  /** Resolves when so much is left again, or it has ended. */
  async untilLeft(ms: number, signal?: AbortSignal): Promise<void> {
    while (this.isHeld && this.left < ms && !signal?.aborted) await pause(this.clock, LOOK_PAUSE_MS, signal);
  }
}
