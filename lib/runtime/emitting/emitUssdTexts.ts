import type { RedNode } from '../red';
import { type EmittingContext, emitByItself } from './emitByItself';

/** Which gateways a `dinstar-ussd` node is set to. */
export interface UssdEmission {
  gateway: string;
  /** `msg`: messages name any of them, and the texts of all are emitted. */
  gatewayFrom: 'node' | 'msg';
}

/** Lets a node emit the texts that belong to no dialogue, at its second output (contract, ussd). */
export function emitUssdTexts(runtime: EmittingContext, node: RedNode, { gateway, gatewayFrom }: UssdEmission): void {
  emitByItself(runtime, node, {
    wanted: gatewayFrom === 'msg' ? 'every' : { gateway },
    needsGateway: gatewayFrom === 'node',
    staysUntilReplaced: true,
    prepare: () => undefined,
    about: (identity) => (identity ? { gateway: identity } : {}),
    attach: (emitter) =>
      emitter.gateway.ussd.onUnsolicited(({ port, text }) => {
        const message = { ...emitter.about('unsolicited'), payload: { port, text } };
        void emitter.handOn((current) => current.send([null, message]));
      }),
  });
}
