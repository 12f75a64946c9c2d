import type { Connection } from './Connection';

/** A call whose answer leaves when the transaction it belongs to is over. */
interface Pending {
  kept(): void;
  lost(error: Error): void;
}

/**
 * Does what is asked at once, in one transaction with everything else that is asked in the same turn of the event loop,
 * and answers when that is on the disk: one sync for all of them. The sync holds up the process, so that whatever comes
 * in meanwhile meets in the next turn. What is asked alone waits for nobody.
 */
export class GroupCommit {
  private readonly db: Connection;
  private readonly getStoreError: (error: unknown) => Error;
  private readonly onCommit: () => void;
  private group: Pending[] | undefined;

  /** @param onCommit told right before and after a commit; throws when what is committed isn't safe: the file was deleted */
  constructor(db: Connection, getStoreError: (error: unknown) => Error, onCommit: () => void = () => undefined) {
    this.db = db;
    this.getStoreError = getStoreError;
    this.onCommit = onCommit;
  }

  /** Changes something: all of it or nothing, whatever becomes of the others. */
  write<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const group = this.begin(reject);
      if (!group) return;
      try {
        const value = this.whole(work);
        group.push({ kept: () => resolve(value), lost: reject });
      } catch (error) {
        reject(this.getStoreError(error));
      }
    });
  }

  /** Reads, after everything that was written before. */
  read<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const answer = (): void => {
        try {
          resolve(work());
        } catch (error) {
          reject(this.getStoreError(error));
        }
      };
      if (!this.group) return answer();
      try {
        const value = work();
        // What it saw is gone if the transaction is: it looks again then.
        this.group.push({ kept: () => resolve(value), lost: answer });
      } catch (error) {
        reject(this.getStoreError(error));
      }
    });
  }

  /** Ends the transaction under way now instead of at the end of this turn. */
  finish(): void {
    const group = this.group;
    if (!group) return;
    this.group = undefined;
    try {
      // Before, so that a file that is put back later holds nothing that was refused; after, in case it went meanwhile.
      this.onCommit();
      this.db.run('COMMIT');
      this.onCommit();
    } catch (error) {
      this.lose(group, error);
      return;
    }
    for (const pending of group) pending.kept();
  }

  private begin(reject: (error: Error) => void): Pending[] | undefined {
    if (this.group) return this.group;
    try {
      this.db.run('BEGIN IMMEDIATE');
    } catch (error) {
      reject(this.getStoreError(error));
      return undefined;
    }
    const group: Pending[] = [];
    this.group = group;
    setImmediate(() => {
      if (this.group === group) this.finish();
    });
    return group;
  }

  /** Runs a part of the transaction whole or not at all. */
  private whole<T>(work: () => T): T {
    this.db.run('SAVEPOINT part');
    try {
      const value = work();
      this.db.run('RELEASE part');
      return value;
    } catch (error) {
      this.undoPart(error);
      throw error;
    }
  }

  private undoPart(cause: unknown): void {
    try {
      this.db.run('ROLLBACK TO part');
      this.db.run('RELEASE part');
    } catch {
      // Where the disk is full or failing, SQLite gives up the whole transaction.
      const group = this.group ?? [];
      this.group = undefined;
      this.lose(group, cause);
    }
  }

  private lose(group: Pending[], cause: unknown): void {
    try {
      this.db.run('ROLLBACK');
    } catch {
      // It is over already.
    }
    const error = this.getStoreError(cause);
    for (const pending of group) pending.lost(error);
  }
}
