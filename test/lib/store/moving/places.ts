import path from 'node:path';
import { systemClock } from '../../../../lib/clock';
import type { DriverKind, Store } from '../../../../lib/store';
import { DatabaseSide } from '../../../../lib/store/moving/DatabaseSide';
import { FileSide } from '../../../../lib/store/moving/FileSide';
import { moveStore } from '../../../../lib/store/moving/moveStore';
import type { Side } from '../../../../lib/store/moving/Side';
import { PostgresStore } from '../../../../lib/store/postgres';
import { SqliteStore } from '../../../../lib/store/sqlite';
import { sharedPostgres } from '../../../support/postgres';
import { temporaryFolder } from '../../../support/temporaryFolder';

let made = 0;

/** A file and a schema of a database, between which messages are moved. */
export class Places {
  readonly file = path.join(temporaryFolder('moving'), 'dinstar', 'messages.sqlite');
  readonly schema = `moving${++made}`;
  private readonly common = { clock: systemClock, random: () => 0.5 };

  private constructor(
    readonly driver: DriverKind,
    readonly connection: string,
  ) {}

  static async make(driver: DriverKind): Promise<Places> {
    database ??= (await sharedPostgres()).url();
    return new Places(driver, await database);
  }

  get fileStore(): SqliteStore {
    const { file, driver, common } = this;
    return new SqliteStore({ file, driver, random: common.random });
  }

  get databaseStore(): PostgresStore {
    return new PostgresStore({ connection: this.connection, schema: this.schema, ...this.common });
  }

  move(to: 'postgres' | 'file', more: { isFormerTargetGone?: boolean } = {}): ReturnType<typeof moveStore> {
    const { file, driver, connection, schema, common } = this;
    return moveStore({ to, file, driver, database: { connection, schema }, ...common, ...more });
  }

  async sides(): Promise<{ file: Side; database: Side }> {
    const { file, driver, connection, schema, common } = this;
    const there = await DatabaseSide.open({ connection, schema, ...common });
    return { file: FileSide.open({ file, driver, ...common }), database: there };
  }

  /** Asks a store, and closes it. */
  async with<T>(store: Store, ask: (store: Store) => Promise<T>): Promise<T> {
    await store.open();
    try {
      return await ask(store);
    } finally {
      await store.close();
    }
  }

  /**
   * All that the file has, as its tables say it, ids and submissions counted from the first one. That a move has ended is noted still
   * where it was killed right before its last step.
   */
  fileContents(): Record<string, unknown[]> {
    const db = this.driver.open(this.file);
    try {
      const rows = (sql: string): Record<string, unknown>[] =>
        db
          .prepare(sql)
          .all()
          .map((row) => ({ ...row }));
      const base = Number(rows('SELECT min(first_sms) AS first FROM inputs')[0]?.first ?? 0);
      const submissions = Number(rows('SELECT min(submission) AS first FROM sms')[0]?.first ?? 0);
      const from = (value: unknown, first: number): unknown => (value === null ? null : Number(value) - first);
      return {
        inputs: rows('SELECT inputs.*, msg FROM inputs JOIN messages ON input = seq ORDER BY seq').map(
          ({ seq: _seq, ...row }) => ({
            ...row,
            first_sms: from(row.first_sms, base),
            last_sms: from(row.last_sms, base),
          }),
        ),
        sms: rows('SELECT * FROM sms ORDER BY id').map((row) => ({
          ...row,
          id: from(row.id, base),
          submission: from(row.submission, submissions),
          // In which order SQLite writes its fields is nobody's.
          state: JSON.parse(String(row.state)) as unknown,
        })),
        pauses: rows('SELECT * FROM pauses ORDER BY place, gateway, kind, name'),
        usage: rows('SELECT * FROM usage ORDER BY card, counter, period'),
        recipients: rows('SELECT * FROM usage_recipients ORDER BY card, counter, period, recipient'),
        notes: rows(`SELECT * FROM notes WHERE key <> '"time"' AND key <> '"name of this store"'
          AND key NOT LIKE '"moved here %' ORDER BY key`),
        userIds: rows('SELECT next_user_id FROM counters'),
      };
    } finally {
      db.close();
    }
  }

  /** The first id of an SMS in each place that has one. */
  async firstIds(): Promise<{ file: number; database: number }> {
    const { file, database } = await this.sides();
    try {
      const firstOf = async (side: Side): Promise<number> => (await side.firstSms()) ?? 0;
      return { file: await firstOf(file), database: await firstOf(database) };
    } finally {
      file.close();
      database.close();
    }
  }
}

let database: Promise<string> | undefined;
