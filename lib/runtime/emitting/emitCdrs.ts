import { isOf } from '../../messaging';
import { type Typed, typedValue } from '../../properties/typed';
import { noteKeys } from '../../store';
import { flows } from '../handOn';
import { answer } from '../output';
import { readPorts } from '../readPorts';
import type { Red, RedNode } from '../red';
import { evaluate } from '../typedInput';
import { type EmittingContext, emitByItself } from './emitByItself';

/** What a `dinstar-cdr` node in mode `new` is set to. */
export interface CdrEmission extends Typed<'ports'> {
  gateway: string;
  /** Seconds. */
  interval: number;
  output: 'array' | 'each';
}

/** What these messages are about, as with a push receiver's. */
const TOPIC = 'cdr';

/** Lets a node emit new call records by itself (contract, cdr `new`). */
export function emitCdrs(red: Red, runtime: EmittingContext, node: RedNode, config: CdrEmission): void {
  emitByItself(runtime, node, {
    wanted: { gateway: config.gateway },
    needsGateway: true,
    prepare: async () => readPorts(await evaluate(red, node, {}, { field: 'ports', ...typedValue(config, 'ports') })),
    portsOf: (ports) => ports,
    about: (gateway) => ({ topic: TOPIC, ...(gateway && { gateway }) }),
    attach: (emitter, ports) => {
      emitter.show({ is: 'working' });
      return emitter.gateway.calls.watch({
        key: noteKeys.cdrWatch(emitter.from.id, node.id),
        interval: config.interval * 1000,
        flows,
        onNew: async (records) => {
          const those = records.filter((record) => isOf(record, ports));
          const message = { ...emitter.about(TOPIC), _msgid: red.util.generateId() };
          if (those.length > 0) answer(red, emitter.send, message, those, config.output);
          await flows.untilHandedOn();
        },
        onRecovery: () => emitter.show({ is: 'fine' }),
        onFailure: (error) => emitter.show({ is: 'failed', error }),
      });
    },
  });
}
