import type { Random } from '../../clock';
import { type Safety, StoreUnavailable } from '../store';
import { Connection } from './Connection';
import type { DriverKind } from './drivers';
import { FileIdentity } from './FileIdentity';
import { asStoreError, StoreRefused } from './failures';
import { GroupCommit } from './GroupCommit';
import { openFile } from './openFile';

interface Opened {
  db: Connection;
  commits: GroupCommit;
}

/**
 * The file of a store and its one connection. What can't be opened or written now is tried again with the next call; a
 * file that is damaged, foreign or of a later version is left alone until `open` is called again.
 */
export class StoreFile {
  readonly name: string;
  private readonly driver: DriverKind;
  private readonly random: Random;
  private wanted = false;
  private opened: Opened | undefined;
  private refusal: StoreRefused | undefined;

  constructor(name: string, driver: DriverKind, random: Random) {
    this.name = name;
    this.driver = driver;
    this.random = random;
  }

  open(): void {
    this.wanted = true;
    if (this.refusal) this.letGo();
    this.refusal = undefined;
    this.use();
  }

  close(): void {
    this.wanted = false;
    this.letGo();
  }

  async write<T>(work: (db: Connection) => T, safety: Safety = 'safe'): Promise<T> {
    const { db, commits } = this.use();
    return commits.write(() => work(db), safety);
  }

  async read<T>(work: (db: Connection) => T): Promise<T> {
    const { db, commits } = this.use();
    return commits.read(() => work(db));
  }

  /** As {@link read}, and answers when what it has seen is safe. */
  async readSafe<T>(work: (db: Connection) => T): Promise<T> {
    const { db, commits } = this.use();
    return commits.readSafe(() => work(db));
  }

  private use(): Opened {
    if (!this.wanted) throw new StoreUnavailable('the store is closed');
    if (this.refusal) throw this.refusal;
    this.opened ??= this.connect();
    return this.opened;
  }

  private connect(): Opened {
    try {
      const db = new Connection(openFile(this.driver, this.name, this.random));
      const file = new FileIdentity(this.name);
      return {
        db,
        commits: new GroupCommit(
          db,
          (error) => this.asStoreError(error),
          () => file.check(),
        ),
      };
    } catch (error) {
      const failure = this.asStoreError(error);
      throw failure instanceof StoreUnavailable ? failure : new StoreUnavailable(failure.message, { cause: error });
    }
  }

  private asStoreError(cause: unknown): Error {
    const error = asStoreError(cause, this.name);
    if (error instanceof StoreRefused) {
      this.refusal = error;
      // Not in the middle of what found the damage.
      setImmediate(() => {
        if (this.refusal) this.letGo();
      });
    }
    return error;
  }

  private letGo(): void {
    const opened = this.opened;
    if (!opened) return;
    this.opened = undefined;
    opened.commits.finish();
    try {
      opened.db.close();
    } catch {
      // Everything that was acknowledged is on the disk; what is left is the system's to clean up.
    }
  }
}
