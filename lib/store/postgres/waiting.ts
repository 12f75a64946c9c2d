import { PRIORITY_RANK, type Priority, type StoredSms } from '../records';
import { quoted, textHashOf } from '../rows';
import type { WaitingQuery } from '../store';
import { SMS } from './records';
import type { Transaction } from './Transaction';

const PRIORITIES = (Object.keys(PRIORITY_RANK) as Priority[]).sort((a, b) => PRIORITY_RANK[a] - PRIORITY_RANK[b]);
const FREE = `stage = 'waiting' AND due_at = 0 AND NOT paused`;
const VALID = '(expires_at = 0 OR expires_at > $1)';

// From one batch key to the next by the index: a million SMS of one batch key are one step.
const QUEUES = `WITH RECURSIVE queues AS (
    SELECT gateway, rank, (SELECT min(batch_key) FROM %.states AS states
      WHERE ${FREE} AND states.gateway = asked.gateway AND states.rank = ranks.rank) AS batch_key
    FROM unnest($2::text[]) AS asked (gateway), unnest($3::smallint[]) AS ranks (rank)
  UNION ALL
    SELECT gateway, rank, (SELECT min(batch_key) FROM %.states AS states
      WHERE ${FREE} AND states.gateway = queues.gateway AND states.rank = queues.rank AND states.batch_key > queues.batch_key)
    FROM queues WHERE batch_key IS NOT NULL
  )`;
const OPEN = `batch_key IS NOT NULL AND (rank = 0 OR split_part(batch_key, '|', 2) <> ALL ($4::text[]))`;
const HEADS = `${QUEUES} SELECT ${SMS} FROM (
    SELECT heads.* FROM (SELECT * FROM queues WHERE ${OPEN}) AS queues CROSS JOIN LATERAL (
      SELECT * FROM %.states AS states WHERE ${FREE} AND ${VALID} AND states.gateway = queues.gateway
        AND states.rank = queues.rank AND states.batch_key = queues.batch_key ORDER BY id LIMIT $5) AS heads
    ORDER BY heads.rank, heads.id LIMIT $5) AS states
  JOIN %.sms AS sms ON sms.id = states.id ORDER BY states.rank, states.id`;

/** Waiting SMS that may leave now: the heads of all queues that are open, put in one order. */
export async function waiting(tx: Transaction, query: WaitingQuery): Promise<StoredSms[]> {
  const gateways = [...new Set(query.gateways)];
  const priorities = PRIORITIES.filter((one) => one === (query.priority ?? one));
  const closed = [...query.closedPortSets];
  if (!query.like) {
    const ranks = priorities.map((priority) => PRIORITY_RANK[priority]);
    return tx.sms(HEADS, query.now, gateways, ranks, closed, query.limit);
  }
  const { batchKey, text, input } = query.like;
  const queues = priorities
    .filter((priority) => priority === 'high' || !query.closedPortSets.has(batchKey.split('|')[1] ?? ''))
    .flatMap((priority) => gateways.map((gateway) => ({ gateway, priority })));
  if (queues.length === 0) return [];
  const values = [
    query.now,
    queues.map(({ gateway }) => gateway),
    queues.map(({ priority }) => PRIORITY_RANK[priority]),
  ];
  const more: unknown[] = [batchKey, query.limit];
  let where = '';
  let hash = '0';
  if (text) {
    hash = 'queues.text_hash';
    more.push(
      queues.map((queue) => textHashOf({ ...queue, batchKey, ...text })),
      quoted(text.text),
      text.template,
    );
    where = ' AND states.text_hash = queues.text_hash';
  }
  return tx.sms(
    alike({ where, hash, hasText: text !== undefined, hasInput: input !== undefined }),
    ...values,
    ...more,
    ...(input === undefined ? [] : [input]),
  );
}

function alike({
  where,
  hasText,
  hasInput,
}: {
  where: string;
  hash: string;
  hasText: boolean;
  hasInput: boolean;
}): string {
  const ofText = hasText ? 'AND sms.text = $7 AND sms.template = $8' : '';
  const place = hasText ? 9 : 6;
  const ofInput = hasInput
    ? `AND states.id BETWEEN (SELECT first_sms FROM %.inputs WHERE id = $${place}) AND (SELECT last_sms FROM %.inputs WHERE id = $${place})`
    : '';
  const queues = hasText
    ? 'unnest($2::text[], $3::smallint[], $6::bigint[]) AS queues (gateway, rank, text_hash)'
    : 'unnest($2::text[], $3::smallint[]) AS queues (gateway, rank)';
  return `SELECT ${SMS.replace(/(states|sms)\./g, 'heads.')} FROM ${queues} CROSS JOIN LATERAL (
      SELECT ${SMS}, states.rank FROM %.states AS states JOIN %.sms AS sms ON sms.id = states.id
      WHERE ${FREE} AND ${VALID} AND states.gateway = queues.gateway AND states.rank = queues.rank AND states.batch_key = $4
        ${where} ${ofText} ${ofInput} ORDER BY states.id LIMIT $5) AS heads
    ORDER BY heads.rank, heads.id LIMIT $5`;
}
