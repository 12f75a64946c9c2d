// The lock lasts as long as the transaction: nobody else gets the lease before what relied on it is written, or undone.
const HELD = `SELECT lease.gateway FROM %.lease
  JOIN unnest($1::text[], $2::bigint[]) AS mine (gateway, epoch) ON lease.gateway = mine.gateway AND lease.epoch = mine.epoch
  ORDER BY lease.gateway FOR SHARE OF lease`;

/** What the leases are looked at in. */
interface Asked {
  ask(sql: string, ...values: unknown[]): Promise<Record<string, unknown>[]>;
}

/** Which gateways' SMS this machine changes only under its lease, and the epoch of that. */
export class Fences {
  private readonly epochs = new Map<string, number>();

  get isEmpty(): boolean {
    return this.epochs.size === 0;
  }

  has(gateway: string): boolean {
    return this.epochs.has(gateway);
  }

  set(gateway: string, epoch: number): void {
    this.epochs.set(gateway, epoch);
  }

  delete(gateway: string): void {
    this.epochs.delete(gateway);
  }

  /** The fenced gateways of which the lease is still this one's. */
  async held(tx: Asked): Promise<ReadonlySet<string>> {
    const rows = await tx.ask(HELD, [...this.epochs.keys()], [...this.epochs.values()]);
    return new Set(rows.map(({ gateway }) => String(gateway)));
  }
}
