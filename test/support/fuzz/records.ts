const TIME = '2024-01-15 13:00:05';
const NUMBER = '+4366412345678';
/** Records of each kind of push, each other than its sisters. */
const RECORDS: Record<string, (at: number) => object> = {
  sms: (at) => ({
    incoming_sms_id: at + 1,
    port: at % 32,
    number: NUMBER,
    smsc: '',
    timestamp: TIME,
    text: 'x'.repeat(120),
  }),
  'sms of one id': (at) => ({
    incoming_sms_id: 1,
    port: 0,
    number: NUMBER,
    smsc: '',
    timestamp: TIME,
    text: `${at}${'x'.repeat(120)}`,
  }),
  sms_result: (at) => ({
    port: 0,
    user_id: at,
    number: NUMBER,
    time: TIME,
    status: 'SENT_OK',
    count: 1,
    succ_count: 1,
    ref_id: at,
    imsi: '2',
  }),
  sms_deliver_status: (at) => ({
    port: 0,
    number: NUMBER,
    time: TIME,
    ref_id: at,
    status_code: 0,
    imsi: '262010000000001',
  }),
  // So few ports that each soon has as many texts as are remembered of one.
  ussd: (at) => ({ port: at % 4, text: `Your balance is ${at}`.padEnd(150) }),
  register: (at) => ({ port: at % 32, status: at % 2 ? 'up' : 'down', iccid: `${at}`, imsi: `${at}`, number: '1' }),
  missed_call: (at) => ({ port: at % 32, number: `${at}`, time: TIME }),
  cdr: (at) => ({
    port: at % 32,
    start_date: TIME,
    answer_date: TIME,
    duration: at,
    source_number: `${at}`,
    destination_number: '2',
    direction: 'ip->gsm',
  }),
  device: (at) => ({ port: at % 32, status: 'power_on', ip: '10.0.0.1', mac: `${at}` }),
  exception_info: (at) => ({ type: 'call_fail', action: 'x', port: at % 32 }),
  unheard_of: (at) => ({ port: at, what: 'x'.repeat(100) }),
};

/** Kinds of push, and hard ones of a kind. */
export const KINDS = Object.keys(RECORDS);

/** The body of a push with `count` records of a kind. */
export const pushOf = (kind: string, count: number): string => {
  const [key = kind] = kind.split(' ');
  return JSON.stringify({ sn: 'a', [key]: Array.from({ length: count }, (_, at) => RECORDS[kind]?.(at)) });
};
