import type { DriverKind } from '../../../../lib/store';
import type { Driver } from '../../../../lib/store/sqlite/drivers';

/** What SQLite says with a result code, as node:sqlite says it. */
export const saysSqlite = (errcode: number): Error => Object.assign(new Error(`result code ${errcode}`), { errcode });

export const FULL = 13;
export const IOERR = 10;
export const CANTOPEN = 14;
export const CORRUPT = 11;

/** A real SQLite that notes what it is told and fails where a test wants it to. */
export class Spy implements DriverKind {
  readonly name: string;
  /** What was run, in order. */
  readonly said: string[] = [];
  /** The connection that writes. */
  driver: Driver | undefined;
  /** Asked before each statement; what it answers is thrown instead. */
  fault: (sql: string) => Error | undefined = () => undefined;
  private readonly kind: DriverKind;

  constructor(kind: DriverKind) {
    this.kind = kind;
    this.name = kind.name;
  }

  open(file: string, options?: { readOnly?: boolean }): Driver {
    this.note('open');
    const driver = this.kind.open(file, options);
    if (!options?.readOnly) this.driver = driver;
    return {
      exec: (sql) => {
        this.note(sql);
        driver.exec(sql);
      },
      prepare: (sql) => {
        const statement = driver.prepare(sql);
        const noted = <Args extends unknown[], T>(work: (...args: Args) => T) => {
          return (...args: Args): T => {
            this.note(sql);
            return work(...args);
          };
        };
        return {
          run: noted((...values) => statement.run(...values)),
          get: noted((...values) => statement.get(...values)),
          all: noted((...values) => statement.all(...values)),
        };
      },
      close: () => driver.close(),
    };
  }

  /** How often a statement was run. */
  count(sql: string): number {
    return this.said.filter((one) => one === sql).length;
  }

  private note(sql: string): void {
    const error = this.fault(sql);
    if (error) throw error;
    this.said.push(sql);
  }
}
