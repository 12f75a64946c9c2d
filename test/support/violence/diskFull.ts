import type { DriverKind } from '../../../lib/store';
import type { Driver } from '../../../lib/store/sqlite/drivers';

/** SQLite's result code for a full disk, as node:sqlite tells it. */
const full = (): Error => Object.assign(new Error('database or disk is full'), { errcode: 13 });

const PRAGMAS = 'incremental_vacuum|wal_checkpoint|journal_mode|application_id|user_version =';
const WRITES = new RegExp(`^\\s*(INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|COMMIT|PRAGMA (${PRAGMAS}))`, 'i');

/** A real SQLite on a disk that can be full: then whatever writes fails, at its start or only when it is kept. */
export class DiskFull implements DriverKind {
  readonly name: string;
  /** The kind of statement that fails while the disk is full. */
  full: 'no' | 'at once' | 'at the end' = 'no';
  /** How many statements that write still find room, once it is full at once. */
  room = 0;
  /** What SQLite gives up then. */
  givesUp: 'the transaction' | 'the statement' = 'the transaction';
  /** How often it was full when something was to be written. */
  times = 0;

  constructor(private readonly kind: DriverKind) {
    this.name = kind.name;
  }

  open(file: string, options?: { readOnly?: boolean }): Driver {
    const driver = this.kind.open(file, options);
    return {
      exec: (sql) => this.exec(sql, driver),
      prepare: (sql) => {
        const statement = driver.prepare(sql);
        const guarded = <Args extends unknown[], T>(work: (...args: Args) => T) => {
          return (...args: Args): T => {
            this.check(sql, driver);
            return work(...args);
          };
        };
        return {
          run: guarded((...values) => statement.run(...values)),
          get: guarded((...values) => statement.get(...values)),
          all: guarded((...values) => statement.all(...values)),
        };
      },
      close: () => driver.close(),
    };
  }

  /** One by one: the disk may be full in the midst of many. */
  private exec(sql: string, driver: Driver): void {
    for (const statement of this.full === 'no' ? [sql] : sql.split(';')) {
      this.check(statement, driver);
      driver.exec(statement);
    }
  }

  private check(sql: string, driver: Driver): void {
    if (this.full === 'no' || !WRITES.test(sql)) return;
    if (this.full === 'at the end' && sql.trim() !== 'COMMIT') return;
    if (this.full === 'at once' && this.room-- > 0) return;
    this.times += 1;
    if (this.givesUp === 'the transaction') giveUp(driver);
    throw full();
  }
}

function giveUp(driver: Driver): void {
  try {
    driver.exec('ROLLBACK');
  } catch {
    // There is none.
  }
}
