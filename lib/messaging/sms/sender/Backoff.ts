import type { Clock, Random, Timer } from '../../../clock';

/** Why the queue is left alone for a while, as the nodes' statuses show it. */
export type Obstacle = 'UNREACHABLE' | 'AUTH_REFUSED' | 'NO_PORT' | 'BAD_REPLY' | 'STORE_UNAVAILABLE' | 'HOURLY_LIMIT';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/** The growing pause after requests that the gateway didn't take: 1 s, 2 s, 4 s … at most 30 s, up to a fifth less by chance. */
export class Backoff {
  obstacle: Obstacle | undefined;
  private pause = FIRST_PAUSE_MS;
  private timer: Timer | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly onEnd: () => void,
  ) {}

  /** True while nothing should leave. */
  get holding(): boolean {
    return this.timer !== undefined;
  }

  start(obstacle: Obstacle): void {
    this.obstacle = obstacle;
    this.timer?.cancel();
    this.timer = this.clock.after(this.pause * (1 - this.random() / 5), () => {
      this.timer = undefined;
      this.onEnd();
    });
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
  }

  /** The gateway answered, or its configuration changed: go on at once. */
  end(): void {
    this.obstacle = undefined;
    this.pause = FIRST_PAUSE_MS;
    const held = this.holding;
    this.stop();
    if (held) this.onEnd();
  }

  stop(): void {
    this.timer?.cancel();
    this.timer = undefined;
  }
}
