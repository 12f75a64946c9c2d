import { TAIL } from './expressions';

/*
 * An SMS is kept as JSON (`sms` as it was taken, `state` what became of it); the other columns are what it is found by,
 * and what changes often. Texts of the flow stand in columns as JSON literals: libsql reads a text only to its first NUL,
 * and half a surrogate pair doesn't survive UTF-8.
 * The SMS of an input have ids without a gap, so that no index is needed to find them.
 * Partial indices: a million waiting SMS cost nothing where those in the gateway are counted, and the other way round.
 * Their conditions are no IN lists, for which each change of an SMS would build a table.
 */
const FIRST = `
  CREATE TABLE counters (sms INTEGER NOT NULL, submission INTEGER NOT NULL, next_user_id INTEGER NOT NULL);
  CREATE TABLE notes (key TEXT PRIMARY KEY, note TEXT NOT NULL) WITHOUT ROWID;

  CREATE TABLE inputs (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    gateway TEXT NOT NULL,
    key TEXT,
    taken_at NUMERIC NOT NULL,
    wait_until NUMERIC NOT NULL,
    closed_at NUMERIC NOT NULL DEFAULT 0,
    duplicate_of TEXT,
    first_sms INTEGER NOT NULL,
    last_sms INTEGER NOT NULL,
    undone INTEGER NOT NULL,
    rest TEXT NOT NULL
  );
  CREATE INDEX inputs_open ON inputs (gateway, id) WHERE closed_at = 0;
  CREATE INDEX inputs_wait ON inputs (gateway, wait_until, id) WHERE closed_at = 0 AND wait_until <> 0;
  CREATE INDEX inputs_key ON inputs (gateway, key) WHERE key IS NOT NULL AND duplicate_of IS NULL;
  CREATE INDEX inputs_duplicate ON inputs (duplicate_of) WHERE closed_at = 0 AND duplicate_of IS NOT NULL;
  CREATE INDEX inputs_prunable ON inputs (closed_at, id) WHERE closed_at <> 0 AND undone = 0;
  CREATE TABLE messages (input INTEGER PRIMARY KEY, msg TEXT NOT NULL);

  CREATE TABLE sms (
    id INTEGER PRIMARY KEY,
    gateway TEXT NOT NULL,
    input TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    number TEXT NOT NULL,
    stage TEXT NOT NULL,
    rank INTEGER NOT NULL,
    envelope TEXT NOT NULL,
    template INTEGER NOT NULL,
    crowd INTEGER NOT NULL,
    expires_at NUMERIC NOT NULL,
    poll_at NUMERIC NOT NULL,
    polls INTEGER NOT NULL,
    submission INTEGER,
    begun_at NUMERIC,
    queue_before INTEGER,
    task_before INTEGER,
    newest_before TEXT,
    text TEXT NOT NULL,
    sms TEXT NOT NULL,
    fate TEXT NOT NULL
  );
  CREATE INDEX sms_user_id ON sms (user_id);
  CREATE INDEX sms_waiting ON sms (gateway, rank, envelope, id, expires_at) WHERE stage = 'waiting';
  CREATE INDEX sms_crowd ON sms (crowd) WHERE stage = 'waiting';
  CREATE INDEX sms_expiry ON sms (gateway, expires_at) WHERE stage = 'waiting' AND expires_at <> 0;
  CREATE INDEX sms_stage ON sms (gateway, stage, id, envelope) WHERE stage <> 'waiting' AND stage <> 'done';
  CREATE INDEX sms_number ON sms (number) WHERE stage <> 'waiting';
  CREATE INDEX sms_poll ON sms (gateway, poll_at) WHERE stage = 'gateway' OR stage = 'sent' OR stage = 'unknown';
  CREATE INDEX sms_begun ON sms (gateway, begun_at) WHERE begun_at IS NOT NULL;
`;

/** Numbers are found in whatever writing a gateway prints them, and SMS on air by port and reference. */
const SECOND = `
  DROP INDEX sms_number;
  CREATE INDEX sms_tail ON sms (${TAIL}) WHERE stage <> 'waiting';
  CREATE INDEX sms_port ON sms (json_extract(fate, '$.port'), id, json_extract(fate, '$.ref_id'), json_extract(fate, '$.count'))
    WHERE stage = 'gateway' OR stage = 'sent';
`;

