import { countHeld, type HeldCount } from '../heldCounts';
import { type JobList, type ListedJob, listOf, MOST_INPUTS_LISTED } from '../jobs';
import type { Held } from '../records';
import { parsed, quoted } from '../rows';
import type { Connection } from './Connection';

const FIELDS = `id, job, taken_at, json_extract(rest, '$.node') AS node, waiting > 0 AS waits`;
const NEWEST = `AND gateway = ? ORDER BY first_sms DESC LIMIT ${MOST_INPUTS_LISTED}`;
const WAITING = `SELECT ${FIELDS} FROM inputs INDEXED BY inputs_listed_waiting WHERE listed <> 0 AND waiting > 0 ${NEWEST}`;
const LATEST = `SELECT ${FIELDS} FROM inputs INDEXED BY inputs_listed WHERE listed <> 0 ${NEWEST}`;

/** Jobs of a gateway as somebody wants to see them. */
export const listJobs = (db: Connection, gateway: string, limit: number): JobList =>
  listOf(listed(db, gateway, WAITING), listed(db, gateway, LATEST), limit);

function* listed(db: Connection, gateway: string, query: string): Generator<ListedJob> {
  for (const { id, job, taken_at, node, waits } of db.all(query, gateway)) {
    yield {
      gateway,
      job: parsed<string>(job),
      isNamed: job !== quoted(String(id)),
      node: String(node),
      taken_at: Number(taken_at),
      waits: Boolean(waits),
    };
  }
}

const OF_RULES = `SELECT paused, state -> '$.held' AS held FROM sms INDEXED BY sms_held_id
  WHERE stage = 'waiting' AND due_at <> 0 AND gateway = ? ORDER BY id LIMIT +?`;
const OF_COMMANDS = `SELECT paused, NULL AS held FROM sms INDEXED BY sms_paused
  WHERE stage = 'waiting' AND due_at = 0 AND paused <> 0 AND gateway = ? LIMIT +?`;

/** What holds SMS of a gateway back, by rules and commands. */
export function heldCounts(db: Connection, gateway: string, most: number): HeldCount[] {
  const ofRules = db.all(OF_RULES, gateway, most);
  const ofCommands = db.all(OF_COMMANDS, gateway, most - ofRules.length);
  return countHeld(
    [...ofRules, ...ofCommands].map(({ paused, held }) => ({
      isPaused: Boolean(paused),
      held: held === null ? undefined : parsed<Held>(held),
    })),
  );
}
