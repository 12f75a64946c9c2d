import type { Gateway } from '../device/Gateway';
import type { Params } from './Params';
import type { Reply, Route } from './route';
import { somePorts } from './somePorts';

/** Query the USSD reply (manual 8). */
export const queryUssdReply: Route = { path: '/api/query_ussd_reply', methods: ['GET'], answer };

function answer(gateway: Gateway, params: Params): Reply {
  const reply = somePorts(params).map((port) => ({ port, text: gateway.ussd.lastReply(port) }));
  return { error_code: 200, reply };
}
