import { GatewayError } from '../../lib/gateway-api';
import type { SimCare, SimUsage } from '../../lib/messaging';
import { typedValues } from '../../lib/properties/typed';
import { refuseAbsent } from '../../lib/runtime/absentPorts';
import { ignoreInputs, onInput } from '../../lib/runtime/input';
import type { Red } from '../../lib/runtime/red';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { refuseInputs, startNode } from '../../lib/runtime/saved/startNode';
import { emitSimEvents } from '../../lib/runtime/sims/emitSimEvents';
import { readSimCommand, type SimCommand } from '../../lib/runtime/sims/readSimCommand';
import { recordsOf } from '../../lib/runtime/sims/records';
import { statusOfSims } from '../../lib/runtime/sims/simStatus';
import { FINE, WORKING } from '../../lib/runtime/status';
import { evaluateAll } from '../../lib/runtime/typedInput';
import { defaults, normalise, rules, TYPED } from './config';

/** Tells how SIMs stand by their plans, and lets them rest, wake and count anew; or tells by itself what becomes of them. */
export = (red: Red): void => {
  red.nodes.registerType('dinstar-sim-care', function (saved) {
    const { properties, problem } = startNode(red, runtime, this, saved, { defaults, rules });
    if (problem) return refuseInputs(this, problem);
    const config = normalise(properties);
    if (config.mode === 'watch') {
      emitSimEvents(runtime, this, config.gateway);
      return ignoreInputs(this);
    }
    onInput(this, async (message, send, { signal }) => {
      const node = runtime.gatewayNodes.choose(config, message);
      const gateway = await node.gateway();
      const command = readSimCommand(await evaluateAll(red, this, message, typedValues(config, TYPED)));
      const { port } = command.choice;
      await refuseAbsent(gateway, port === undefined ? undefined : [port], 'port');
      this.status(WORKING);
      const sims = await obey(gateway.sims, command, signal);
      const all = isOne(command) ? await gateway.sims.usage({}, signal) : sims;
      this.status(statusOfSims(all, runtime.clock.now(), node.properties.timezone) ?? FINE);
      send(Object.assign(message, { gateway: node.identity, payload: recordsOf(sims, node.identity) }));
    });
  });
};

const isOne = ({ choice: { port, iccid } }: SimCommand): boolean => port !== undefined || iccid !== undefined;

async function obey(sims: SimCare, command: SimCommand, signal: AbortSignal): Promise<SimUsage[]> {
  const { choice } = command;
  try {
    if (command.action === 'rest') return await sims.rest(choice, command.seconds, signal);
    if (command.action === 'set') return await sims.set(choice, command.used, signal);
    return await sims[command.action](choice, signal);
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== 'NOT_FOUND') throw error;
    const field = choice.iccid === undefined ? 'port' : 'iccid';
    throw new GatewayError('NOT_FOUND', error.message, 'no', { field });
  }
}
