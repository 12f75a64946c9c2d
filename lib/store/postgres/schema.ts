import { FIRST_DATABASE_ID } from '../routed/ids';

/*
 * What an SMS is (`sms`) never changes; what becomes of it (`states`) changes with every step, and has only the indices that
 * need it. Indices are partial: a million waiting SMS cost nothing where those in the gateway are counted, and the other way
 * round. Texts of the flow stand in columns as JSON literals: PostgreSQL takes neither NUL nor half a surrogate pair.
 * Names are compared byte by byte, whatever the database's collation. Moments are milliseconds since 1970.
 */
const FIRST = `
  CREATE TABLE %.counters (name text PRIMARY KEY, value bigint NOT NULL);
  INSERT INTO %.counters VALUES ('sms', ${FIRST_DATABASE_ID - 1});
  CREATE SEQUENCE %.submissions;
  CREATE TABLE %.notes (key text COLLATE "C" PRIMARY KEY, note text NOT NULL);

  CREATE TABLE %.inputs (
    seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    id text COLLATE "C" PRIMARY KEY,
    gateway text COLLATE "C" NOT NULL,
    node text COLLATE "C" NOT NULL,
    machine text,
    key text COLLATE "C",
    job text COLLATE "C" NOT NULL,
    until text NOT NULL,
    taken_at double precision NOT NULL,
    wait_until double precision NOT NULL,
    closed_at double precision NOT NULL DEFAULT 0,
    resumed_at double precision,
    duplicate_of text COLLATE "C",
    first_sms bigint NOT NULL,
    last_sms bigint NOT NULL,
    paused smallint NOT NULL DEFAULT 0,
    listed boolean NOT NULL,
    over boolean NOT NULL,
    waits boolean NOT NULL,
    others integer NOT NULL,
    undone integer NOT NULL,
    waiting integer NOT NULL,
    accepted integer NOT NULL DEFAULT 0,
    sent integer NOT NULL DEFAULT 0,
    delivered integer NOT NULL DEFAULT 0,
    failed integer NOT NULL DEFAULT 0,
    withheld integer NOT NULL DEFAULT 0,
    stopped integer NOT NULL DEFAULT 0,
    rest text NOT NULL,
    msg text NOT NULL
  ) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
  CREATE INDEX inputs_open ON %.inputs (gateway, id) WHERE closed_at = 0;
  CREATE INDEX inputs_wait ON %.inputs (gateway, wait_until, id) WHERE closed_at = 0 AND wait_until <> 0;
  CREATE INDEX inputs_key ON %.inputs (gateway, key, seq) WHERE key IS NOT NULL AND duplicate_of IS NULL;
  CREATE INDEX inputs_duplicate ON %.inputs (duplicate_of) WHERE closed_at = 0 AND duplicate_of IS NOT NULL;
  CREATE INDEX inputs_prunable ON %.inputs (closed_at, id) WHERE closed_at <> 0 AND over;
  CREATE INDEX inputs_job ON %.inputs (gateway, job, first_sms);
  CREATE INDEX inputs_undone ON %.inputs (gateway, first_sms) WHERE NOT over;
  CREATE INDEX inputs_stopping ON %.inputs (gateway, first_sms) WHERE paused = 2 AND NOT over;
  CREATE INDEX inputs_listed ON %.inputs (gateway, first_sms) WHERE listed;
  CREATE INDEX inputs_listed_waiting ON %.inputs (gateway, first_sms) WHERE listed AND waits;

  CREATE TABLE %.sms (
    id bigint PRIMARY KEY,
    gateway text COLLATE "C" NOT NULL,
    input text COLLATE "C" NOT NULL,
    user_id bigint NOT NULL,
    number text COLLATE "C" NOT NULL,
    template boolean NOT NULL,
    collect_group text COLLATE "C",
    text text NOT NULL,
    sms text NOT NULL
  );
  CREATE INDEX sms_user_id ON %.sms (user_id);
  CREATE INDEX sms_tail ON %.sms (right(ltrim(number, '+0'), 7));
  CREATE INDEX sms_collect ON %.sms (collect_group, id) WHERE collect_group IS NOT NULL;

  CREATE TABLE %.states (
    id bigint PRIMARY KEY,
    gateway text COLLATE "C" NOT NULL,
    stage text COLLATE "C" NOT NULL,
    rank smallint NOT NULL,
    paused boolean NOT NULL,
    batch_key text COLLATE "C" NOT NULL,
    text_hash bigint NOT NULL,
    expires_at double precision NOT NULL,
    due_at double precision NOT NULL,
    poll_at double precision NOT NULL,
    polls integer NOT NULL,
    submission bigint,
    begun_at double precision,
    queue_before bigint,
    task_before bigint,
    newest_before text,
    port integer,
    ref_id integer,
    count integer,
    chosen_port integer,
    state text NOT NULL
  ) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
  CREATE INDEX states_waiting ON %.states (gateway, rank, batch_key, id)
    WHERE stage = 'waiting' AND due_at = 0 AND NOT paused;
  CREATE INDEX states_text_hash ON %.states (text_hash, id) WHERE stage = 'waiting' AND due_at = 0 AND NOT paused;
  CREATE INDEX states_paused ON %.states (gateway) WHERE stage = 'waiting' AND due_at = 0 AND paused;
  CREATE INDEX states_held ON %.states (gateway, rank, due_at, id) WHERE stage = 'waiting' AND due_at <> 0;
  CREATE INDEX states_held_id ON %.states (gateway, id) WHERE stage = 'waiting' AND due_at <> 0;
  CREATE INDEX states_expiry ON %.states (gateway, expires_at, id) WHERE stage = 'waiting' AND expires_at <> 0;
  CREATE INDEX states_standby ON %.states (gateway, poll_at, id) WHERE stage = 'standby';
  CREATE INDEX states_under_way ON %.states (gateway, stage, id) WHERE stage NOT IN ('waiting', 'done');
  CREATE INDEX states_poll ON %.states (gateway, poll_at, id) WHERE stage IN ('gateway', 'sent', 'unknown');
  CREATE INDEX states_begun ON %.states (gateway, begun_at) WHERE begun_at IS NOT NULL;
  CREATE INDEX states_port ON %.states (port, id) WHERE stage IN ('gateway', 'sent') AND port IS NOT NULL;

  CREATE TABLE %.pauses (
    gateway text COLLATE "C" NOT NULL,
    kind text NOT NULL,
    name text COLLATE "C" NOT NULL,
    paused boolean NOT NULL,
    node text COLLATE "C",
    place bigint NOT NULL,
    PRIMARY KEY (gateway, kind, name)
  );

  CREATE TABLE %.usage (
    card text COLLATE "C" NOT NULL,
    counter text COLLATE "C" NOT NULL,
    period double precision NOT NULL,
    until double precision NOT NULL,
    sliding boolean NOT NULL,
    amount double precision NOT NULL,
    PRIMARY KEY (card, counter, period)
  ) WITH (fillfactor = 50);
  CREATE INDEX usage_until ON %.usage (until);
  CREATE TABLE %.usage_recipients (
    card text COLLATE "C" NOT NULL,
    counter text COLLATE "C" NOT NULL,
    period double precision NOT NULL,
    recipient text COLLATE "C" NOT NULL,
    until double precision NOT NULL,
    sliding boolean NOT NULL,
    uses double precision NOT NULL,
    PRIMARY KEY (card, counter, period, recipient)
  );
  CREATE INDEX usage_recipients_recipient ON %.usage_recipients (recipient);
  CREATE INDEX usage_recipients_until ON %.usage_recipients (until);
`;

