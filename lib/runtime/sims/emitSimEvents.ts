import { noteKeys } from '../../store';
import { type EmittingContext, emitByItself } from '../emitting/emitByItself';
import { flows } from '../handOn';
import type { RedNode } from '../red';
import { recordsOf } from './records';
import { statusOfSims } from './simStatus';

/** Lets a node tell what becomes of its gateway's SIMs, each thing once when it is raised and once when it is cleared. */
export function emitSimEvents(runtime: EmittingContext, node: RedNode, gateway: string): void {
  emitByItself(runtime, node, {
    wanted: { gateway },
    needsGateway: true,
    prepare: () => undefined,
    about: (identity) => (identity ? { gateway: identity } : {}),
    attach: (emitter) => {
      const { gateway: attached, from } = emitter;
      // Each look would show the same again.
      let shown: string | undefined;
      emitter.show({ is: 'working' });
      const watch = attached.sims.watch({
        note: { key: noteKeys.simWatch(from.id, node.id), notes: attached.notes },
        flows,
        onEvent: ({ event, state, sim }) => {
          const [record] = recordsOf([sim], from.identity);
          return emitter.handOn((current) => {
            current.send({ ...emitter.about(event), payload: { event, state, ...record } });
          });
        },
        onLook: (sims) => {
          const status = statusOfSims(sims, runtime.clock.now(), from.properties.timezone);
          const text = status?.text ?? '';
          if (text !== shown) emitter.show(status ? { is: 'noting', status } : { is: 'fine' });
          shown = text;
        },
        onError: (error) => {
          shown = undefined;
          emitter.show({ is: 'failed', error });
        },
      });
      return () => watch.stop();
    },
  });
}