/** Columns have the names that the code has (docs/glossary.md). */
const THIRD = `
  ALTER TABLE sms RENAME COLUMN envelope TO batch_key;
  ALTER TABLE sms RENAME COLUMN crowd TO text_hash;
  ALTER TABLE sms RENAME COLUMN fate TO state;
  DROP INDEX sms_crowd;
  CREATE INDEX sms_text_hash ON sms (text_hash) WHERE stage = 'waiting';
`;

/**
 * What is held waits in an index of its own, by priority and moment: a hundred thousand of them cost nothing where the next one
 * that may leave is looked for. So do the other numbers of recipients, by their turns.
 */
const FOURTH = `
  ALTER TABLE sms ADD COLUMN due_at NUMERIC NOT NULL DEFAULT 0;
  DROP INDEX sms_waiting;
  DROP INDEX sms_text_hash;
  CREATE INDEX sms_waiting ON sms (gateway, rank, batch_key, id, expires_at) WHERE stage = 'waiting' AND due_at = 0;
  CREATE INDEX sms_text_hash ON sms (text_hash) WHERE stage = 'waiting' AND due_at = 0;
  CREATE INDEX sms_held ON sms (gateway, rank, due_at) WHERE stage = 'waiting' AND due_at <> 0;
  CREATE INDEX sms_held_id ON sms (gateway, id) WHERE stage = 'waiting' AND due_at <> 0;
  CREATE INDEX sms_standby ON sms (gateway, poll_at) WHERE stage = 'standby';
`;

/**
 * Inputs know their job, and count how far their SMS have come. What a command holds waits outside of the indices of what may
 * leave; `others` are the SMS to further numbers of a recipient, who counts once. `pauses` says what becomes of what comes later: under a job's name, or from a node; `paused` of an input: 0 it goes on,
 * 1 it is paused, 2 it is stopped.
 */
const FIFTH = `
  CREATE TABLE pauses (
    gateway TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    paused INTEGER NOT NULL,
    node TEXT,
    PRIMARY KEY (gateway, kind, name)
  ) WITHOUT ROWID;

  ALTER TABLE inputs ADD COLUMN job TEXT;
  ALTER TABLE inputs ADD COLUMN others INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE inputs ADD COLUMN until TEXT;
  ALTER TABLE inputs ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE inputs ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE inputs ADD COLUMN accepted INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE inputs ADD COLUMN sent INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE inputs ADD COLUMN delivered INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE inputs ADD COLUMN failed INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE inputs ADD COLUMN withheld INTEGER NOT NULL DEFAULT 0;
  UPDATE inputs SET job = json_quote(id), until = json_extract(rest, '$.until');
  WITH told AS (
    SELECT input, stage, json_extract(state, '$.status') AS status,
      EXISTS (SELECT 1 FROM json_each(state, '$.history') AS entry WHERE json_extract(entry.value, '$.status')
        IN ('ACCEPTED', 'SENDING', 'SENT_OK', 'DELIVERED', 'UNDELIVERED', 'PARTIAL', 'FAILED')) AS was
    FROM sms
  ), far AS (
    SELECT input, stage, status,
      was OR status IN ('ACCEPTED', 'SENDING', 'SENT_OK', 'DELIVERED', 'UNDELIVERED', 'PARTIAL', 'FAILED') AS accepted,
      status IN ('SENT_OK', 'DELIVERED', 'UNDELIVERED') AS sent,
      stage = 'done' OR status IN ('DELIVERED', 'FAILED', 'PARTIAL', 'UNDELIVERED', 'EXPIRED', 'STOPPED', 'REFUSED', 'WITHHELD',
        'UNKNOWN') AS final
    FROM told
  ), tally AS (
    SELECT far.input AS id, sum(stage = 'waiting') AS waiting, sum(far.accepted) AS accepted, sum(far.sent) AS sent,
      sum(status = 'DELIVERED') AS delivered, sum(status = 'WITHHELD') AS withheld,
      sum(final AND NOT CASE until WHEN 'accepted' THEN far.accepted WHEN 'sent' THEN far.sent ELSE status = 'DELIVERED' END)
        AS failed
    FROM far JOIN inputs ON inputs.id = far.input GROUP BY far.input
  )
  UPDATE inputs SET waiting = tally.waiting, accepted = tally.accepted, sent = tally.sent, delivered = tally.delivered,
    failed = tally.failed, withheld = tally.withheld FROM tally WHERE inputs.id = tally.id;
  CREATE INDEX inputs_job ON inputs (gateway, job, first_sms);
  CREATE INDEX inputs_undone ON inputs (gateway, first_sms) WHERE undone > 0;
  CREATE INDEX inputs_stopping ON inputs (gateway, first_sms) WHERE paused = 2 AND waiting > 0;

  ALTER TABLE sms ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;
  DROP INDEX sms_waiting;
  DROP INDEX sms_text_hash;
  CREATE INDEX sms_waiting ON sms (gateway, rank, batch_key, id, expires_at)
    WHERE stage = 'waiting' AND due_at = 0 AND paused = 0;
  CREATE INDEX sms_text_hash ON sms (text_hash) WHERE stage = 'waiting' AND due_at = 0 AND paused = 0;
  CREATE INDEX sms_paused ON sms (gateway) WHERE stage = 'waiting' AND due_at = 0 AND paused <> 0;
`;

