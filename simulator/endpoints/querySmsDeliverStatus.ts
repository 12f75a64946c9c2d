import type { Gateway } from '../device/Gateway';
import type { Params } from './Params';
import { portAndTime } from './portAndTime';
import type { Reply, Route } from './route';

/** The delivery reports that came in (manual 4). */
export const querySmsDeliverStatus: Route = { path: '/api/query_sms_deliver_status', methods: ['POST'], answer };

function answer(gateway: Gateway, params: Params): Reply {
  const numbers = params.numbers();
  const fits = portAndTime(params);
  const { statuses } = gateway.sms.records;
  const candidates = numbers?.length ? statuses.by('number', numbers) : statuses.all();
  return { error_code: 200, result: gateway.capped(candidates.filter(fits)) };
}
