import type { portSetOf, Stage, StoredSms } from '../records';
import { smsOf } from '../rows';
import type { PortCount, PortSetCount, SmsCriterion } from '../store';
import type { Connection } from './Connection';
import { CHOSEN_PORT, COUNT_OF, ON_AIR, PORT, REFERENCE, TAIL } from './expressions';
import { byId, each, together } from './gateways';
import { ofJob } from './jobSms';
import { oneOf } from './oneOf';
import { SMS } from './records';

/** The SMS of some gateways that meet a criterion, ascending by id. */
export function find(db: Connection, gateways: string[], by: SmsCriterion): StoredSms[] {
  if ('user_ids' in by) return byUserId(db, gateways, by.user_ids);
  if ('tail' in by) return byTail(db, gateways, by.tail, by.stages);
  if ('job' in by) return ofJob(db, gateways, by);
  if ('collect' in by) return 'last' in by ? lastCollected(db, gateways, by.collect) : collecting(db, gateways, by);
  if ('held' in by) return heldOnes(db, gateways, by.after, by.limit);
  if ('ref_id' in by) return byReference(db, gateways, by.port, by.ref_id);
  return inStage(db, gateways, by.stage, by.after, by.limit);
}

function byUserId(db: Connection, gateways: string[], user_ids: number[]): StoredSms[] {
  const [user, gateway] = [oneOf(user_ids), oneOf(gateways)];
  const query = `SELECT ${SMS} FROM sms INDEXED BY sms_user_id WHERE user_id ${user.is} AND gateway ${gateway.is} ORDER BY id`;
  return db.all(query, user.value, gateway.value).map(smsOf);
}

const UNDER_WAY = `stage <> 'waiting' AND stage <> 'done'`;
const isUnderWay = (stage: Stage): boolean => stage !== 'waiting' && stage !== 'done';

/** SMS that wait are found by reading everything: nobody looks for them by number in daily work. */
function byTail(db: Connection, gateways: string[], tail: string, stages: readonly Stage[]): StoredSms[] {
  const place = stages.includes('waiting') ? 'NOT INDEXED WHERE true' : "INDEXED BY sms_tail WHERE stage <> 'waiting'";
  const rows = db.all(
    `SELECT ${SMS} FROM sms ${place} AND ${TAIL} = ? AND stage IN (SELECT value FROM json_each(?))
       AND gateway IN (SELECT value FROM json_each(?)) ORDER BY id`,
    ...[tail, JSON.stringify(stages), JSON.stringify(gateways)],
  );
  return rows.map(smsOf);
}

/** References count from 0 to 255 and start again; a long SMS has `count` of them. */
const byReference = (db: Connection, gateways: string[], port: number, ref_id: number): StoredSms[] =>
  db
    .all(
      `SELECT ${SMS} FROM sms INDEXED BY sms_port WHERE ${ON_AIR} AND ${PORT} = ?
         AND ((? - ${REFERENCE}) % 256 + 256) % 256 < coalesce(${COUNT_OF}, 1)
         AND gateway IN (SELECT value FROM json_each(?)) ORDER BY id`,
      ...[port, ref_id, JSON.stringify(gateways)],
    )
    .map(smsOf);

function inStage(db: Connection, gateways: string[], stage: Stage, after: number, limit: number): StoredSms[] {
  const place = isUnderWay(stage) ? `INDEXED BY sms_stage WHERE ${UNDER_WAY}` : 'NOT INDEXED WHERE true';
  const query = `SELECT ${SMS} FROM sms ${place} AND gateway = ? AND stage = ? AND id > ? ORDER BY id LIMIT +?`;
  return together(gateways, (gateway) => db.all(query, gateway, stage, after, limit), byId)
    .slice(0, limit)
    .map(smsOf);
}

/** Those that wait and are held. */
function heldOnes(db: Connection, gateways: string[], after: number, limit: number): StoredSms[] {
  const query = `SELECT ${SMS} FROM sms INDEXED BY sms_held_id WHERE stage = 'waiting' AND due_at <> 0 AND gateway = ?
    AND id > ? ORDER BY id LIMIT +?`;
  return together(gateways, (gateway) => db.all(query, gateway, after, limit), byId)
    .slice(0, limit)
    .map(smsOf);
}

const OF_THESE = 'gateway IN (SELECT value FROM json_each(?))';
const COLLECTING = `SELECT ${SMS} FROM sms INDEXED BY sms_collecting WHERE collect_group = ? AND collect_group IS NOT NULL
  AND stage = 'waiting' AND id > ? AND ${OF_THESE} ORDER BY id LIMIT +?`;
const LAST_COLLECTED = `SELECT ${SMS} FROM sms INDEXED BY sms_collect WHERE collect_group = ? AND collect_group IS NOT NULL
  AND ${OF_THESE} ORDER BY id DESC LIMIT 1`;

/** Those that wait to be collected together. */
function collecting(
  db: Connection,
  gateways: string[],
  { collect, after, limit }: { collect: string; after: number; limit: number },
): StoredSms[] {
  return db.all(COLLECTING, collect, after, JSON.stringify(gateways), limit).map(smsOf);
}

const lastCollected = (db: Connection, gateways: string[], group: string): StoredSms[] =>
  db.all(LAST_COLLECTED, group, JSON.stringify(gateways)).map(smsOf);

const COUNT = `SELECT batch_key AS batchKey, count(*) AS count FROM sms INDEXED BY sms_stage
  WHERE ${UNDER_WAY} AND gateway = ? AND stage IN ('submitting', 'doubt', 'gateway') GROUP BY batch_key`;

export function portSetCounts(db: Connection, gateways: string[]): PortSetCount[] {
  return each(gateways).flatMap((gateway) => {
    const portSets = new Map<string, number>();
    for (const { batchKey, count } of db.all(COUNT, gateway)) {
      const portSet = portSetOfBatchKey(String(batchKey));
      portSets.set(portSet, (portSets.get(portSet) ?? 0) + Number(count));
    }
    return [...portSets].map(([portSet, count]) => ({ gateway, portSet, count }));
  });
}

const CHOSEN = `SELECT ${CHOSEN_PORT} AS port, count(*) AS count FROM sms INDEXED BY sms_stage
  WHERE ${UNDER_WAY} AND gateway = ? AND stage IN ('submitting', 'doubt', 'gateway') AND ${CHOSEN_PORT} IS NOT NULL
  GROUP BY port`;

export function chosenPortCounts(db: Connection, gateways: string[]): PortCount[] {
  const counts = new Map<number, number>();
  for (const { port, count } of each(gateways).flatMap((gateway) => db.all(CHOSEN, gateway))) {
    counts.set(Number(port), (counts.get(Number(port)) ?? 0) + Number(count));
  }
  return [...counts].sort(([one], [other]) => one - other).map(([port, count]) => ({ port, count }));
}

/** {@link portSetOf} an SMS with this batch key. */
export const portSetOfBatchKey = (batchKey: string): ReturnType<typeof portSetOf> => batchKey.split('|')[1] ?? '';
