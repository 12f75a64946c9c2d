import type { JobCommand } from '../../store';
import type { Stopped } from '../sms/stopping/Stopper';
import type { StopRequest } from '../sms/stopping/stopRequest';
import type { Sharing } from './Sharing';

/** What other machines do with the gateways that they talk to, when it is asked for here. */
export class Elsewhere {
  /** @param getSharing absent where this machine is alone */
  constructor(private readonly getSharing: () => Sharing | undefined) {}

  /** Whether a config node's gateway is another machine's to talk to, or may be. */
  has(gateway: string): boolean {
    const sharing = this.getSharing();
    return sharing?.isShared(gateway) === true && !sharing.isOwn(gateway);
  }

  /** Carries out a command to jobs that is kept; resolves with how many SMS it stopped. Rejects with `BUSY` where nobody does it. */
  async carryOut(gateway: string, action: JobCommand, jobs: string[]): Promise<number> {
    return Number(await this.getSharing()?.ask(gateway, { to: 'obey', action, jobs }));
  }

  /** The country in which a gateway's numbers are dialled (ISO code), where it is known. Rejects with `BUSY` where nobody says it. */
  async country(gateway: string): Promise<string | undefined> {
    const told = await this.getSharing()?.ask(gateway, { to: 'say country' });
    return typeof told === 'string' ? told : undefined;
  }

  /** Stops SMS and tasks. Rejects as the other machine does, and with `BUSY` where nobody does it. */
  async stop(gateway: string, request: StopRequest): Promise<Stopped> {
    return (await this.getSharing()?.ask(gateway, { to: 'stop', request })) as Stopped;
  }
}
