import type { Gateway } from '../device/Gateway';
import type { Params } from './Params';
import { portAndTime } from './portAndTime';
import type { Reply, Route } from './route';

/** What was sent and what became of it (manual 3). */
export const querySmsResult: Route = { path: '/api/query_sms_result', methods: ['POST'], answer };

function answer(gateway: Gateway, params: Params): Reply {
  const numbers = params.numbers();
  const userIds = params.integers('user_id', 0, Number.MAX_SAFE_INTEGER);
  const fits = portAndTime(params);
  const { records } = gateway.sms;
  const candidates = userIds?.length
    ? records.results.by('user_id', userIds)
    : numbers?.length
      ? records.results.by('number', numbers)
      : records.results.all();
  const wanted = numbers?.length ? new Set(numbers) : undefined;
  const result = candidates
    .filter((sms) => !wanted || wanted.has(sms.number))
    .map((sms) => records.resultOf(sms))
    .filter(fits);
  return { error_code: 200, result: gateway.capped(result) };
}
