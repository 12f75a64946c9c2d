import type { EmbeddedStore } from './embedded';
import type { SharedDatabase } from './SharedDatabase';

/** When the store of this process is open: from the first gateway that needs it until the last one has ended. */
export class StoreLifecycle {
  private opened: Promise<void> | undefined;
  /** Resolves when it is closed, where it is being closed or was. */
  private closed: Promise<void> = Promise.resolve();

  constructor(
    private readonly embedded: EmbeddedStore,
    private readonly database: Pick<SharedDatabase, 'openWith' | 'close'>,
  ) {}

  /** Whether something may be stored: somebody has opened it. */
  get isOpen(): boolean {
    return this.opened !== undefined;
  }

  /** Opens it unless it is open. Rejects when it can't be opened; its calls try again by themselves. */
  open(): Promise<void> {
    // A close that is still under way would close what is opened meanwhile.
    this.opened ??= this.closed.then(() => this.database.openWith(this.embedded.store));
    return this.opened;
  }

  /** Whether it is open by now, and could be opened. */
  async isReady(): Promise<boolean> {
    return (await this.opened?.then(() => true).catch(() => false)) === true;
  }

  /** Resolves when it is closed. */
  async close(): Promise<void> {
    if (!this.isOpen) return;
    this.opened = undefined;
    this.closed = Promise.allSettled([this.embedded.store.close(), this.database.close()]).then(() => undefined);
    await this.closed;
  }
}
