import { readStkRequest } from '../../lib/messaging';
import { typedValue } from '../../lib/properties/typed';
import { onPresent } from '../../lib/runtime/absentPorts';
import { onInput } from '../../lib/runtime/input';
import { orPortOfPayload, readOnePort } from '../../lib/runtime/readPorts';
import type { Red } from '../../lib/runtime/red';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { refuseInputs, startNode } from '../../lib/runtime/saved/startNode';
import { FINE, WORKING } from '../../lib/runtime/status';
import { evaluate } from '../../lib/runtime/typedInput';
import { defaults, normalise, rules, type StkConfig } from './config';

/** Looks at a SIM's menu, takes a step in it, or walks through it. */
export = (red: Red): void => {
  red.nodes.registerType('dinstar-stk', function (saved) {
    const { properties, problem } = startNode(red, runtime, this, saved, { defaults, rules });
    if (problem) return refuseInputs(this, problem);
    const config = normalise(properties);
    const { action, wait } = config;
    onInput(this, async (message, send, { signal }) => {
      const node = runtime.gatewayNodes.choose(config, message);
      const gateway = await node.gateway();
      const read = (field: 'port' | 'item' | 'param'): Promise<unknown> =>
        evaluate(red, this, message, { field, ...typedValue(config, field) });
      const named = await read('port');
      const port = readOnePort(orPortOfPayload(named, typedValue(config, 'port'), message));
      const used = usedBy(action);
      const given = used && { [used]: await read(used) };
      const request = readStkRequest({ port, action, wait, ...given });
      this.status(WORKING);
      const payload = await onPresent(gateway, [port], 'port', () => gateway.stk.run(request, signal));
      this.status(FINE);
      send(Object.assign(message, { gateway: node.identity, payload }));
    });
  });
};

/** The property that an action needs. */
function usedBy(action: StkConfig['action']): 'item' | 'param' | undefined {
  if (action === 'select') return 'item';
  return action === 'input' || action === 'walk' ? 'param' : undefined;
}
