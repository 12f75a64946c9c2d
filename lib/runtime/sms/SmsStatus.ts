import type { Obstacle } from '../../messaging/sender/holdOff';
import type { RedNode, Status } from '../red';
import { fine, NOT_REACHED, statusFor, WORKING } from '../status';

export interface SmsStatusOptions {
  /** What holds up the line of a gateway node now. */
  obstacle: (gateway: string) => Obstacle | undefined;
  /** What somebody should know while nothing is under way. */
  caution: () => Status | undefined;
}

/** What a `send sms` node shows: while inputs wait, how their gateways do; then what came of the last one. */
export class SmsStatus {
  /** Inputs whose outcome hasn't left, by gateway node. */
  private readonly open = new Map<string, number>();
  private last: Status = {};
  private shown: Status = {};

  constructor(
    private readonly node: RedNode,
    private readonly options: SmsStatusOptions,
  ) {}

  taken(gateway: string): void {
    this.open.set(gateway, (this.open.get(gateway) ?? 0) + 1);
    this.show();
  }

  /** An input waits until it can be kept. */
  held(): void {
    this.last = statusFor('STORE_UNAVAILABLE');
    this.show();
  }

  left(gateway: string, reached: string | undefined): void {
    const open = (this.open.get(gateway) ?? 1) - 1;
    if (open > 0) this.open.set(gateway, open);
    else this.open.delete(gateway);
    this.last = reached === undefined ? NOT_REACHED : fine(reached);
    this.show();
  }

  show(): void {
    const status = this.current();
    // Thousands of inputs mustn't mean thousands of equal statuses to the editor.
    if (status.text === this.shown.text && status.fill === this.shown.fill) return;
    this.shown = status;
    this.node.status(status);
  }

  private current(): Status {
    if (this.open.size === 0) return this.options.caution() ?? this.last;
    const obstacles = [...this.open.keys()].flatMap((gateway) => this.options.obstacle(gateway) ?? []);
    return obstacles[0] === undefined ? WORKING : statusFor(obstacles[0]);
  }
}
