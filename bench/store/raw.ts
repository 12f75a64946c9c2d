import pg from 'pg';
import { taking } from './load';

/*
 * The least that PostgreSQL can be asked to do for the same work: the SMS in one table, an index for what waits, and a statement
 * for a whole batch at each step, which the session knows by its name. It keeps no history, counts nothing, and looks for nothing.
 */
const TABLES = `
  CREATE TABLE IF NOT EXISTS raw_inputs (id text PRIMARY KEY, msg text NOT NULL, closed_at double precision NOT NULL);
  CREATE SEQUENCE IF NOT EXISTS raw_ids;
  CREATE TABLE IF NOT EXISTS raw_sms (
    id bigint PRIMARY KEY, gateway text NOT NULL, input text NOT NULL, user_id bigint NOT NULL, number text NOT NULL,
    text text NOT NULL, stage text NOT NULL, status text NOT NULL, port integer, changed_at double precision NOT NULL
  ) WITH (fillfactor = 70);
  CREATE INDEX IF NOT EXISTS raw_waiting ON raw_sms (gateway, id) WHERE stage = 'waiting'`;
const TAKE = `WITH input AS (INSERT INTO raw_inputs VALUES ($2, $7, 0))
  INSERT INTO raw_sms SELECT nextval('raw_ids'), $1, $2, user_id, number, text, 'waiting', 'QUEUED', NULL, $3
  FROM unnest($4::bigint[], $5::text[], $6::text[]) AS given (user_id, number, text) RETURNING id`;
const STEP = `UPDATE raw_sms SET stage = now.stage, status = now.status, port = now.port, changed_at = $1
  FROM unnest($2::bigint[], $3::text[], $4::text[], $5::int[]) AS now (id, stage, status, port)
  WHERE raw_sms.id = now.id AND raw_sms.stage = $6 RETURNING raw_sms.*`;
const CLOSE = 'UPDATE raw_inputs SET closed_at = $1 WHERE id = $2';

const STEPS = [
  { stage: 'submitting', status: 'QUEUED' },
  { stage: 'gateway', status: 'ACCEPTED' },
  { stage: 'sent', status: 'SENT_OK' },
  { stage: 'done', status: 'DELIVERED' },
];

/** Lifecycles of SMS by PostgreSQL alone. */
export class Raw {
  private readonly client: pg.Client;

  constructor(connection: string) {
    this.client = new pg.Client({ connectionString: connection, pipeline: true } as pg.ClientConfig);
  }

  async open(): Promise<void> {
    await this.client.connect();
    await this.client.query(TABLES);
  }

  close(): Promise<void> {
    return this.client.end();
  }

  /** One batch from its input to its outcome, each step kept before the next. */
  async lifecycle(count: number, gateway: string): Promise<void> {
    const { input, sms } = taking(count, gateway);
    const given = [sms.map(({ user_id }) => user_id), sms.map(({ number }) => number), sms.map(({ text }) => text)];
    let ids = await this.ask('take', TAKE, [gateway, input.id, Date.now(), ...given, input.msg]);
    let before = 'waiting';
    for (const { stage, status } of STEPS) {
      const now = [ids.map(() => stage), ids.map(() => status), ids.map(() => (stage === 'sent' ? 3 : null))];
      ids = await this.ask('step', STEP, [Date.now(), ids, ...now, before]);
      before = stage;
    }
    await this.ask('close', CLOSE, [Date.now(), input.id]);
  }

  private async ask(name: string, text: string, values: unknown[]): Promise<unknown[]> {
    return (await this.client.query<{ id: string }>({ name, text, values })).rows.map(({ id }) => id);
  }
}
