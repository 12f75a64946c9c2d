import type { Clock, Random } from '../../clock';
import { Connection, type DatabaseOptions } from '../postgres/Connection';
import { DatabaseTime } from '../postgres/DatabaseTime';
import { Fences } from '../postgres/Fences';
import { asStoreError } from '../postgres/failures';
import { migrate } from '../postgres/migrate';
import { forgetNotes, noteKeys, notes, putNotes } from '../postgres/notes';
import { loadPg } from '../postgres/pg';
import { SMS } from '../postgres/records';
import { Transaction } from '../postgres/Transaction';
import type { Row } from '../rows';
import {
  addInputs,
  addPauses,
  addSms,
  addUsage,
  databaseInput,
  databasePause,
  INPUTS,
  type Statement,
  USAGE,
} from './databaseRows';
import type { Counters, MovedInput, MovedPause, MovedSms, MovedUsage, Page } from './records';
import { MoveRefused, PAGE, pageOf, type Side, USAGE_PAGE } from './Side';
import { smsOfRow } from './smsRows';

// What a server's operator has set off for all isn't meant here, and nobody ends this one while the other store writes.
const BEGIN = `SELECT set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'
    ELSE current_setting('synchronous_commit') END, true),
  set_config('lock_timeout', '10000', true), set_config('idle_in_transaction_session_timeout', '0', true)`;
const TABLES = [
  'machine',
  'lease',
  'outbox',
  'counters',
  'notes',
  'inputs',
  'sms',
  'states',
  'requests',
  'pauses',
  'usage',
  'usage_recipients',
];
const LOCK = `LOCK TABLE ${TABLES.map((table) => `%.${table}`).join(', ')} IN EXCLUSIVE MODE`;
const LIVING = `SELECT name, round(extract(epoch FROM clock_timestamp() - heard_at)) AS silent FROM %.machine
  WHERE heard_at > clock_timestamp() - 2 * lease * interval '1 ms' ORDER BY heard_at DESC LIMIT 1`;
// One that was paused for longer than its lease must find that its gateways are another's, and has no connection any more.
const FORGET_MACHINES = [
  'DELETE FROM %.machine',
  'DELETE FROM %.outbox',
  'UPDATE %.lease SET epoch = epoch + 1, holder = NULL, until = clock_timestamp()',
  `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user
    AND application_name = current_setting('application_name') AND pid <> pg_backend_pid()`,
];
const SMS_PAGE = `SELECT ${SMS}, states.submission, requests.at AS begun_at, queue_before, task_before, newest_before
  FROM %.states AS states JOIN %.sms AS sms ON sms.id = states.id
    LEFT JOIN %.requests AS requests ON requests.submission = states.submission
  WHERE states.id > $1 ORDER BY states.id LIMIT $2`;
const COUNTS = `SELECT (SELECT count(*) FROM %.inputs) AS inputs, (SELECT count(*) FROM %.states) AS sms,
  (SELECT count(*) FROM %.states WHERE stage <> 'done') AS open`;
const SEQUENCE = 'SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS value FROM %.submissions';
const ROWS_PER_DELETE = 10_000;

/** A database of PostgreSQL. */
export class DatabaseSide implements Side {
  private tx: Transaction;

  private constructor(
    private readonly connection: Connection,
    private readonly clock: Clock,
    readonly name: string,
  ) {
    this.tx = new Transaction(connection, new Fences());
  }

  /**
   * Connects, and brings the schema to the version of this code, or makes it.
   * @throws StoreUnavailable where it can't be reached, or is of a later version; no text holds anything of the connection
   */
  static async open(options: DatabaseOptions & { clock: Clock; random: Random }): Promise<DatabaseSide> {
    const connection = await Connection.open(loadPg(), options).catch((error) => {
      throw asStoreError(error);
    });
    try {
      await migrate(connection, options);
      return new DatabaseSide(connection, options.clock, `the schema ${options.schema} in PostgreSQL`);
    } catch (error) {
      connection.close();
      throw asStoreError(error);
    }
  }

  async begin(): Promise<void> {
    this.tx = new Transaction(this.connection, new Fences());
    this.tx.tell('BEGIN');
    this.tx.tell(BEGIN);
    // Before the lock, which one that runs might hold up.
    await this.refuseUsed();
    await this.tx.ask(LOCK);
    await this.refuseUsed();
  }

  commit(): Promise<void> {
    return this.tx.commit();
  }

  async rollback(): Promise<void> {
    await this.connection.query('ROLLBACK');
  }

  getShift(): Promise<number> {
    return new DatabaseTime(async () => {
      const [row] = await this.tx.ask('SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS now');
      return Number(row?.now);
    }).read(this.clock);
  }

  async note(key: string): Promise<string | undefined> {
    return (await notes(this.tx, [key])).get(key);
  }

