import type { Clock, Timer } from '../../clock';
import type { GatewayError } from '../../gateway-api';
import type { Gateway } from '../../messaging';
import { asError } from '../input';
import type { GatewayRecord } from './GatewayRecord';
import { SHOWN } from './sidebarPort';

/** The pause between an answer and the next question, in ms. */
const POLL_PAUSE_MS = 5000;

/** Asks a gateway again and again for its ports and its queue, for as long as somebody looks. It gives way to all else. */
export class PortWatch {
  private readonly end = new AbortController();
  private timer: Timer | undefined;

  constructor(
    private readonly options: {
      gateway: Gateway;
      record: GatewayRecord;
      clock: Clock;
      /** Told after each answer, and each failure. */
      onNews: () => void;
    },
  ) {
    void this.ask();
  }

  get gateway(): Gateway {
    return this.options.gateway;
  }

  /** Asks at once, as after something was changed. */
  again(): void {
    if (this.timer === undefined) return;
    this.timer.cancel();
    this.timer = undefined;
    void this.ask();
  }

  stop(): void {
    this.end.abort();
    this.timer?.cancel();
  }

  private async ask(): Promise<void> {
    const { gateway, clock, onNews } = this.options;
    // Another machine may talk to it.
    if (gateway.isOurs && (await this.askNow()) === 'over') return;
    if (this.end.signal.aborted) return;
    this.timer = clock.after(POLL_PAUSE_MS, () => {
      this.timer = undefined;
      void this.ask();
    });
    onNews();
  }

  private async askNow(): Promise<'over' | undefined> {
    const { gateway, record, clock } = this.options;
    const { signal } = this.end;
    try {
      const turn = { kind: 'watch' as const, signal };
      const { ports } = await gateway.portReader.read({ info: SHOWN }, turn);
      const in_queue = await gateway.queries.smsInQueue(turn);
      if (!signal.aborted) record.answered(ports, in_queue, clock.now());
    } catch (reason) {
      const error: GatewayError = asError(reason);
      if (signal.aborted || error.code === 'STOPPED') return 'over';
      if (gateway.isOurs) record.failed(error.code, clock.now());
    }
    return undefined;
  }
}
