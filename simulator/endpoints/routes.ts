import { getCdr } from './getCdr';
import { getPortInfo } from './getPortInfo';
import { getStatus } from './getStatus';
import { getStkFrame } from './getStkFrame';
import { getStkView } from './getStkView';
import { queryIncomingSms } from './queryIncomingSms';
import { querySmsDeliverStatus } from './querySmsDeliverStatus';
import { querySmsInQueue } from './querySmsInQueue';
import { querySmsResult } from './querySmsResult';
import { queryUssdReply } from './queryUssdReply';
import type { Route } from './route';
import { sendSms } from './sendSms';
import { sendUssd } from './sendUssd';
import { setPortInfo } from './setPortInfo';
import { stkGo } from './stkGo';
import { stopSms } from './stopSms';

const endpoints: readonly Route[] = [
  sendSms,
  querySmsResult,
  querySmsDeliverStatus,
  querySmsInQueue,
  queryIncomingSms,
  sendUssd,
  queryUssdReply,
  stopSms,
  getPortInfo,
  setPortInfo,
  getCdr,
  getStkView,
  stkGo,
  getStkFrame,
  getStatus,
];

/** Every endpoint of the gateway (manual 2 to 15 and get_status), by path. */
export const routes: ReadonlyMap<string, Route> = new Map(endpoints.map((route) => [route.path, route]));
