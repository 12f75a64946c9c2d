/**
 * What a store of several machines does beside a store of one: it changes a gateway's SMS only as long as this machine has the
 * lease. Taking inputs needs none.
 */
export interface Fencing {
  /**
   * From now on every change of this gateway's SMS (`begin`, `change`), and what is written under its lease (`under` of
   * `putNotes`, `forgetNotes`, `changeUsage`), is written only where the row of the gateway in the table `lease` still has this epoch, looked at in the same transaction; otherwise it rejects with a `LeaseLost`, which is a
   * `StoreUnavailable`, and nothing of it is written. As long as such a transaction is under way the row can't be changed.
   */
  fence(gateway: string, epoch: number): void;
  /** From now on this gateway's SMS are changed without a look at the lease. */
  unfence(gateway: string): void;
}
