import { invalidInput } from '../../lib/gateway-api';
import { infoTypes } from '../../lib/messaging';
import { typedValue } from '../../lib/properties/typed';
import { refuseAbsent } from '../../lib/runtime/absentPorts';
import { emitPortChanges } from '../../lib/runtime/emitting/emitPortChanges';
import { ignoreInputs, onInput } from '../../lib/runtime/input';
import { answer } from '../../lib/runtime/output';
import { readPorts } from '../../lib/runtime/readPorts';
import type { Message, Red, RedNode } from '../../lib/runtime/red';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { refuseInputs, startNode } from '../../lib/runtime/saved/startNode';
import { FINE, WORKING } from '../../lib/runtime/status';
import { evaluate } from '../../lib/runtime/typedInput';
import { defaults, normalise, type PortInfoConfig, rules } from './config';

/** Tells what the gateway says of its ports: when it is asked, or by itself when something changes. */
export = (red: Red): void => {
  red.nodes.registerType('dinstar-port-info', function (saved) {
    const { properties, problem } = startNode(red, runtime, this, saved, { defaults, rules });
    if (problem) return refuseInputs(this, problem);
    const config = normalise(properties);
    if (config.mode !== 'watch') return tell(red, this, config);
    watch(red, this, config);
    ignoreInputs(this);
  });
};

function tell(red: Red, node: RedNode, config: PortInfoConfig): void {
  onInput(node, async (message, send, { signal }) => {
    const gatewayNode = runtime.gatewayNodes.choose(config, message);
    const gateway = await gatewayNode.gateway();
    const question = await questionOf(red, node, config, message);
    await refuseAbsent(gateway, question.ports, 'ports');
    node.status(WORKING);
    const { ports } = await gateway.portReader.read(question, { kind: 'poll', signal });
    node.status(FINE);
    answer(red, send, Object.assign(message, { gateway: gatewayNode.identity }), ports, config.output);
  });
}

function watch(red: Red, node: RedNode, config: PortInfoConfig): void {
  const { gateway, interval, signalStep, portsType } = config;
  emitPortChanges(runtime, node, {
    ...{ gateway, interval, signalStep },
    questionOf: async () => {
      if (portsType === 'msg') throw invalidInput('ports', "can't come from a message where none comes in");
      return questionOf(red, node, config, {});
    },
  });
}

async function questionOf(red: Red, node: RedNode, config: PortInfoConfig, message: Message) {
  const field = { field: 'ports', ...typedValue(config, 'ports') };
  const ports = readPorts(await evaluate(red, node, message, field));
  return { ports, info: infoTypes(config.info) };
}
