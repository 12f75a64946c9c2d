import { countHeld, type HeldCount } from '../heldCounts';
import { type JobList, type ListedJob, listOf, MOST_INPUTS_LISTED } from '../jobs';
import type { Held, StoredSms } from '../records';
import { parsed, quoted } from '../rows';
import type { Rows, Transaction } from './Transaction';

const listed = (where: string): string => `SELECT id, job, taken_at, node, waits FROM %.inputs WHERE listed AND ${where}
  gateway = $1 ORDER BY first_sms DESC LIMIT ${MOST_INPUTS_LISTED}`;
const WAITING = listed('waits AND');
const LATEST = listed('');

/** Jobs of a gateway as somebody wants to see them. */
export async function listJobs(tx: Transaction, gateway: string, limit: number): Promise<JobList> {
  const [waiting, latest] = await Promise.all([tx.ask(WAITING, gateway), tx.ask(LATEST, gateway)]);
  return listOf(jobsOf(gateway, waiting), jobsOf(gateway, latest), limit);
}

const jobsOf = (gateway: string, rows: Rows): ListedJob[] =>
  rows.map(({ id, job, taken_at, node, waits }) => ({
    gateway,
    job: parsed<string>(job),
    isNamed: job !== quoted(String(id)),
    node: parsed<string>(node),
    taken_at: Number(taken_at),
    waits: waits === true,
  }));

const OF_RULES = `SELECT paused, state FROM %.states WHERE stage = 'waiting' AND due_at <> 0 AND gateway = $1
  ORDER BY id LIMIT $2`;
const OF_COMMANDS = `SELECT paused FROM %.states WHERE stage = 'waiting' AND due_at = 0 AND paused AND gateway = $1 LIMIT $2`;

/** What holds SMS of a gateway back, by rules and commands. */
export async function heldCounts(tx: Transaction, gateway: string, most: number): Promise<HeldCount[]> {
  const [ofRules, ofCommands] = await Promise.all([
    tx.ask(OF_RULES, gateway, most),
    tx.ask(OF_COMMANDS, gateway, most),
  ]);
  const rows = [...ofRules, ...ofCommands.slice(0, most - ofRules.length)];
  return countHeld(
    rows.map(({ paused, state }) => ({
      isPaused: paused === true,
      held: state === undefined ? undefined : heldOf(state),
    })),
  );
}

const heldOf = (state: unknown): Held | undefined => parsed<Pick<StoredSms, 'held'>>(state).held;
