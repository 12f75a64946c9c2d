import type { Driver, Row, SqlValue, Statement } from './drivers/driver';

/**
 * The one connection to the store's file, with its statements prepared once. One with a bare `LIMIT ?` newer SQLites prepare anew
 * each time, by the value that it has; `LIMIT +?` they don't.
 */
export class Connection {
  private readonly driver: Driver;
  private readonly statements = new Map<string, Statement>();

  constructor(driver: Driver) {
    this.driver = driver;
  }

  /** Answers with the number of changed rows. */
  run(sql: string, ...values: SqlValue[]): number {
    return this.statement(sql).run(...values).changes;
  }

  get(sql: string, ...values: SqlValue[]): Row | undefined {
    return this.statement(sql).get(...values);
  }

  all(sql: string, ...values: SqlValue[]): Row[] {
    return this.statement(sql).all(...values);
  }

  /** For what has its effect when it is prepared, and so can't be prepared once. */
  exec(sql: string): void {
    this.driver.exec(sql);
  }

  close(): void {
    this.statements.clear();
    this.driver.close();
  }

  private statement(sql: string): Statement {
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.driver.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }
}
