/** One endpoint of the gateway's API. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Whether a request changes something, so that it must not be made twice by accident. */
  readonly changes: boolean;
  /** Whether the manual documents no answer, so that an empty one will do. */
  readonly answersNothing?: boolean;
  /** Whether an answer of data with HTTP 200 is its documented code, where that stands in the HTTP status only (field notes). */
  readonly isDoneBy200?: boolean;
  /** Whether its list goes on with the next question, so that a part of it will do. */
  readonly byPages?: boolean;
}

function reading(method: Endpoint['method'], path: string): Endpoint {
  return { method, path, changes: false };
}

function changing(method: Endpoint['method'], path: string): Endpoint {
  return { method, path, changes: true };
}

/** The endpoints of the manual (2 to 15) and of later firmware (field notes), with the manual's methods. */
export const endpoints = {
  sendSms: changing('POST', '/api/send_sms'),
  querySmsResult: reading('POST', '/api/query_sms_result'),
  querySmsDeliverStatus: reading('POST', '/api/query_sms_deliver_status'),
  querySmsInQueue: reading('GET', '/api/query_sms_in_queue'),
  queryIncomingSms: { ...reading('GET', '/api/query_incoming_sms'), byPages: true },
  sendUssd: changing('POST', '/api/send_ussd'),
  queryUssdReply: reading('GET', '/api/query_ussd_reply'),
  stopSms: { ...changing('GET', '/api/stop_sms'), isDoneBy200: true },
  getPortInfo: reading('GET', '/api/get_port_info'),
  // The manual's heading says POST, its example is a GET with a query (11); the devices were seen to take the latter.
  setPortInfo: { ...changing('GET', '/api/set_port_info'), isDoneBy200: true },
  getCdr: reading('POST', '/api/get_cdr'),
  getStkView: reading('GET', '/GetSTKView'),
  stkGo: { ...changing('POST', '/STKGo'), answersNothing: true },
  getStkCurrFrameIndex: reading('GET', '/GetSTKCurrFrameIndex'),
  getStatus: reading('POST', '/api/get_status'),
} as const satisfies Record<string, Endpoint>;

/** The endpoint that `method` and `path` mean. Of an unknown one a POST is taken to change something. */
export function endpointFor(method: 'GET' | 'POST', path: string): Endpoint {
  const [plainPath] = path.split('?');
  const known: Endpoint | undefined = Object.values(endpoints).find((endpoint) => endpoint.path === plainPath);
  return { ...known, method, path, changes: known?.changes ?? method === 'POST' };
}
