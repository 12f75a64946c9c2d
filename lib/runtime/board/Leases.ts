import type { Clock, Timer } from '../../clock';

/** Seconds after which a browser renews its lease, and after which a lease that wasn't is over. */
export const RENEW = 20;
const OVER = 45;

interface Lease {
  /** The editor's connection that showed the ticket; none before it did. */
  session?: string;
  timer: Timer;
}

/**
 * Who looks at the board now. A ticket is given over HTTP to whoever has the permission; shown on the editor's own
 * connection it says where the snapshots go: Node-RED sends everybody everything there, also those who may not read it.
 */
export class Leases {
  private readonly byTicket = new Map<string, Lease>();

  constructor(
    private readonly options: {
      clock: Clock;
      newTicket: () => string;
      /** Somebody begins to look, or nobody does any more. */
      changed: () => void;
    },
  ) {}

  get active(): boolean {
    return this.byTicket.size > 0;
  }

  /** The connections to send to. */
  get sessions(): string[] {
    return [...new Set([...this.byTicket.values()].flatMap(({ session }) => session ?? []))];
  }

  /** Renews a lease, or gives a new one where there is none of that ticket; answers its ticket. */
  grant(ticket?: string): string {
    const known = ticket === undefined ? undefined : this.byTicket.get(ticket);
    const name = known && ticket !== undefined ? ticket : this.options.newTicket();
    known?.timer.cancel();
    const timer = this.options.clock.after(OVER * 1000, () => this.end(name));
    this.byTicket.set(name, { ...known, timer });
    if (!known) this.options.changed();
    return name;
  }

  /** A connection shows a ticket; false for one that isn't valid. */
  bind(ticket: string, session: string): boolean {
    const lease = this.byTicket.get(ticket);
    if (lease) lease.session = session;
    return lease !== undefined;
  }

  end(ticket: string): void {
    this.byTicket.get(ticket)?.timer.cancel();
    if (this.byTicket.delete(ticket)) this.options.changed();
  }
}
