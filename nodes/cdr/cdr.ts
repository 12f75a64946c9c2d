import { invalidInput } from '../../lib/gateway-api';
import { chosenByCdrFilter, readCdrFilter } from '../../lib/messaging';
import { typedValues } from '../../lib/properties/typed';
import { refuseAbsent } from '../../lib/runtime/absentPorts';
import { emitCdrs } from '../../lib/runtime/emitting/emitCdrs';
import { ignoreInputs, onInput } from '../../lib/runtime/input';
import { answer } from '../../lib/runtime/output';
import { readPorts } from '../../lib/runtime/readPorts';
import type { Red, RedNode } from '../../lib/runtime/red';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { refuseInputs, startNode } from '../../lib/runtime/saved/startNode';
import { FINE, WORKING } from '../../lib/runtime/status';
import { evaluateAll } from '../../lib/runtime/typedInput';
import { type CdrConfig, defaults, normalise, rules } from './config';

const HOUR_MS = 3600 * 1000;
/** Ten years: no gateway keeps records for longer. */
const MOST_HOURS = 87_600;

/** Reads the gateway's call records: when asked, or the new ones by itself. */
export = (red: Red): void => {
  red.nodes.registerType('dinstar-cdr', function (saved) {
    const { properties, problem } = startNode(red, runtime, this, saved, { defaults, rules });
    if (problem) return refuseInputs(this, problem);
    const config = normalise(properties);
    if (config.mode !== 'new') return answerInputs(red, this, config);
    emitCdrs(red, runtime, this, config);
    ignoreInputs(this);
  });
};

function answerInputs(red: Red, node: RedNode, config: CdrConfig): void {
  const { timeAfter, timeAfterType, output } = config;
  const others = typedValues(config, ['ports', 'timeBefore']);
  onInput(node, async (message, send, { signal }) => {
    const gatewayNode = runtime.gatewayNodes.choose(config, message);
    const gateway = await gatewayNode.gateway();
    const asked = await evaluateAll(red, node, message, {
      timeAfter: { value: timeAfter, type: timeAfterType === 'hours' ? 'num' : timeAfterType },
      ...others,
    });
    const since = timeAfterType === 'hours' ? hoursAgo(asked.timeAfter) : asked.timeAfter;
    const given = { ...asked, timeAfter: since, ports: readPorts(asked.ports) };
    await refuseAbsent(gateway, given.ports, 'ports');
    const { timezone } = gatewayNode.properties;
    const filter = readCdrFilter(given, timezone);
    node.status(WORKING);
    const found = await gateway.calls.read(filter, { kind: 'poll', signal });
    const payload = found.filter(chosenByCdrFilter(given, timezone));
    node.status(FINE);
    answer(red, send, Object.assign(message, { gateway: gatewayNode.identity }), payload, output);
  });
}

/** The moment so many hours ago. Throws `INVALID_INPUT` for what is no number of hours. */
function hoursAgo(hours: unknown): Date {
  if (typeof hours === 'number' && hours > 0 && hours <= MOST_HOURS)
    return new Date(runtime.clock.now() - hours * HOUR_MS);
  throw invalidInput('timeAfter', `must be a number of hours above 0, at most ${MOST_HOURS}`);
}
