import type { Gateway } from '../device/Gateway';
import type { Reply, Route } from './route';

/** How many SMS wait for a port (manual 5). */
export const querySmsInQueue: Route = { path: '/api/query_sms_in_queue', methods: ['GET'], answer };

function answer(gateway: Gateway): Reply {
  return { error_code: 200, in_queue: gateway.sms.queue.waiting };
}