/** What SIM cards have used: counters by card and period, and who the different recipients were, as digests. */
const SIXTH = `
  CREATE TABLE usage (
    card TEXT NOT NULL,
    counter TEXT NOT NULL,
    period NUMERIC NOT NULL,
    until NUMERIC NOT NULL,
    sliding INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (card, counter, period)
  ) WITHOUT ROWID;
  CREATE INDEX usage_until ON usage (until);
  CREATE TABLE usage_recipients (
    card TEXT NOT NULL,
    counter TEXT NOT NULL,
    period NUMERIC NOT NULL,
    recipient TEXT NOT NULL,
    until NUMERIC NOT NULL,
    sliding INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    PRIMARY KEY (card, counter, period, recipient)
  ) WITHOUT ROWID;
  CREATE INDEX usage_recipients_recipient ON usage_recipients (recipient);
  CREATE INDEX usage_recipients_until ON usage_recipients (until);
`;

/** `listed`: somebody may want to see the input as a job, for it has a name or several recipients. */
const SEVENTH = `
  ALTER TABLE inputs ADD COLUMN stopped INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE inputs ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;
  UPDATE inputs SET stopped = (
    SELECT count(*) FROM sms WHERE sms.id BETWEEN first_sms AND last_sms AND json_extract(state, '$.status') = 'STOPPED'
  ), listed = (last_sms >= first_sms AND (last_sms - first_sms > others OR job <> json_quote(id)));
  CREATE INDEX inputs_listed ON inputs (gateway, first_sms) WHERE listed <> 0;
  CREATE INDEX inputs_listed_waiting ON inputs (gateway, first_sms) WHERE listed <> 0 AND waiting > 0;
`;

/** What was begun to a number is found by when that was. */
const EIGHTH = `
  DROP INDEX sms_tail;
  CREATE INDEX sms_tail ON sms (${TAIL}, begun_at) WHERE stage <> 'waiting';
`;

/**
 * What stands by of a stopped job is found like what waits of it, and of what was said of a job's name and of a node the latest
 * counts: `place` is the order of commands. Some files of version 4 were written without the index of turns.
 */
const NINTH = `
  CREATE INDEX IF NOT EXISTS sms_standby ON sms (gateway, poll_at) WHERE stage = 'standby';
  DROP INDEX inputs_stopping;
  CREATE INDEX inputs_stopping ON inputs (gateway, first_sms)
    WHERE paused = 2 AND (waiting > 0 OR (others > 0 AND undone > 0));
  ALTER TABLE pauses ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
`;

/** SMS that are collected are found by what they are collected with. */
const TENTH = `
  ALTER TABLE sms ADD COLUMN collect_group TEXT;
  CREATE INDEX sms_collect ON sms (collect_group, id) WHERE collect_group IS NOT NULL;
  CREATE INDEX sms_collecting ON sms (collect_group, id) WHERE collect_group IS NOT NULL AND stage = 'waiting';
`;

/** What brings a file from each version to the next; a published one never changes. */
export const MIGRATIONS: readonly string[] = [
  FIRST,
  SECOND,
  THIRD,
  FOURTH,
  FIFTH,
  SIXTH,
  SEVENTH,
  EIGHTH,
  NINTH,
  TENTH,
];
