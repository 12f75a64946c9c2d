import { COUNTS, type JobCommand, type JobScope, type JobTally, type TimedCommand } from '../jobs';
import type { Stage, StoredSms } from '../records';
import { parsed, quoted } from '../rows';
import type { SmsPage } from '../store';
import { WITHDRAWABLE, withdrawal } from '../withdrawal';
import { change } from './change';
import { later } from './pauses';
import { SMS } from './records';
import type { Transaction } from './Transaction';

/** What a column `paused` of an input says: its SMS are held, and may go on or not. */
const RUNS = 0;
const PAUSED = 1;
const STOPPED = 2;

const NOT_OVER: Record<'node' | 'all' | 'waiting', string> = { node: 'AND node = $3', all: '', waiting: 'AND waits' };
const KNOWN = `SELECT gateway FROM %.inputs WHERE gateway = ANY($1::text[]) AND job = $2 LIMIT 1`;

/** The names of jobs, in the order of their first inputs that aren't over. */
export async function jobNames(tx: Transaction, gateways: string[], scope: JobScope, limit: number): Promise<string[]> {
  if ('job' in scope) {
    return limit > 0 && (await tx.ask(KNOWN, gateways, quoted(scope.job))).length > 0 ? [scope.job] : [];
  }
  const kind = 'node' in scope ? 'node' : 'all' in scope ? 'all' : 'waiting';
  const query = `SELECT job FROM %.inputs WHERE NOT over AND gateway = $1 ${NOT_OVER[kind]} GROUP BY job
    ORDER BY min(first_sms) LIMIT $2`;
  const most = Number.isFinite(limit) ? limit : null;
  const values = 'node' in scope ? [quoted(scope.node)] : [];
  const found = await Promise.all([...new Set(gateways)].map((gateway) => tx.ask(query, gateway, most, ...values)));
  return [...new Set(found.flat().map(({ job }) => parsed<string>(job)))].slice(0, limit);
}

const FROM: Record<JobCommand, { to: number; from: string }> = {
  pause: { to: PAUSED, from: `paused = ${RUNS}` },
  resume: { to: RUNS, from: `paused = ${PAUSED}` },
  stop: { to: STOPPED, from: `paused <> ${STOPPED}` },
};

const commanded = (from: string): string => `WITH commanded AS (
    UPDATE %.inputs SET paused = $3, resumed_at = coalesce($4::float8, resumed_at)
    WHERE gateway = $1 AND job = ANY($2::text[]) AND NOT over AND ${from} RETURNING first_sms, last_sms),
  meant AS (SELECT states.id FROM commanded JOIN %.states AS states ON states.id BETWEEN first_sms AND last_sms
    WHERE stage <> 'done' AND states.paused <> ($3 <> ${RUNS}) ORDER BY states.id FOR UPDATE OF states)
  UPDATE %.states AS states SET paused = ($3 <> ${RUNS}), mark = $5 FROM meant WHERE states.id = meant.id`;

/** Pauses, resumes or stops jobs, with what comes later; answers with their names. Nobody else does so for these gateways meanwhile. */
export async function commandJobs(
  tx: Transaction,
  gateways: string[],
  scope: JobScope,
  { command, now }: TimedCommand,
): Promise<string[]> {
  const { to, from } = FROM[command];
  const names = new Set<string>();
  for (const gateway of new Set(gateways)) {
    const jobs = await jobNames(tx, [gateway], scope, Number.POSITIVE_INFINITY);
    for (const job of jobs) names.add(job);
    const resumed_at = command === 'resume' ? now : null;
    if (jobs.length > 0) tx.tell(commanded(from), gateway, jobs.map(quoted), to, resumed_at, tx.known.nextMark());
    if (command !== 'stop') later(tx, gateway, { jobs, scope, paused: command === 'pause' });
  }
  return [...names];
}

const HELD_BY_RULE = `CASE WHEN NOT waits THEN 0 ELSE (SELECT count(*) FROM %.states AS states
  WHERE stage = 'waiting' AND due_at <> 0 AND states.gateway = inputs.gateway AND states.id BETWEEN first_sms AND last_sms) END`;
