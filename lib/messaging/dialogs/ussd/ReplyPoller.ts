import type { Clock, Timer } from '../../../clock';
import { CoalescedRun } from '../../../concurrency';
import type { GatewayClient } from '../../../gateway-api';
import type { RequestQueue } from '../../requestQueue/RequestQueue';

type Api = Pick<GatewayClient, 'queryUssdReply'>;

/** When a port that waits is looked at, in ms: first, and again and again. */
const FIRST_POLL_MS = 1000;
const POLL_INTERVAL_MS = 2500;

/** Who wants to know what a port shows. */
interface Watcher {
  /** Of a look that begins now. */
  readonly moment: number;
  /** The port showed this text, by a look that began at `moment`. */
  seen(text: string, moment: number): void;
}

/** A port that waits for a reply, and when it is looked at next. */
interface Watched {
  port: number;
  watcher: Watcher;
  next: number;
}

/** Looks at the ports that wait for a reply: one question for all of them, and none when nobody waits (manual 8). */
export class ReplyPoller {
  private readonly watched = new Set<Watched>();
  private timer: Timer | undefined;
  private readonly looks = new CoalescedRun(() => this.ask());

  constructor(
    private readonly requests: Pick<RequestQueue<Api>, 'run'>,
    private readonly clock: Clock,
  ) {}

  /** Watches a port from now on, until the answer is called. */
  begin(port: number, watcher: Watcher): () => void {
    const one = { port, watcher, next: this.clock.monotonic() + FIRST_POLL_MS };
    this.watched.add(one);
    this.plan();
    return () => {
      this.watched.delete(one);
      this.plan();
    };
  }

  /** Looks at a port soon: something about it is unclear. */
  soon(port: number): void {
    for (const one of this.watched) if (one.port === port) one.next = this.clock.monotonic();
    this.plan();
  }

  /** Looks at the ports that wait. Resolves when that is done, however it went: what isn't seen now is seen next time. */
  async look(): Promise<void> {
    await this.looks.run();
    this.plan();
  }

  private async ask(): Promise<void> {
    this.postpone();
    await this.requests.run({ kind: 'ussd' }, (api) => this.query(api)).catch(() => undefined);
  }

  private async query(api: Api): Promise<void> {
    const asked = [...this.watched].map((one) => ({ one, moment: one.watcher.moment }));
    this.postpone();
    const port = [...new Set(asked.map(({ one }) => one.port))];
    if (port.length === 0) return;
    const { reply } = await api.queryUssdReply({ port });
    const shown = new Map(reply.map(({ port, text }) => [port, text]));
    for (const { one, moment } of asked) {
      const text = shown.get(one.port);
      if (text !== undefined) one.watcher.seen(text, moment);
    }
  }

  /** What is due is being done. */
  private postpone(): void {
    const now = this.clock.monotonic();
    for (const one of this.watched) if (one.next <= now) one.next = now + POLL_INTERVAL_MS;
  }

  private plan(): void {
    this.timer?.cancel();
    if (this.watched.size === 0 || this.looks.isBusy) return;
    const next = Math.min(...[...this.watched].map((one) => one.next));
    this.timer = this.clock.after(Math.max(0, next - this.clock.monotonic()), () => void this.look());
  }
}
