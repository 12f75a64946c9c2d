import { readStopRequest, readStopScope, type StopRequest, somethingStopped } from '../../lib/messaging';
import { typedValue } from '../../lib/properties/typed';
import { onInput } from '../../lib/runtime/input';
import type { Red } from '../../lib/runtime/red';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { refuseInputs, startNode } from '../../lib/runtime/saved/startNode';
import { FINE, WORKING } from '../../lib/runtime/status';
import { evaluate } from '../../lib/runtime/typedInput';
import { defaults, normalise, rules } from './config';

/** Withdraws SMS that haven't left yet, and stops tasks in the gateway. */
export = (red: Red): void => {
  red.nodes.registerType('dinstar-stop-sms', function (saved) {
    const { properties, problem } = startNode(red, runtime, this, saved, { defaults, rules });
    if (problem) return refuseInputs(this, problem);
    const config = normalise(properties);
    onInput(this, async (message, send, { signal }) => {
      const node = runtime.gatewayNodes.choose(config, message);
      const gateway = await node.gateway();
      const field = { field: 'task', ...typedValue(config, 'task') };
      const given = await evaluate(red, this, message, field);
      const scope = readStopScope(given);
      const request = scope ?? readStopRequest(given);
      this.status(WORKING);
      const { jobs, elsewhere } = runtime.gateways;
      const stopThose = (those: StopRequest): Promise<object> =>
        // Another machine may talk to the gateway: then that one stops them.
        elsewhere.has(node.id) ? elsewhere.stop(node.id, those) : gateway.sms.stopSms(those, signal);
      const payload =
        'task_ids' in request || 'recipients' in request
          ? await stopThose(request)
          : somethingStopped(await jobs.command([node.id], request, 'stop'), request);
      this.status(FINE);
      send(Object.assign(message, { gateway: node.identity, payload }));
    });
  });
};
