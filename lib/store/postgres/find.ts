import type { Stage, StoredSms } from '../records';
import { asReference } from '../references';
import type { PortCount, PortSetCount, SmsCriterion } from '../store';
import { ofJob } from './jobs';
import { JOINED, SMS, TAIL } from './records';
import type { Transaction } from './Transaction';

const BY_IDS = `SELECT ${SMS} FROM unnest($1::bigint[]) WITH ORDINALITY AS asked (id, place)
  JOIN %.states AS states ON states.id = asked.id JOIN %.sms AS sms ON sms.id = asked.id ORDER BY asked.place`;

export const smsByIds = (tx: Transaction, ids: number[]): Promise<StoredSms[]> => tx.sms(BY_IDS, ids);

const OF_THESE = 'states.gateway = ANY($1::text[])';
const found = (where: string, end = ''): string =>
  `SELECT ${SMS} FROM ${JOINED} WHERE ${OF_THESE} AND ${where} ORDER BY states.id ${end}`;
const PAGE = 'LIMIT $4';

const BY_USER_ID = found('sms.user_id = ANY($2::bigint[])');
const BY_TAIL = found(`${TAIL} = $2 AND states.stage = ANY($3::text[])`);
/** References count from 0 to 255 and start again; a long SMS has `count` of them. */
const BY_REFERENCE = found(`states.stage IN ('gateway', 'sent') AND states.port = $2::bigint
  AND (($3 - states.ref_id) % 256 + 256) % 256 < coalesce(states.count, 1)`);
const LAST_COLLECTED = `SELECT * FROM (${found('sms.collect_group = $2').replace('ORDER BY states.id', 'ORDER BY states.id DESC')}
  LIMIT 1) AS last`;
const COLLECTING = found(`sms.collect_group = $2 AND states.stage = 'waiting' AND states.id > $3`, PAGE);

// A gateway at a time, by its index.
const page = (where: string): string => `SELECT ${SMS} FROM (
    SELECT states.* FROM unnest($1::text[]) AS asked CROSS JOIN LATERAL (
      SELECT * FROM %.states WHERE gateway = asked AND ${where} AND id > $2 ORDER BY id LIMIT $3) AS states
    ORDER BY id LIMIT $3) AS states
  JOIN %.sms AS sms ON sms.id = states.id ORDER BY states.id`;
const HELD_ONES = page(`stage = 'waiting' AND due_at <> 0`);
const UNDER_WAY = page(`stage NOT IN ('waiting', 'done') AND stage = $4`);
const IN_STAGE = page('stage = $4');

/** The SMS of some gateways that meet a criterion, ascending by id. */
export async function find(tx: Transaction, gateways: string[], by: SmsCriterion): Promise<StoredSms[]> {
  const these = [...new Set(gateways)];
  const ask = (query: string, ...values: unknown[]): Promise<StoredSms[]> => tx.sms(query, these, ...values);
  if ('user_ids' in by) return ask(BY_USER_ID, by.user_ids);
  if ('tail' in by) return ask(BY_TAIL, by.tail, by.stages);
  if ('job' in by) return ofJob(tx, these, by);
  if ('collect' in by) {
    return 'last' in by ? ask(LAST_COLLECTED, by.collect) : ask(COLLECTING, by.collect, by.after, by.limit);
  }
  if ('held' in by) return ask(HELD_ONES, by.after, by.limit);
  if ('ref_id' in by) return ask(BY_REFERENCE, by.port, asReference(by.ref_id));
  return ask(isUnderWay(by.stage) ? UNDER_WAY : IN_STAGE, by.after, by.limit, by.stage);
}

const isUnderWay = (stage: Stage): boolean => stage !== 'waiting' && stage !== 'done';

const IN_GATEWAY = `stage NOT IN ('waiting', 'done') AND stage IN ('submitting', 'doubt', 'gateway')`;
const PORT_SETS = `SELECT gateway, split_part(batch_key, '|', 2) AS "portSet", count(*)::int AS count
  FROM %.states WHERE ${IN_GATEWAY} AND gateway = ANY($1::text[]) GROUP BY 1, 2
  ORDER BY array_position($1::text[], gateway), 2`;

export const portSetCounts = async (tx: Transaction, gateways: string[]): Promise<PortSetCount[]> =>
  (await tx.ask(PORT_SETS, gateways)).map(({ gateway, portSet, count }) => ({
    gateway: String(gateway),
    portSet: String(portSet),
    count: Number(count),
  }));

const PORTS = `SELECT chosen_port AS port, count(*)::int AS count FROM %.states
  WHERE ${IN_GATEWAY} AND gateway = ANY($1::text[]) AND chosen_port IS NOT NULL GROUP BY 1 ORDER BY 1`;

export const chosenPortCounts = async (tx: Transaction, gateways: string[]): Promise<PortCount[]> =>
  (await tx.ask(PORTS, gateways)).map(({ port, count }) => ({ port: Number(port), count: Number(count) }));
