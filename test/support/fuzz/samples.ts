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
export const ANSWERS: Readonly<Record<string, string>> = {
  '/api/send_sms': JSON.stringify({ error_code: 202, sn, sms_in_queue: 1, task_id: 3 }),
  '/api/query_sms_result': JSON.stringify({
    error_code: 200,
    sn,
    result: [result, { ...result, user_id: 8, status: 'FAILED' }],
  }),
  '/api/query_sms_deliver_status': JSON.stringify({ error_code: 200, sn, result: [report, { ...report, ref_id: 8 }] }),
  '/api/query_sms_in_queue': JSON.stringify({ error_code: 200, sn, in_queue: 1 }),
  '/api/query_incoming_sms': JSON.stringify({
    error_code: 200,
    sn,
    sms: [sms, { ...sms, incoming_sms_id: 2 }],
    read: 0,
    unread: 2,
  }),
  '/api/send_ussd': JSON.stringify({ error_code: 202, sn, result: [{ port: 0, status: 202 }] }),
  '/api/query_ussd_reply': JSON.stringify({ error_code: 200, sn, reply: [ussd, { ...ussd, port: 1 }] }),
  '/api/stop_sms': JSON.stringify({ error_code: 200, sn }),
  '/api/get_port_info': JSON.stringify({ error_code: 200, sn, info: [info, { ...info, port: 1 }] }),
  '/api/set_port_info': JSON.stringify({ error_code: 200, sn }),
  '/api/get_cdr': JSON.stringify({ error_code: 200, sn, cdr: [call, { ...call, port: 1 }] }),
  '/GetSTKView': JSON.stringify({
    title: 'Menu',
    text: 'Choose',
    frame_id: 1,
    item: [{ item_id: 1, item_string: 'One' }],
  }),
  '/STKGo': JSON.stringify({}),
  '/GetSTKCurrFrameIndex': JSON.stringify({ frame_id: 1 }),
  '/api/get_status': JSON.stringify({ error_code: 200, sn, performance: { cpu_used: '1', flash_total: '2' } }),
};

/** Right pushes of each kind (manual 16), and of several at once. */
export const PUSHES: readonly string[] = [
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
].map((body) => JSON.stringify({ sn, ...body }));
