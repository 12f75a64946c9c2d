import type { JobCommand, JobScope, TimedCommand } from '../jobs';
import type { InputRecord } from '../records';
import { quoted } from '../rows';
import type { Connection } from './Connection';
import { each } from './gateways';
import { jobNames } from './jobs';
import { PAUSE, PAUSED, RUNS, STOPPED } from './paused';

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
