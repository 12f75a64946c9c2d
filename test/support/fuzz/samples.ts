import type { Random } from '../../../lib/clock';
import { below, pick } from './tree';

const TIME = '2024-01-15 12:00:05';
const sms = { incoming_sms_id: 1, port: 0, number: '10086', smsc: '', timestamp: TIME, text: 'Hello' };
const result = {
  port: 0,
  user_id: 7,
  number: '123456',
  time: TIME,
  status: 'SENT_OK',
  count: 1,
  succ_count: 1,
  ref_id: 7,
  imsi: '262010000000001',
};
const report = { port: 0, number: '123456', time: TIME, ref_id: 7, status_code: 0, imsi: '262010000000001' };
const ussd = { port: 0, text: 'Your balance is 5' };
const call = {
  port: 0,
  start_date: TIME,
  answer_date: TIME,
  duration: 5,
  source_number: '1',
  destination_number: '2',
  direction: 'ip->gsm',
  ip: '10.0.0.1',
  codec: 'PCMU',
  hangup: 'called',
  gsm_code: 16,
  bcch: '1',
};
const register = { port: 0, status: 'up', iccid: '89', imsi: '262010000000001', number: '1' };
const info = {
  port: 0,
  type: 'GSM',
  imei: '1',
  imsi: '262010000000001',
  iccid: '89',
  number: '1',
  reg: 'REGISTER_OK',
  slot: 0,
  callstate: 'idle',
  signal: 20,
  gprs: 'attached',
};
const sn = 'dbd2-0000-0000-0001';

/** A right answer of each endpoint (manual 2 to 15), by its path. */
export const ANSWERS: Readonly<Record<string, object>> = {
  '/api/send_sms': { error_code: 202, sn, sms_in_queue: 1, task_id: 3 },
  '/api/query_sms_result': {
    error_code: 200,
    sn,
    result: [result, { ...result, user_id: 8, status: 'FAILED' }],
  },
  '/api/query_sms_deliver_status': { error_code: 200, sn, result: [report, { ...report, ref_id: 8 }] },
  '/api/query_sms_in_queue': { error_code: 200, sn, in_queue: 1 },
  '/api/query_incoming_sms': {
    error_code: 200,
    sn,
    sms: [sms, { ...sms, incoming_sms_id: 2 }],
    read: 0,
    unread: 2,
  },
  '/api/send_ussd': { error_code: 202, sn, result: [{ port: 0, status: 202 }] },
  '/api/query_ussd_reply': { error_code: 200, sn, reply: [ussd, { ...ussd, port: 1 }] },
  '/api/stop_sms': { error_code: 200, sn },
  '/api/get_port_info': { error_code: 200, sn, info: [info, { ...info, port: 1 }] },
  '/api/set_port_info': { error_code: 200, sn },
  '/api/get_cdr': { error_code: 200, sn, cdr: [call, { ...call, port: 1 }] },
  '/GetSTKView': {
    title: 'Menu',
    text: 'Choose',
    frame_id: 1,
    item: [{ item_id: 1, item_string: 'One' }],
  },
  '/STKGo': {},
  '/GetSTKCurrFrameIndex': { frame_id: 1 },
  '/api/get_status': { error_code: 200, sn, performance: { cpu_used: '1', flash_total: '2' } },
};

/** Right pushes of each kind (manual 16), and of several at once. */
export const PUSHES: readonly object[] = [
  { sms: [sms] },
  { sms_result: [result] },
  { sms_deliver_status: [report] },
  { ussd: [ussd] },
  { register: [register] },
  { missed_call: [{ port: 0, number: '1', time: TIME }] },
  { cdr: [call] },
  { device: { port: 0, status: 'power_on', ip: '10.0.0.1', mac: '00-1F', IP: '10.0.0.1' } },
  { exception_info: { type: 'call_fail', action: 'x', port: 0 } },
  { sms: [sms, sms], sms_result: [result], ussd: [ussd], register: [register], cdr: [call] },
].map((body) => ({ sn, ...body }));

/** What samples are about that fit what goes on: SMS that we sent, the time, ids that come next. */
export interface World {
  userIds: readonly number[];
  now: number;
  nextId: number;
}

const timeOf = (ms: number): string => new Date(ms + 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

/** `sample` about what goes on in the world, as far as chance wants it. */
export function inWorld(sample: object, world: World, random: Random): object {
  return JSON.parse(JSON.stringify(sample), (key, value: unknown) => {
    if (random() < 0.3) return value;
    if (key === 'user_id' || key === 'ref_id') return world.userIds.length > 0 ? pick(random, world.userIds) : value;
    if (key === 'incoming_sms_id') return world.nextId + below(random, 5);
    if (value === TIME) return timeOf(world.now + below(random, 20_000) - 10_000);
    return value;
  }) as object;
}
