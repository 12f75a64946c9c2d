import { existsSync, renameSync } from 'node:fs';
import type { Clock, Random } from '../../clock';
import type { Row } from '../rows';
import { Connection } from '../sqlite/Connection';
import type { DriverKind } from '../sqlite/drivers';
import type { SqlValue } from '../sqlite/drivers/driver';
import { asStoreError } from '../sqlite/failures';
import { forgetNotes, noteKeys, notes, putNotes } from '../sqlite/notes';
import { openFile } from '../sqlite/openFile';
import { NotedTime } from '../steady/NotedTime';
import { COLUMNS_OF_INPUT, fileInput, INSERT_INPUT, INSERT_SMS, inputValues, SMS_COLUMNS, smsValues } from './fileRows';
import type { Counters, MovedInput, MovedPause, MovedSms, MovedUsage, Page } from './records';
import { PAGE, pageOf, type Side, USAGE_PAGE } from './Side';
import { smsOfRow } from './smsRows';

const INPUTS = `SELECT ${COLUMNS_OF_INPUT}, seq, msg FROM inputs JOIN messages ON messages.input = inputs.seq WHERE seq > ?
  ORDER BY seq LIMIT ${PAGE}`;
const SMS = `SELECT ${SMS_COLUMNS} FROM sms WHERE id > ? ORDER BY id LIMIT ${PAGE}`;
const USAGE = `SELECT card, counter, period, until, sliding, amount, NULL AS recipient FROM usage
  UNION ALL SELECT card, counter, period, until, sliding, uses, recipient FROM usage_recipients
  ORDER BY card, counter, period, recipient LIMIT ${USAGE_PAGE} OFFSET ?`;
const ADD_PAUSE = `INSERT INTO pauses (gateway, kind, name, paused, node, place) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET paused = excluded.paused, node = excluded.node, place = excluded.place WHERE excluded.paused`;
const ADD_USAGE = `INSERT INTO usage (card, counter, period, until, sliding, amount) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET amount = amount + excluded.amount, until = max(until, excluded.until)`;
const ADD_RECIPIENT = `INSERT INTO usage_recipients (card, counter, period, until, sliding, uses, recipient)
  VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET uses = uses + excluded.uses, until = max(until, excluded.until)`;

interface FileOptions {
  file: string;
  driver: DriverKind;
  clock: Clock;
  random: Random;
}

/** The embedded store's file, which is this process's alone from the beginning on. */
export class FileSide implements Side {
  readonly name: string;
  private readonly db: Connection;
  private isOpen = true;
  private isBegun = false;

  private constructor(private readonly options: FileOptions) {
    const { file, driver, random } = options;
    this.name = file;
    this.db = new Connection(openFile(driver, file, random, { mayBeMoving: true }));
  }

  /**
   * Opens the file; a missing one is made.
   * @throws StoreUnavailable where somebody uses it, or it can't be read
   */
  static open(options: FileOptions): FileSide {
    try {
      return new FileSide(options);
    } catch (error) {
      throw asStoreError(error, options.file);
    }
  }

  async begin(): Promise<void> {
    this.db.exec('BEGIN IMMEDIATE');
    this.isBegun = true;
  }

  async commit(): Promise<void> {
    this.db.exec('COMMIT');
    this.isBegun = false;
  }

  async rollback(): Promise<void> {
    this.isBegun = false;
    this.db.exec('ROLLBACK');
  }

  getShift(): Promise<number> {
    return new NotedTime({
      notes: async (keys) => notes(this.db, keys),
      putNotes: (given) => this.putNotes(given),
    }).read(this.options.clock);
  }

  async note(key: string): Promise<string | undefined> {
    return notes(this.db, [key]).get(key);
  }

  async putNotes(given: ReadonlyMap<string, string>): Promise<void> {
    putNotes(this.db, given);
  }

  async forgetNote(key: string): Promise<void> {
    forgetNotes(this.db, [key]);
  }

  async notes(): Promise<Map<string, string>> {
    return notes(this.db, noteKeys(this.db));
  }

