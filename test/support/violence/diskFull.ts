import type { DriverKind } from '../../../lib/store';
import type { Driver } from '../../../lib/store/sqlite/drivers';

/** SQLite's result code for a full disk, as node:sqlite tells it. */
const full = (): Error => Object.assign(new Error('database or disk is full'), { errcode: 13 });

const WRITES = /^\s*(INSERT|UPDATE|DELETE|COMMIT)/i;

/** A real SQLite on a disk that can be full: then whatever writes fails, at its start or only when it is kept. */
export class DiskFull implements DriverKind {
  readonly name: string;
  /** `from`: the kind of statement that fails while the disk is full. */
  full: 'no' | 'at once' | 'at the end' = 'no';
  /** How often it was full when something was to be written. */
  times = 0;

  constructor(private readonly kind: DriverKind) {
    this.name = kind.name;
  }

  open(file: string, options?: { readOnly?: boolean }): Driver {
    const driver = this.kind.open(file, options);
    return {
      exec: (sql) => driver.exec(sql),
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

  private check(sql: string, driver: Driver): void {
    if (this.full === 'no' || !WRITES.test(sql)) return;
    if (this.full === 'at the end' && sql !== 'COMMIT') return;
    this.times += 1;
    // SQLite gives up the whole transaction then.
    driver.exec('ROLLBACK');
    throw full();
  }
}
