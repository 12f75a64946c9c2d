import { isAsWanted, readPortCommand } from '../../lib/messaging';
import { typedValue, typedValues } from '../../lib/properties/typed';
import { onPresent } from '../../lib/runtime/absentPorts';
import { onInput } from '../../lib/runtime/input';
import { orPortOfPayload, readOnePort } from '../../lib/runtime/readPorts';
import type { Red } from '../../lib/runtime/red';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { refuseInputs, startNode } from '../../lib/runtime/saved/startNode';
import { FINE, NOT_SETTLED, WORKING } from '../../lib/runtime/status';
import { evaluateAll } from '../../lib/runtime/typedInput';
import { defaults, normalise, rules, TYPED } from './config';

/** Chooses the slot of a port, resets it, switches it on or off, and what later firmware can do to it. */
export = (red: Red): void => {
  red.nodes.registerType('dinstar-set-port', function (saved) {
    const { properties, problem } = startNode(red, runtime, this, saved, { defaults, rules });
    if (problem) return refuseInputs(this, problem);
    const config = normalise(properties);
    onInput(this, async (message, send, { signal }) => {
      const node = runtime.gatewayNodes.choose(config, message);
      const gateway = await node.gateway();
      const given = await evaluateAll(red, this, message, typedValues(config, TYPED));
      const port = orPortOfPayload(given.port, typedValue(config, 'port'), message);
      const command = readPortCommand(readOnePort(port), given, config.allow);
      this.status(WORKING);
      const set = () => gateway.portSetter.set(command, config.settle * 1000, signal);
      const payload = await onPresent(gateway, [command.port], 'port', set);
      this.status(payload.reg === undefined || isAsWanted(command, payload.reg) ? FINE : NOT_SETTLED);
      send(Object.assign(message, { gateway: node.identity, payload }));
    });
  });
};