  async counters(): Promise<Counters> {
    const row = this.db.get('SELECT sms, submission, next_user_id FROM counters');
    return { sms: Number(row?.sms), submission: Number(row?.submission), user_id: Number(row?.next_user_id) };
  }

  async setCounters({ sms, submission, user_id }: Counters): Promise<void> {
    this.db.run('UPDATE counters SET sms = ?, submission = ?, next_user_id = ?', sms, submission, user_id);
  }

  async firstSms(): Promise<number | undefined> {
    const first = this.db.get('SELECT min(first_sms) AS first FROM inputs')?.first;
    return typeof first === 'number' ? first : undefined;
  }

  async counts(): Promise<{ inputs: number; sms: number; open: number }> {
    const count = (sql: string): number => Number(this.db.get(`SELECT count(*) AS count FROM ${sql}`)?.count);
    return { inputs: count('inputs'), sms: count('sms'), open: count("sms WHERE stage <> 'done'") };
  }

  async inputs(after: number): Promise<Page<MovedInput>> {
    return this.page(INPUTS, after, fileInput, (row) => Number(row.seq));
  }

  async addInputs(inputs: readonly MovedInput[]): Promise<void> {
    for (const input of inputs) {
      this.db.run(INSERT_INPUT, ...inputValues(input));
      this.db.run('INSERT INTO messages (input, msg) VALUES (last_insert_rowid(), ?)', input.msg);
    }
  }

  async sms(after: number): Promise<Page<MovedSms>> {
    return this.page(SMS, after, smsOfRow, (row) => Number(row.id));
  }

  async addSms(sms: readonly MovedSms[]): Promise<void> {
    for (const one of sms) this.db.run(INSERT_SMS, ...smsValues(one));
  }

  async pauses(): Promise<MovedPause[]> {
    const rows = this.db.all('SELECT gateway, kind, name, paused, node, place FROM pauses ORDER BY place');
    return rows.map((row) => ({
      ...{ gateway: String(row.gateway), kind: String(row.kind), name: String(row.name) },
      ...{ paused: row.paused === 1, node: row.node as string | null, place: Number(row.place) },
    }));
  }

  async addPauses(pauses: readonly MovedPause[]): Promise<void> {
    for (const { gateway, kind, name, paused, node, place } of pauses)
      this.db.run(ADD_PAUSE, gateway, kind, name, Number(paused), node, place);
  }

  async usage(after: number): Promise<Page<MovedUsage>> {
    const rows = this.db.all(USAGE, after);
    return pageOf(rows.map(usageOf), after, USAGE_PAGE);
  }

  async addUsage(usage: readonly MovedUsage[]): Promise<void> {
    for (const { card, counter, period, until, sliding, amount, recipient } of usage) {
      const values = [card, counter, period, until, Number(sliding), amount];
      if (recipient === null) this.db.run(ADD_USAGE, ...values);
      else this.db.run(ADD_RECIPIENT, ...values, recipient);
    }
  }

  /** The lock does that. */
  async shutOut(): Promise<void> {}

  /** What says that it is moved stays in it: nobody opens it any more, whatever it is called. */
  async clear(): Promise<void> {}

  /** The file gets another name, and is left to people. */
  async leave(): Promise<string> {
    const { file, clock } = this.options;
    this.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.close();
    const when = new Date(clock.now()).toISOString().replaceAll(':', '-');
    const kept = `${file}.moved-${when}`;
    renameSync(file, kept);
    if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${kept}-wal`);
    return kept;
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    try {
      if (this.isBegun) this.db.exec('ROLLBACK');
    } finally {
      this.db.close();
    }
  }

  private page<T>(sql: string, after: number, read: (row: Row) => T, placeOf: (row: Row) => number): Page<T> {
    const rows = this.db.all(sql, after);
    const last = rows.at(-1);
    return { records: rows.map(read), next: last && rows.length === PAGE ? placeOf(last) : undefined };
  }
}

const usageOf = (row: Readonly<Record<string, SqlValue>>): MovedUsage => ({
  ...{ card: String(row.card), counter: String(row.counter), period: Number(row.period), until: Number(row.until) },
  ...{ sliding: row.sliding === 1, amount: Number(row.amount), recipient: row.recipient as string | null },
});
