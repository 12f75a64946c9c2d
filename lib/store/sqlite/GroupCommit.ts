import type { Safety } from '../store';
import type { Connection } from './Connection';

/** A call whose answer leaves when the transaction it belongs to is over. */
interface Pending {
  kept(): void;
  lost(error: Error): void;
}

/** One transaction; `safe` with a sync at its end. */
interface Group {
  safety: Safety;
  members: Pending[];
}

// What is synced has to be written: a transaction that changes nothing asks for no sync.
const TOUCH = 'UPDATE counters SET sms = sms';
const SYNCHRONOUS: Record<Safety, string> = {
  safe: 'PRAGMA synchronous = FULL',
  written: 'PRAGMA synchronous = NORMAL',
};

/**
 * Does what is asked at once, in one transaction with everything else that is asked in the same turn of the event loop,
 * and answers when that is on the disk: one sync for all of them. The sync holds up the thread, so that whatever comes
 * in meanwhile meets in the next turn. What is asked alone waits for nobody, and what needs no sync of its own for none.
 */
export class GroupCommit {
  private readonly db: Connection;
  private readonly getStoreError: (error: unknown) => Error;
  private readonly onCommit: () => void;
  private group: Group | undefined;
  /** What the connection does at the end of a transaction. */
  private safety: Safety = 'safe';
  /** Whether something is written that no sync has covered. */
  private isUnsynced = false;

  /** @param onCommit told right before and after a commit; throws when what is committed isn't safe: the file was deleted */
  constructor(db: Connection, getStoreError: (error: unknown) => Error, onCommit: () => void = () => undefined) {
    this.db = db;
    this.getStoreError = getStoreError;
    this.onCommit = onCommit;
  }

  /** Changes something: all of it or nothing, whatever becomes of the others. */
  write<T>(work: () => T, safety: Safety = 'safe'): Promise<T> {
    return new Promise((resolve, reject) => {
      const group = this.join(safety, reject);
      if (!group) return;
      try {
        const value = this.whole(work);
        group.members.push({ kept: () => resolve(value), lost: reject });
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
        this.group.members.push({ kept: () => resolve(value), lost: answer });
      } catch (error) {
        reject(this.getStoreError(error));
      }
    });
  }

  /** As {@link read}, and answers when what it has seen is safe. */
  readSafe<T>(work: () => T): Promise<T> {
    return this.isUnsynced || this.group ? this.write(work) : this.read(work);
  }

  /** Ends the transaction under way now instead of at the end of this turn. */
  finish(): void {
    const group = this.group;
    if (!group) return;
    this.group = undefined;
    try {
      // Before, so that a file that is put back later holds nothing that was refused; after, in case it went meanwhile.
      this.onCommit();
      if (group.safety === 'safe' && this.isUnsynced) this.db.run(TOUCH);
      this.db.run('COMMIT');
      this.isUnsynced = group.safety === 'written';
      this.onCommit();
    } catch (error) {
      this.lose(group, error);
      return;
    }
    for (const pending of group.members) pending.kept();
  }

  /** The transaction under way, or a new one. What must be safe doesn't join one without a sync, the other way it does. */
  private join(safety: Safety, reject: (error: Error) => void): Group | undefined {
    if (safety === 'safe' && this.group?.safety === 'written') this.finish();
    return this.group ?? this.begin(safety, reject);
  }

  private begin(safety: Safety, reject: (error: Error) => void): Group | undefined {
    try {
      if (this.safety !== safety) this.db.exec(SYNCHRONOUS[safety]);
      this.safety = safety;
      this.db.run('BEGIN IMMEDIATE');
    } catch (error) {
      reject(this.getStoreError(error));
      return undefined;
    }
    const group: Group = { safety, members: [] };
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
      const group = this.group;
      this.group = undefined;
      if (group) this.lose(group, cause);
    }
  }

  private lose(group: Group, cause: unknown): void {
    try {
      this.db.run('ROLLBACK');
    } catch {
      // It is over already.
    }
    const error = this.getStoreError(cause);
    for (const pending of group.members) pending.lost(error);
  }
}
