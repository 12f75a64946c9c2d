import { COUNTS, type JobScope, type JobTally } from '../jobs';
import { parsed, quoted } from '../rows';
import type { Connection } from './Connection';
import { each } from './gateways';
import { PAUSE, PAUSED, RUNS } from './paused';

const NOT_OVER = 'undone > 0 AND gateway = ?';
const NAMES: Record<'node' | 'all' | 'waiting', string> = {
  node: `${NOT_OVER} AND json_extract(rest, '$.node') = ?`,
  all: NOT_OVER,
  waiting: `${NOT_OVER} AND waiting > 0`,
};
/** Inputs looked at in one go: many may be of one job. */
export const INPUTS_PER_STEP = 1000;

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
