import type { Gateway } from '../device/Gateway';
import type { Params } from './Params';
import { malformed } from './Refusal';
import type { Reply, Route } from './route';

/** Receive SMS (manual 6). */
export const queryIncomingSms: Route = { path: '/api/query_incoming_sms', methods: ['GET'], answer };

function answer(gateway: Gateway, params: Params): Reply {
  const flag = params.string('flag') ?? 'unread';
  if (flag !== 'unread' && flag !== 'read' && flag !== 'all') throw malformed('flag is not unread, read or all');
  const after = params.integer('incoming_sms_id', 0, Number.MAX_SAFE_INTEGER) ?? 0;
  const sms = gateway.inbox.read(flag, after, params.ports());
  return { error_code: 200, sms, ...gateway.inbox.counts() };
}
