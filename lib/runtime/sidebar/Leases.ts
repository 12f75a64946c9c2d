import type { Clock, Timer } from '../../clock';

/** Seconds after which a browser renews its lease, and after which a lease that wasn't is over. */
export const LEASE_RENEWAL_S = 20;
const LEASE_EXPIRY_S = 45;

/** Leases of one user at a time: as many open editors. What is more ends the oldest one. */
const LEASES_PER_USER = 50;

interface Lease {
  /** Whose it is; empty where nobody logs in. */
  user: string;
  /** The editor's connection that showed the ticket; none before it did. */
  session?: string;
  timer: Timer;
}

/**
 * Who looks at the sidebar now. A ticket is given over HTTP to whoever has the permission; shown on the editor's own
 * connection, by the same user, it says where the snapshots go: Node-RED sends everybody everything there, also those who
 * may not read it.
 */
export class Leases {
  private readonly byTicket = new Map<string, Lease>();

  constructor(
    private readonly options: {
      clock: Clock;
      createTicket: () => string;
      /** Somebody begins to look, or nobody does any more. */
      onChange: () => void;
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
  grant(ticket?: string, user = ''): string {
    const known = this.own(ticket, user);
    const name = known && ticket !== undefined ? ticket : this.options.createTicket();
    known?.timer.cancel();
    const timer = this.options.clock.after(LEASE_EXPIRY_S * 1000, () => this.end(name, user));
    this.byTicket.set(name, { ...known, user, timer });
    if (!known) this.makeRoom(user);
    if (!known) this.options.onChange();
    return name;
  }

  /** A connection shows a ticket; false for one that isn't valid, or is another user's. */
  bind(ticket: string, session: string, user = ''): boolean {
    const lease = this.own(ticket, user);
    if (lease) lease.session = session;
    return lease !== undefined;
  }

  end(ticket: string, user = ''): void {
    const lease = this.own(ticket, user);
    lease?.timer.cancel();
    if (lease && this.byTicket.delete(ticket)) this.options.onChange();
  }

  private own(ticket: string | undefined, user: string): Lease | undefined {
    const lease = ticket === undefined ? undefined : this.byTicket.get(ticket);
    return lease?.user === user ? lease : undefined;
  }

  private makeRoom(user: string): void {
    const own = [...this.byTicket].filter(([, lease]) => lease.user === user).map(([ticket]) => ticket);
    for (const ticket of own.slice(0, Math.max(0, own.length - LEASES_PER_USER))) this.end(ticket, user);
  }
}
