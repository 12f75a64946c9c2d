import { type JobScope, jobOf } from '../jobs';
import type { InputRecord } from '../records';
import { quoted } from '../rows';
import type { Taking } from '../store';
import type { Transaction } from './Transaction';

/** What was said of what comes later under a job's name, or from a node, by gateway, kind and name. */
export type Pauses = ReadonlyMap<string, { paused: boolean; place: number }>;

const placeOf = (gateway: unknown, kind: unknown, name: unknown): string => `${gateway} ${kind} ${name}`;

/** What was said of the jobs and nodes of some takings. */
export async function pausesOf(tx: Transaction, takings: readonly Taking[]): Promise<Pauses> {
  const rows = await tx.ask(
    'SELECT gateway, kind, name, paused, place FROM %.pauses WHERE gateway = ANY($1::text[]) AND name = ANY($2::text[])',
    [...new Set(takings.map(({ input }) => input.gateway))],
    [...new Set(takings.flatMap(({ input }) => [quoted(jobOf(input)), quoted(input.node)]))],
  );
  return new Map(
    rows.map(({ gateway, kind, name, paused, place }) => [
      placeOf(gateway, kind, name),
      { paused: paused === true, place: Number(place) },
    ]),
  );
}

/** Whether an input that is taken now is held by its job or its node. */
export function isPaused(pauses: Pauses, input: InputRecord): boolean {
  const ofJob = pauses.get(placeOf(input.gateway, 'job', quoted(jobOf(input))));
  const ofNode = pauses.get(placeOf(input.gateway, 'node', quoted(input.node)));
  const isJobLater = (ofJob?.place ?? -1) >= (ofNode?.place ?? -1);
  return (isJobLater ? ofJob : ofNode)?.paused ?? false;
}

// Of what was paused with a node perhaps nothing is left; what comes later goes on all the same.
const FORGET_NODE = 'DELETE FROM %.pauses WHERE gateway = $1 AND node = $2';
const REMEMBER = `INSERT INTO %.pauses (gateway, kind, name, paused, node, place)
  SELECT $1, $2, name, $4, $5, (SELECT coalesce(max(place), 0) + 1 FROM %.pauses) FROM unnest($3::text[]) AS name
  ON CONFLICT (gateway, kind, name) DO UPDATE SET paused = excluded.paused, node = excluded.node, place = excluded.place`;
/** What says that something goes on is of use only as long as something of the other kind is paused. */
const TIDY = `DELETE FROM %.pauses WHERE gateway = $1 AND NOT paused AND NOT EXISTS (
  SELECT 1 FROM %.pauses AS other WHERE other.gateway = $1 AND other.kind <> pauses.kind AND other.paused)`;

/** Notes what becomes of inputs that come later under a job's name, or from a node: the latest that was said of either counts. */
export function later(
  tx: Transaction,
  gateway: string,
  { jobs, scope, paused }: { jobs: readonly string[]; scope: JobScope; paused: boolean },
): void {
  const node = 'node' in scope ? quoted(scope.node) : null;
  const names = jobs.map(quoted);
  if (node !== null && !paused) tx.tell(FORGET_NODE, gateway, node);
  if (node === null) tx.tell(REMEMBER, gateway, 'job', names, paused, null);
  else tx.tell(REMEMBER_NODE, gateway, names, node, paused);
  if (!paused) tx.tell(TIDY, gateway);
}

// Both at one place in the order of commands.
const REMEMBER_NODE = `INSERT INTO %.pauses (gateway, kind, name, paused, node, place)
  SELECT $1, said.kind, said.name, $4, CASE WHEN $4 AND said.kind = 'job' THEN $3 END,
    (SELECT coalesce(max(place), 0) + 1 FROM %.pauses)
  FROM (SELECT 'job', name FROM unnest($2::text[]) AS name UNION ALL SELECT 'node', $3) AS said (kind, name)
  ON CONFLICT (gateway, kind, name) DO UPDATE SET paused = excluded.paused, node = excluded.node, place = excluded.place`;
