import { COUNTS, type JobCommand, type JobScope, type JobTally, type TimedCommand } from '../jobs';
import type { InputRecord, Stage, StoredSms } from '../records';
import { parsed, quoted, smsOf } from '../rows';
import type { SmsPage } from '../store';
import { WITHDRAWABLE, withdrawal } from '../withdrawal';
import type { Connection } from './Connection';
import { changeThese } from './change';
import type { Row } from './drivers/driver';
import { byId, each, together } from './gateways';
import { SMS } from './records';

/** What a column `paused` of an input says: its SMS are held, and may go on or not. */
const RUNS = 0;
const PAUSED = 1;
const STOPPED = 2;

const NOT_OVER = 'undone > 0 AND gateway = ?';
const NAMES: Record<'node' | 'all' | 'waiting', string> = {
  node: `${NOT_OVER} AND json_extract(rest, '$.node') = ?`,
  all: NOT_OVER,
  waiting: `${NOT_OVER} AND waiting > 0`,
};
/** Inputs looked at in one go: many may be of one job. */
const INPUTS_PER_STEP = 1000;

/** The names of jobs, in the order of their first inputs that aren't over. */
export function jobNames(db: Connection, gateways: string[], scope: JobScope, limit: number): string[] {
  const names = new Set<string>();
  for (const gateway of each(gateways)) {
    if ('job' in scope) {
      if (knows(db, gateway, scope.job)) names.add(scope.job);
    } else {
      namesOf(db, gateway, scope, limit, names);
    }
  }
  return [...names].slice(0, limit);
}

const knows = (db: Connection, gateway: string, job: string): boolean =>
  db.get(
    'SELECT 1 AS known FROM inputs INDEXED BY inputs_job WHERE gateway = ? AND job = ? LIMIT 1',
    gateway,
    quoted(job),
  ) !== undefined;

function namesOf(
  db: Connection,
  gateway: string,
  scope: Exclude<JobScope, { job: string }>,
  limit: number,
  names: Set<string>,
): void {
  const kind = 'node' in scope ? 'node' : 'all' in scope ? 'all' : 'waiting';
  const query = `SELECT DISTINCT job, first_sms FROM inputs INDEXED BY inputs_undone WHERE ${NAMES[kind]}
    AND first_sms > ? ORDER BY first_sms LIMIT ${INPUTS_PER_STEP}`;
  const values = 'node' in scope ? [gateway, scope.node] : [gateway];
  for (let after = 0; names.size < limit; ) {
    const rows = db.all(query, ...values, after);
    for (const { job } of rows) names.add(parsed<string>(job));
    if (rows.length < INPUTS_PER_STEP) return;
    after = Number(rows.at(-1)?.first_sms);
  }
}

const REMEMBER = 'INSERT OR REPLACE INTO pauses (gateway, kind, name, paused, node, place) VALUES (?, ?, ?, ?, ?, ?)';
const FORGET = 'DELETE FROM pauses WHERE gateway = ? AND kind = ? AND name = ?';
const OF_JOB = 'FROM inputs INDEXED BY inputs_job WHERE gateway = ? AND job = ? AND undone > 0';
const HOLD_SMS = `UPDATE sms SET paused = ? WHERE id BETWEEN ? AND ? AND stage <> 'done' AND paused <> ?`;

/** Pauses, resumes or stops jobs, with what comes later; answers with their names. */
export function commandJobs(db: Connection, gateways: string[], scope: JobScope, timed: TimedCommand): string[] {
  const { command } = timed;
  const names = new Set<string>();
  for (const gateway of each(gateways)) {
    const jobs = jobNames(db, [gateway], scope, Number.POSITIVE_INFINITY);
    for (const job of jobs) {
      names.add(job);
      commandInputs(db, gateway, job, timed);
    }
    if (command !== 'stop') later(db, gateway, { jobs, scope, paused: command === 'pause' ? PAUSED : RUNS });
  }
  return [...names];
}

const FROM: Record<JobCommand, { to: number; from: string }> = {
  pause: { to: PAUSED, from: `paused = ${RUNS}` },
  resume: { to: RUNS, from: `paused = ${PAUSED}` },
  stop: { to: STOPPED, from: `paused <> ${STOPPED}` },
};

