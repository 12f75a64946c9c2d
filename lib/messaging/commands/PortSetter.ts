import type { Clock } from '../../clock';
import { KeyedMutex } from '../../concurrency';
import { type GatewayClient, GatewayError, type SetPortRequest } from '../../gateway-api';
import { Listeners } from '../Listeners';
import type { Pushes } from '../Pushes';
import type { RequestQueue } from '../requestQueue/RequestQueue';
import { stopped } from '../requestQueue/slot';
import type { PortCommand } from './portCommand';
import { RegistrationWait } from './RegistrationWait';

export interface PortSetterOptions {
  requests: RequestQueue<Pick<GatewayClient, 'setPortInfo' | 'getPortInfo'>>;
  pushes: Pick<Pushes, 'on'>;
  clock: Clock;
}

/** What was done, and with a time to settle how the port is registered at its end. */
export interface PortSet extends PortCommand {
  /** One of the manual's words (10.3). Absent when it wasn't asked for, or couldn't be learned. */
  reg?: string;
}

/** How many commands may wait for a port. */
const MOST_WAITING = 1000;

const tooMany = (): GatewayError =>
  new GatewayError('BUSY', `${MOST_WAITING} commands wait for that port already`, 'no');

/** Does things to the ports of one gateway (manual 11), to each port one thing after the other. */
export class PortSetter {
  /** Told when a port isn't what it was: what is known of the ports is out of date. */
  readonly changes = new Listeners<void>();
  private readonly ports = new KeyedMutex<number>({
    most: MOST_WAITING,
    createAbortError: stopped,
    createFullError: tooMany,
  });

  constructor(private readonly options: PortSetterOptions) {}

  /**
   * Resolves when the gateway has done it and, with `settle` (ms), the port has settled or that time is over.
   * Rejects as `setPortInfo` does, with `UNKNOWN_OUTCOME` where it can't be known whether it was done,
   * and with `BUSY` when too many commands wait for the port.
   * @param signal ends the wait for the queue or for the port; a request under way is seen to its end
   */
  set(command: PortCommand, settle: number, signal?: AbortSignal): Promise<PortSet> {
    return this.ports.run(command.port, () => this.setNow(command, settle, signal), signal);
  }

  /** Resolves when the gateway has taken a command; it waits for no other. Rejects as `setPortInfo` does. */
  async ask(command: SetPortRequest, signal?: AbortSignal): Promise<void> {
    await this.options.requests.run({ kind: 'command', signal }, (api) => api.setPortInfo(command));
  }

  private async setNow(command: PortCommand, settle: number, signal: AbortSignal | undefined): Promise<PortSet> {
    if (signal?.aborted) throw stopped();
    // It listens before anything leaves: a push may overtake the answer.
    const registration = settle > 0 ? new RegistrationWait(this.options, command) : undefined;
    try {
      await this.ask(command, signal);
      this.changes.tell();
      const reg = await registration?.ended(settle, signal);
      return { ...command, ...(reg !== undefined && { reg }) };
    } finally {
      registration?.stop();
    }
  }
}
