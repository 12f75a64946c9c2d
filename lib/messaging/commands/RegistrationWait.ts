import type { Clock } from '../../clock';
import { pause, whenAborted } from '../../concurrency';
import {
  type GatewayClient,
  isRegistered,
  meaningOf,
  REG,
  REGISTER_STATUS,
  type RegisterEvent,
} from '../../gateway-api';
import type { Pushes } from '../Pushes';
import type { RequestQueue } from '../requestQueue/RequestQueue';
import { stopped } from '../requestQueue/slot';
import type { PortAction, PortCommand } from './portCommand';

interface SettlingOptions {
  requests: RequestQueue<Pick<GatewayClient, 'getPortInfo'>>;
  pushes: Pick<Pushes, 'on'>;
  clock: Clock;
}

/** Between two questions for how the port is registered, in ms. */
const POLL_INTERVAL_MS = 1000;
/**
 * How long a port that was restarted may still show its old registration, in ms. One that was never seen without it for so
 * long was back before anybody looked.
 */
const STALE_REGISTRATION_MS = 5000;

const REGISTERED = 'REGISTER_OK';
/** After these the module registers anew, though for a while it shows that it is registered. */
const RESTARTING: ReadonlySet<PortAction> = new Set<PortAction>(['slot', 'reset', 'imei']);
/** After these nothing is to be waited for. */
const FINAL: ReadonlySet<PortAction> = new Set<PortAction>(['lock', 'block']);

/** How a port comes to rest after a command: registered, or off when it was switched off. Listens from the beginning. */
export class RegistrationWait {
  private readonly unsubscribe: () => void;
  private readonly end = new AbortController();
  private answeredAt: number | undefined;
  private wasDown = false;
  private reg: string | undefined;
  private hurry: () => void = () => undefined;

  constructor(
    private readonly options: SettlingOptions,
    private readonly command: PortCommand,
  ) {
    this.unsubscribe = options.pushes.on('register', (events) => this.hear(events));
  }

  /**
   * To be called when the gateway has answered. Resolves with the last word on the port's registration, at the latest after
   * `ms`; undefined when the gateway gave none. Rejects with `STOPPED`.
   */
  async ended(ms: number, signal?: AbortSignal): Promise<string | undefined> {
    this.answeredAt = this.options.clock.monotonic();
    const over = this.options.clock.after(ms, () => this.stop());
    const release = whenAborted(signal, () => this.stop());
    try {
      while (!this.end.signal.aborted) await this.look();
    } finally {
      over.cancel();
      release();
    }
    if (signal?.aborted) throw stopped();
    return this.reg;
  }

  /** Listens and asks no more. */
  stop(): void {
    this.unsubscribe();
    this.end.abort();
    this.hurry();
  }

  private hear(events: readonly RegisterEvent[]): void {
    for (const event of events.filter(({ port }) => port === this.command.port)) {
      const said = meaningOf(REGISTER_STATUS, event.status);
      if (said === 'down') this.wasDown = true;
      // An "up" before the answer may be news of what was done before.
      else if (said === 'up' && this.answeredAt !== undefined && !this.isTurnedOff) this.rest(REGISTERED);
      this.hurry();
    }
  }

  private async look(): Promise<void> {
    const { requests, clock } = this.options;
    const { port } = this.command;
    const { signal } = this.end;
    try {
      const { info } = await requests.run({ kind: 'command', signal }, (api, given) =>
        api.getPortInfo({ port: [port], info_type: ['reg'] }, { signal: given }),
      );
      if (!signal.aborted) this.see(info.find((one) => one.port === port)?.reg);
    } catch {
      // A gateway that is busy with the port may be slow. What was asked of it is done; it is asked again.
    }
    if (signal.aborted) return;
    await Promise.race([
      pause(clock, POLL_INTERVAL_MS, signal),
      new Promise<void>((resolve) => {
        this.hurry = resolve;
      }),
    ]);
  }

  private see(reg: string | undefined): void {
    if (reg === undefined) return;
    this.reg = reg;
    if (!isRegistered(reg)) this.wasDown = true;
    if (this.isSettled(reg)) this.rest(reg);
  }

  private isSettled(reg: string): boolean {
    const { action } = this.command;
    if (FINAL.has(action)) return true;
    if (this.isTurnedOff) return meaningOf(REG, reg) === 'POWER_OFF';
    if (!isRegistered(reg)) return false;
    return !RESTARTING.has(action) || this.wasDown || this.isOldNews;
  }

  private get isTurnedOff(): boolean {
    return this.command.action === 'power' && this.command.param === 'off';
  }

  private get isOldNews(): boolean {
    return this.options.clock.monotonic() - (this.answeredAt ?? Number.POSITIVE_INFINITY) >= STALE_REGISTRATION_MS;
  }

  private rest(reg: string): void {
    this.reg = reg;
    this.stop();
  }
}