const RESUME = `UPDATE inputs SET paused = ${RUNS}, rest = json_set(rest, '$.resumed_at', ?) WHERE seq = ?`;

function commandInputs(db: Connection, gateway: string, job: string, { command, now }: TimedCommand): void {
  const { to, from } = FROM[command];
  const isHeld = to === RUNS ? 0 : 1;
  for (const { seq = null, first_sms = null, last_sms = null } of db.all(
    `SELECT seq, first_sms, last_sms ${OF_JOB} AND ${from}`,
    ...[gateway, quoted(job)],
  )) {
    if (command === 'resume') db.run(RESUME, now, seq);
    else db.run('UPDATE inputs SET paused = ? WHERE seq = ?', to, seq);
    db.run(HOLD_SMS, isHeld, first_sms, last_sms, isHeld);
  }
}

const LAST_PLACE = 'SELECT coalesce(max(place), 0) AS place FROM pauses';
/** What says that something goes on is of use only as long as something of the other kind is paused. */
const TIDY = `DELETE FROM pauses WHERE gateway = ?1 AND paused = ${RUNS}
  AND NOT EXISTS (SELECT 1 FROM pauses AS other WHERE other.gateway = ?1 AND other.kind <> pauses.kind AND other.paused = ${PAUSED})`;

/** What becomes of inputs that come later under a job's name, or from a node: the latest that was said of either counts. */
function later(
  db: Connection,
  gateway: string,
  { jobs, scope, paused }: { jobs: readonly string[]; scope: JobScope; paused: number },
): void {
  const place = Number(db.get(LAST_PLACE)?.place) + 1;
  const node = 'node' in scope ? scope.node : null;
  // Of what was paused with the node perhaps nothing is left; what comes later goes on all the same.
  if (node !== null && paused === RUNS) db.run('DELETE FROM pauses WHERE gateway = ? AND node = ?', gateway, node);
  for (const job of jobs) db.run(REMEMBER, gateway, 'job', quoted(job), paused, paused === PAUSED ? node : null, place);
  if (node !== null) db.run(REMEMBER, gateway, 'node', quoted(node), paused, null, place);
  if (paused === RUNS) db.run(TIDY, gateway);
}

/** Whether anything is paused at all. */
export const hasPauses = (db: Connection): boolean => db.get('SELECT 1 AS some FROM pauses LIMIT 1') !== undefined;

const PAUSE = 'SELECT paused, place FROM pauses WHERE gateway = ? AND kind = ? AND name = ?';

/** Whether an input that is taken now is held by its job or its node. */
export function isPaused(db: Connection, { gateway, node }: InputRecord, job: string): boolean {
  const ofJob = db.get(PAUSE, gateway, 'job', quoted(job));
  const ofNode = db.get(PAUSE, gateway, 'node', quoted(node));
  const isJobLater = Number(ofJob?.place ?? -1) >= Number(ofNode?.place ?? -1);
  return (isJobLater ? ofJob : ofNode)?.paused === PAUSED;
}

/** A job of its own is over: nothing comes later under its name. */
export const forgetPause = (db: Connection, gateway: string, job: string): number =>
  db.run(FORGET, gateway, 'job', job);

const HELD_BY_RULE = `CASE WHEN waiting = 0 THEN 0 ELSE (SELECT count(*) FROM sms INDEXED BY sms_held_id
  WHERE stage = 'waiting' AND due_at <> 0 AND sms.gateway = inputs.gateway AND id BETWEEN first_sms AND last_sms) END`;

const TALLY = `SELECT count(*) AS inputs, sum(last_sms - first_sms + 1 - others) AS total, sum(waiting) AS waiting,
  sum(CASE WHEN paused = ${RUNS} THEN 0 ELSE waiting END) AS paused,
  sum(CASE WHEN paused = ${RUNS} THEN ${HELD_BY_RULE} ELSE waiting END) AS held,
  sum(CASE until WHEN 'accepted' THEN accepted WHEN 'sent' THEN sent ELSE delivered END) AS reached, sum(failed) AS failed,
  sum(accepted) AS accepted, sum(sent) AS sent, sum(delivered) AS delivered, sum(withheld) AS withheld, sum(stopped) AS stopped,
  sum(undone) AS undone
  FROM inputs INDEXED BY inputs_job WHERE gateway = ? AND job = ?`;

