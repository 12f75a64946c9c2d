import type { Gateway } from '../device/Gateway';
import type { Params } from './Params';
import { malformed } from './Refusal';
import type { Reply, Route } from './route';

/** What was sent and what became of it, and what waits (manual 3, 4, 5, 9). */
export const querySmsRoutes: readonly Route[] = [
  { path: '/api/query_sms_result', methods: ['POST'], answer: queryResult },
  { path: '/api/query_sms_deliver_status', methods: ['POST'], answer: queryDeliverStatus },
  { path: '/api/query_sms_in_queue', methods: ['GET'], answer: queryInQueue },
  { path: '/api/stop_sms', methods: ['GET'], answer: stopSms },
];

const integerMost = Number.MAX_SAFE_INTEGER;

function queryResult(gateway: Gateway, params: Params): Reply {
  const numbers = params.numbers();
  const userIds = params.integers('user_id', 0, integerMost);
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

function queryDeliverStatus(gateway: Gateway, params: Params): Reply {
  const numbers = params.numbers();
  const fits = portAndTime(params);
  const { statuses } = gateway.sms.records;
  const candidates = numbers?.length ? statuses.by('number', numbers) : statuses.all();
  return { error_code: 200, result: gateway.capped(candidates.filter(fits)) };
}

/** The filters both queries have; all that are given must hold. Times are exclusive: "after", "before" (manual 3.2). */
function portAndTime(params: Params): (record: { port: number; time: string }) => boolean {
  const ports = params.ports();
  const after = params.timestamp('time_after');
  const before = params.timestamp('time_before');
  return ({ port, time }) =>
    (!ports?.length || ports.includes(port)) && (!after || time > after) && (!before || time < before);
}

function queryInQueue(gateway: Gateway): Reply {
  return { error_code: 200, in_queue: gateway.sms.queue.waiting };
}

function stopSms(gateway: Gateway, params: Params): Reply {
  const task_id = params.integer('task_id', 0, integerMost);
  if (task_id === undefined) throw malformed('task_id is missing');
  return { error_code: gateway.sms.stop(task_id) ? 200 : 404 };
}
