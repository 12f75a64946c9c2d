import type { DeliveryStatus, GatewayClient, SmsFilter } from '../../lib/gateway-api';
import { chosenByFilter, type Gateway, inQueries, readSmsFilter } from '../../lib/messaging';
import { typedValue } from '../../lib/properties/typed';
import { refuseAbsent } from '../../lib/runtime/absentPorts';
import { onInput } from '../../lib/runtime/input';
import { answer } from '../../lib/runtime/output';
import { readPorts } from '../../lib/runtime/ports';
import type { Red } from '../../lib/runtime/red';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { refuseInputs, startNode } from '../../lib/runtime/saved/startNode';
import { FINE, WORKING } from '../../lib/runtime/status';
import { evaluate } from '../../lib/runtime/typedInput';
import { defaults, normalise, type QueryResultConfig } from './config';

/** Asks the gateway what became of SMS, how many wait in it, or how it does. */
export = (red: Red): void => {
  red.nodes.registerType('dinstar-query-result', function (saved) {
    const { properties, problem } = startNode(red, runtime, this, saved, { defaults });
    if (problem) return refuseInputs(this, problem);
    const config = normalise(properties);
    onInput(this, async (message, send, signal) => {
      const node = runtime.gatewayNodes.choose(config, message);
      const gateway = await node.gateway();
      const field = { field: 'filter', ...typedValue(config, 'filter') };
      const given = usesFilter(config.query) ? await evaluate(red, this, message, field) : undefined;
      const filter = readSmsFilter(given, node.properties, readPorts);
      await refuseAbsent(gateway, filter.port, 'filter.port');
      this.status(WORKING);
      const found = await query(gateway, config.query, filter, signal);
      const isChosen = chosenByFilter(given, node.properties.timezone);
      const payload = Array.isArray(found) ? found.filter(({ time }) => isChosen(time)) : found;
      this.status(FINE);
      answer(red, send, Object.assign(message, { gateway: node.identity }), payload, config.output);
    });
  });
};

const usesFilter = (query: QueryResultConfig['query']): boolean => query === 'result' || query === 'delivery';

function query(gateway: Gateway, what: QueryResultConfig['query'], filter: SmsFilter, signal: AbortSignal) {
  const ask = <T>(request: (api: GatewayClient) => Promise<T>): Promise<T> =>
    gateway.requests.run({ kind: 'poll', signal }, request);
  const each = async <T>(request: (api: GatewayClient, part: SmsFilter) => Promise<{ result: T[] }>): Promise<T[]> => {
    const answers: T[][] = [];
    for (const part of inQueries(filter)) answers.push((await ask((api) => request(api, part))).result);
    return answers.length > 1 ? withoutDoubles(answers.flat()) : answers.flat();
  };
  switch (what) {
    case 'queue':
      return ask(async (api) => ({ in_queue: (await api.querySmsInQueue({ signal })).in_queue }));
    case 'status':
      return ask((api) => api.getStatus(undefined, { signal }));
    case 'delivery':
      return each((api, part) => api.querySmsDeliverStatus(part, { signal })).then((found) => found.map(withOutcome));
    default:
      return each((api, part) => api.querySmsResult(part, { signal }));
  }
}

// An answer may hold rows outside its filter (manual 3.4), so that two parts of one question may bring the same row.
function withoutDoubles<T>(records: T[]): T[] {
  const seen = new Map(records.map((record) => [JSON.stringify(record), record]));
  return [...seen.values()];
}

/** A delivery report's code in a word (manual 4.3). */
const withOutcome = (report: DeliveryStatus) => ({
  ...report,
  outcome: report.status_code === 0 ? 'delivered' : report.status_code < 64 ? 'pending' : 'failed',
});
