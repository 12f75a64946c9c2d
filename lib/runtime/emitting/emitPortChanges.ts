import { GatewayError } from '../../gateway-api';
import { type PortQuestion, type PortsRead, PortWatcher } from '../../messaging';
import { noteKeys } from '../../store';
import { flows } from '../handOn';
import type { RedNode } from '../red';
import { untold } from '../saved/untold';
import { type EmittingContext, emitByItself } from './emitByItself';

const INFO = { field: 'info' };

/** What a `dinstar-port-info` node in mode `watch` is set to. */
export interface PortEmission {
  /** The gateway node's id. */
  gateway: string;
  /** Between two looks, in seconds. */
  interval: number;
  signalStep: number;
  /** Which ports, and what of them; rejects with `INVALID_INPUT` that names the field. */
  questionOf: () => Promise<PortQuestion>;
}

/** Lets a node emit a message for each port that changes (contract, port info). */
export function emitPortChanges(runtime: EmittingContext, node: RedNode, config: PortEmission): void {
  const { interval, signalStep, questionOf } = config;
  let said = '';
  const sayLeftOut = ({ left_out }: PortsRead): void => {
    const types = left_out.join(', ');
    // They may be a variable's, so it is told as an error about them is.
    const told = untold(
      new GatewayError('BAD_REQUEST', `the gateway doesn't know ${types}: not watched`, 'no', INFO),
      node,
    );
    if (types !== said && types !== '') node.warn(told.message);
    said = types;
  };
  emitByItself(runtime, node, {
    wanted: { gateway: config.gateway },
    needsGateway: true,
    prepare: questionOf,
    portsOf: ({ ports }) => ports,
    about: (gateway) => (gateway ? { topic: gateway.name, gateway } : {}),
    attach: (emitter, question) => {
      const { gateway, from } = emitter;
      const { portReader: reader, pushes, notes } = gateway;
      emitter.show({ is: 'working' });
      const watcher = new PortWatcher({
        ...{ reader, pushes, notes, question, signalStep, flows, clock: runtime.clock },
        key: noteKeys.portWatch(from.id, node.id),
        interval: interval * 1000,
        onChange: (change) => {
          const topic = `${from.identity.name}/port/${change.payload.port}`;
          emitter.send({ ...change, ...emitter.about(topic) });
        },
        onLook: (read) => {
          emitter.show({ is: 'fine' });
          sayLeftOut(read);
        },
        onError: (error) => emitter.show({ is: 'failed', error }),
      });
      return () => watcher.stop();
    },
  });
}