export function jobTallies(db: Connection, gateways: string[], jobs: string[]): JobTally[] {
  return [...new Set(jobs)].flatMap((job) =>
    each(gateways).flatMap((gateway) => {
      const row = db.get(TALLY, gateway, quoted(job)) ?? {};
      if (!row.inputs) return [];
      const counts = Object.fromEntries(COUNTS.map((field) => [field, Number(row[field])]));
      const isPaused = db.get(PAUSE, gateway, 'job', quoted(job))?.paused === PAUSED;
      return { gateway, job, ...(counts as Record<(typeof COUNTS)[number], number>), isPaused };
    }),
  );
}

const FIRST_EXPIRY = `SELECT expires_at FROM sms INDEXED BY sms_expiry
  WHERE stage = 'waiting' AND expires_at <> 0 AND gateway = ?
    AND (SELECT job FROM inputs WHERE inputs.id = sms.input) IN (SELECT value FROM json_each(?))
  ORDER BY expires_at LIMIT 1`;

export function firstExpiry(db: Connection, gateways: string[], jobs: string[]): number | undefined {
  const names = JSON.stringify(jobs.map(quoted));
  const moments = each(gateways).flatMap((gateway) => db.get(FIRST_EXPIRY, gateway, names)?.expires_at ?? []);
  return moments.length > 0 ? Math.min(...moments.map(Number)) : undefined;
}

const PAGE = `SELECT ${SMS} FROM sms WHERE id BETWEEN ? AND ? AND stage IN (SELECT value FROM json_each(?))
  ORDER BY id LIMIT ?`;
const RANGES = 'SELECT first_sms, last_sms FROM inputs';
const OF_ONE_JOB = 'INDEXED BY inputs_job WHERE undone > 0 AND gateway = ? AND job = ?';
const OF_STOPPED = `INDEXED BY inputs_stopping
  WHERE paused = ${STOPPED} AND (waiting > 0 OR (others > 0 AND undone > 0)) AND gateway = ?`;

/** The SMS of a job in some stages, in the order of taking. */
export const ofJob = (
  db: Connection,
  gateways: string[],
  by: { job: string; stages: readonly Stage[]; after: number; limit: number },
): StoredSms[] =>
  together(gateways, (gateway) => inRanges(db, OF_ONE_JOB, [gateway, quoted(by.job)], by), byId)
    .slice(0, by.limit)
    .map(smsOf);

/** Ends what waits, or stands by, though its job was stopped. */
export function withdrawStopped(db: Connection, gateways: string[], page: SmsPage, at: number): StoredSms[] {
  const by = { ...page, stages: WITHDRAWABLE };
  const found = together(gateways, (gateway) => inRanges(db, OF_STOPPED, [gateway], by), byId)
    .slice(0, page.limit)
    .map(smsOf);
  return changeThese(
    db,
    found,
    found.map((sms) => ({ id: sms.id, ...withdrawal(sms, at) })),
  );
}

/** From one input to the next: the SMS of an input have ids without a gap. */
function inRanges(
  db: Connection,
  where: string,
  values: string[],
  { stages, after, limit }: { stages: readonly Stage[]; after: number; limit: number },
): Row[] {
  const found: Row[] = [];
  const wanted = JSON.stringify(stages);
  const last = `${RANGES} ${where} AND first_sms <= ? ORDER BY first_sms DESC LIMIT 1`;
  const next = `${RANGES} ${where} AND first_sms > ? ORDER BY first_sms LIMIT ${INPUTS_PER_STEP}`;
  let ranges = db.all(last, ...values, after);
  for (let from = after; ; ) {
    for (const { first_sms, last_sms = null } of ranges) {
      const left = limit - found.length;
      if (left <= 0) return found;
      found.push(...db.all(PAGE, Math.max(Number(first_sms), after + 1), last_sms, wanted, left));
      from = Math.max(from, Number(first_sms));
    }
    ranges = db.all(next, ...values, from);
    if (ranges.length === 0) return found;
  }
}
