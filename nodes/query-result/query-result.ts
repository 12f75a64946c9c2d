import type { DeliveryStatus, SmsFilter } from '../../lib/gateway-api';
import { chosenByFilter, type Gateway, readSmsFilter } from '../../lib/messaging';
import { typedValue } from '../../lib/properties/typed';
import { refuseAbsent } from '../../lib/runtime/absentPorts';
import { onInput } from '../../lib/runtime/input';
import { answer } from '../../lib/runtime/output';
import { readPorts } from '../../lib/runtime/readPorts';
import type { Red } from '../../lib/runtime/red';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { refuseInputs, startNode } from '../../lib/runtime/saved/startNode';
import { FINE, WORKING } from '../../lib/runtime/status';
import { evaluate } from '../../lib/runtime/typedInput';
import { defaults, normalise, type QueryResultConfig, rules } from './config';

/** Asks the gateway what became of SMS, how many wait in it, or how it does. */
export = (red: Red): void => {
  red.nodes.registerType('dinstar-query-result', function (saved) {
    const { properties, problem } = startNode(red, runtime, this, saved, { defaults, rules });
    if (problem) return refuseInputs(this, problem);
    const config = normalise(properties);
    onInput(this, async (message, send, { signal }) => {
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

async function query({ queries }: Gateway, what: QueryResultConfig['query'], filter: SmsFilter, signal: AbortSignal) {
  switch (what) {
    case 'queue':
      return { in_queue: await queries.smsInQueue({ signal }) };
    case 'status':
      return queries.status(signal);
    case 'delivery':
      return (await queries.deliveryReports(filter, signal)).map(withOutcome);
    default:
      return queries.results(filter, signal);
  }
}

/** A delivery report's code in a word (manual 4.3). */
const withOutcome = (report: DeliveryStatus) => ({
  ...report,
  outcome: report.status_code === 0 ? 'delivered' : report.status_code < 64 ? 'pending' : 'failed',
});