/**
 * What several machines agree on: who talks to a gateway (each new holder has a higher epoch), which machines there are, and
 * what one has to tell another.
 */
const MACHINES = `
  CREATE TABLE %.lease (
    gateway text COLLATE "C" PRIMARY KEY,
    holder text,
    epoch bigint NOT NULL DEFAULT 0,
    until timestamptz NOT NULL
  ) WITH (fillfactor = 50);
  CREATE TABLE %.machine (
    id text PRIMARY KEY,
    name text NOT NULL,
    lease integer NOT NULL,
    heard_at timestamptz NOT NULL,
    facts text NOT NULL
  ) WITH (fillfactor = 50);
  CREATE TABLE %.outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    machine text,
    gateway text COLLATE "C",
    body text NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX outbox_machine ON %.outbox (machine, id) WHERE machine IS NOT NULL;
  CREATE INDEX outbox_gateway ON %.outbox (gateway, id) WHERE gateway IS NOT NULL;
`;

/** Whose transaction was kept last, of each process that writes: what became of one whose end wasn't seen. */
const WRITERS = `
  CREATE TABLE %.writers (
    id uuid PRIMARY KEY,
    last bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
  ) WITH (fillfactor = 50);
`;

/**
 * An SMS has a mark, another one with each change: who knows it by that needn't read it. What a request was begun with stands
 * once, and not with each of its SMS. Former code, which knows neither, finds its connection ended, and at the next one that
 * this is too new for it.
 */
const MARKS = `
  ALTER TABLE %.writers RENAME TO writing;
  CREATE TABLE %.writers (id uuid PRIMARY KEY, last bigint, at timestamptz);
  CREATE FUNCTION %.refuse_former() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RAISE EXCEPTION ''a later version of this package uses the database'' USING ERRCODE = ''cannot_connect_now''; END';
  CREATE TRIGGER refuse_former BEFORE INSERT ON %.writers FOR EACH STATEMENT EXECUTE FUNCTION %.refuse_former();

  CREATE TABLE %.requests (
    submission bigint PRIMARY KEY,
    gateway text COLLATE "C" NOT NULL,
    at double precision NOT NULL,
    queue_before bigint,
    task_before bigint,
    newest_before text,
    count integer NOT NULL
  ) WITH (fillfactor = 70);
  INSERT INTO %.requests SELECT submission, min(gateway), min(begun_at), min(queue_before), min(task_before), min(newest_before),
    count(*) FROM %.states WHERE submission IS NOT NULL GROUP BY submission;
  CREATE INDEX requests_at ON %.requests (gateway, at);
  DROP INDEX %.states_begun;
  ALTER TABLE %.states DROP COLUMN begun_at, DROP COLUMN queue_before, DROP COLUMN task_before, DROP COLUMN newest_before,
    ADD COLUMN mark bigint NOT NULL DEFAULT 0;
`;

/** What brings a database from each version to the next; a published one never changes. */
export const MIGRATIONS: readonly string[] = [FIRST + MACHINES, WRITERS, MARKS];

/** The version that this code reads and writes. */
export const LATEST_VERSION = MIGRATIONS.length;