  async putNotes(given: ReadonlyMap<string, string>): Promise<void> {
    putNotes(this.tx, given);
  }

  async forgetNote(key: string): Promise<void> {
    forgetNotes(this.tx, [key]);
  }

  async notes(): Promise<Map<string, string>> {
    return notes(this.tx, await noteKeys(this.tx));
  }

  async counters(): Promise<Counters> {
    const [rows, [sequence]] = await Promise.all([
      this.tx.ask('SELECT name, value FROM %.counters'),
      this.tx.ask(SEQUENCE),
    ]);
    const values = new Map(rows.map(({ name, value }) => [name, Number(value)]));
    return { sms: values.get('sms') ?? 0, user_id: values.get('user_id') ?? 0, submission: Number(sequence?.value) };
  }

  async setCounters({ sms, submission, user_id }: Counters): Promise<void> {
    const SET = 'UPDATE %.counters SET value = $1 WHERE name = $2';
    this.tx.tell(SET, sms, 'sms');
    this.tx.tell(SET, user_id, 'user_id');
    // Where this is undone it stays: a gap harms nobody.
    if (submission > 0) this.tx.tell("SELECT setval('%.submissions', $1)", submission);
  }

  async firstSms(): Promise<number | undefined> {
    const [row] = await this.tx.ask('SELECT min(first_sms) AS first FROM %.inputs');
    return typeof row?.first === 'number' ? row.first : undefined;
  }

  async counts(): Promise<{ inputs: number; sms: number; open: number }> {
    const [row] = await this.tx.ask(COUNTS);
    return { inputs: Number(row?.inputs), sms: Number(row?.sms), open: Number(row?.open) };
  }

  inputs(after: number): Promise<Page<MovedInput>> {
    return this.page(INPUTS, after, databaseInput, (row) => Number(row.seq));
  }

  async addInputs(inputs: readonly MovedInput[]): Promise<void> {
    await this.write(addInputs(inputs));
  }

  sms(after: number): Promise<Page<MovedSms>> {
    return this.page(SMS_PAGE, after, smsOfRow, (row) => Number(row.id));
  }

  async addSms(sms: readonly MovedSms[]): Promise<void> {
    await this.write(...addSms(sms));
  }

  async pauses(): Promise<MovedPause[]> {
    const sql = 'SELECT gateway, kind, name, paused, node, place FROM %.pauses ORDER BY place';
    return (await this.tx.ask(sql)).map(databasePause);
  }

  async addPauses(pauses: readonly MovedPause[]): Promise<void> {
    await this.write(addPauses(pauses));
  }

  async usage(after: number): Promise<Page<MovedUsage>> {
    return pageOf((await this.tx.ask(USAGE, USAGE_PAGE, after)) as unknown as MovedUsage[], after, USAGE_PAGE);
  }

  async addUsage(usage: readonly MovedUsage[]): Promise<void> {
    await this.write(...addUsage(usage));
  }

  async shutOut(): Promise<void> {
    for (const sql of FORGET_MACHINES) this.tx.tell(sql);
  }

  async clear(): Promise<void> {
    for (const table of ['states', 'requests', 'sms', 'inputs', 'usage', 'usage_recipients', 'pauses'])
      await this.empty(table);
    this.tx.tell('DELETE FROM %.notes');
  }

  async leave(): Promise<undefined> {
    return undefined;
  }

  close(): void {
    this.connection.close();
  }

  private async refuseUsed(): Promise<void> {
    const [machine] = await this.tx.ask(LIVING);
    if (!machine) return;
    throw new MoveRefused(
      `A Node-RED uses ${this.name}: ${JSON.parse(String(machine.name))} was heard ${machine.silent} s ago. Stop all that use it ` +
        '(after one that was killed, wait for half a minute)',
    );
  }

  /** In steps: no statement may take long. */
  private async empty(table: string): Promise<void> {
    const some = `DELETE FROM %.${table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM %.${table} LIMIT ${ROWS_PER_DELETE}))`;
    const step = `WITH gone AS (${some} RETURNING 1) SELECT count(*) AS count FROM gone`;
    while (Number((await this.tx.ask(step))[0]?.count) > 0);
  }

  private async write(...statements: Statement[]): Promise<void> {
    await Promise.all(statements.map(([sql, ...values]) => this.tx.ask(sql, ...values)));
  }

  private async page<T>(
    sql: string,
    after: number,
    read: (row: Row) => T,
    placeOf: (row: Row) => number,
  ): Promise<Page<T>> {
    const rows = await this.tx.ask(sql, after, PAGE);
    const last = rows.at(-1);
    return { records: rows.map(read), next: last && rows.length === PAGE ? placeOf(last) : undefined };
  }
}
