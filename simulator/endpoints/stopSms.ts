import type { Gateway } from '../device/Gateway';
import type { Params } from './Params';
import { malformed } from './Refusal';
import type { Reply, Route } from './route';

/** Stop a task (manual 9). */
export const stopSms: Route = { path: '/api/stop_sms', methods: ['GET'], answer };

function answer(gateway: Gateway, params: Params): Reply {
  const task_id = params.integer('task_id', 0, Number.MAX_SAFE_INTEGER);
  if (task_id === undefined) throw malformed('task_id is missing');
  return { error_code: gateway.sms.stop(task_id) ? 200 : 404 };
}