const SUMS: Record<(typeof COUNTS)[number], string> = {
  total: 'last_sms - first_sms + 1 - others',
  waiting: 'waiting',
  paused: `CASE WHEN paused = ${RUNS} THEN 0 ELSE waiting END`,
  held: `CASE WHEN paused = ${RUNS} THEN ${HELD_BY_RULE} ELSE waiting END`,
  reached: `CASE until WHEN 'accepted' THEN accepted WHEN 'sent' THEN sent ELSE delivered END`,
  failed: 'failed',
  accepted: 'accepted',
  sent: 'sent',
  delivered: 'delivered',
  withheld: 'withheld',
  stopped: 'stopped',
  undone: 'undone',
};
const TALLIES = `SELECT jobs.job, tally.*, coalesce((SELECT paused FROM %.pauses AS pauses WHERE pauses.gateway = tally.gateway
      AND kind = 'job' AND name = jobs.job), false) AS "isPaused"
  FROM unnest($2::text[]) WITH ORDINALITY AS jobs (job, place) CROSS JOIN LATERAL (
    SELECT gateway, ${COUNTS.map((field) => `sum(${SUMS[field]})::float8 AS ${field}`).join(', ')}
    FROM %.inputs AS inputs WHERE gateway = ANY($1::text[]) AND inputs.job = jobs.job GROUP BY gateway) AS tally
  ORDER BY jobs.place, array_position($1::text[], tally.gateway)`;

export async function jobTallies(tx: Transaction, gateways: string[], jobs: string[]): Promise<JobTally[]> {
  const rows = await tx.ask(TALLIES, [...new Set(gateways)], [...new Set(jobs)].map(quoted));
  return rows.map(({ gateway, job, isPaused, ...counts }) => ({
    gateway: String(gateway),
    job: parsed<string>(job),
    ...(counts as Record<(typeof COUNTS)[number], number>),
    isPaused: isPaused === true,
  }));
}

const FIRST_EXPIRY = `SELECT min(expires_at) AS at FROM unnest($1::text[]) AS asked CROSS JOIN LATERAL (
  SELECT expires_at FROM %.states AS states WHERE stage = 'waiting' AND expires_at <> 0 AND gateway = asked
    AND (SELECT job FROM %.inputs AS inputs JOIN %.sms AS sms ON sms.input = inputs.id WHERE sms.id = states.id) = ANY($2::text[])
  ORDER BY expires_at LIMIT 1) AS first`;

export async function firstExpiry(tx: Transaction, gateways: string[], jobs: string[]): Promise<number | undefined> {
  const [row] = await tx.ask(FIRST_EXPIRY, gateways, jobs.map(quoted));
  return row?.at === null ? undefined : Number(row?.at);
}

// From one input to the next: the SMS of an input have ids without a gap.
const inRanges = (where: string): string => `SELECT ${SMS} FROM (
    SELECT own.* FROM (SELECT first_sms, last_sms FROM %.inputs WHERE gateway = ANY($1::text[]) AND NOT over
        AND last_sms > $2 AND last_sms >= first_sms AND ${where} ORDER BY first_sms LIMIT $3) AS inputs
      CROSS JOIN LATERAL (SELECT * FROM %.states WHERE id BETWEEN greatest(first_sms, $2 + 1) AND last_sms
        AND stage = ANY($4::text[]) ORDER BY id LIMIT $3) AS own
    ORDER BY own.id LIMIT $3) AS states JOIN %.sms AS sms ON sms.id = states.id ORDER BY states.id`;
const OF_JOB = inRanges('job = $5');
const OF_STOPPED = inRanges(`paused = ${STOPPED} AND (waits OR others > 0)`);

/** The SMS of a job in some stages, in the order of taking. */
export const ofJob = async (
  tx: Transaction,
  gateways: string[],
  by: { job: string; stages: readonly Stage[]; after: number; limit: number },
): Promise<StoredSms[]> => tx.sms(OF_JOB, gateways, by.after, by.limit, by.stages, quoted(by.job));

/** Ends what waits, or stands by, though its job was stopped. */
export async function withdrawStopped(
  tx: Transaction,
  gateways: string[],
  { after, limit }: SmsPage,
  at: number,
): Promise<StoredSms[]> {
  const found = await tx.sms(OF_STOPPED, gateways, after, limit, WITHDRAWABLE);
  const changes = found.map((sms) => ({ id: sms.id, ...withdrawal(sms, at) }));
  return changes.length > 0 ? change(tx, changes, WITHDRAWABLE) : [];
}
