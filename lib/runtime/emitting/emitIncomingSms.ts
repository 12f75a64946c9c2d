import type { GatewayNode } from '../gateways/GatewayNode';
import { readPorts } from '../readPorts';
import type { Message, Red, RedNode } from '../red';
import { repliesTo, sendIncoming } from '../sms/incoming';
import { type EmittingContext, emitByItself } from './emitByItself';

/** What a `dinstar-receive-sms` node is set to. */
export interface SmsEmission {
  gateway: string;
  gatewayFrom: 'node' | 'msg';
  /** `input`: it emits when a message asks; by itself it only finds out from where on SMS are new. */
  mode: 'poll' | 'input';
  /** Seconds. */
  interval: number;
  /** As the flow's author wrote them. */
  ports: string;
  backlog: boolean;
  output: 'array' | 'each';
  /** Hours after an SMS of ours in which one from its number is taken for an answer; 0 = never. */
  replyWindow: number;
}

/** The consumer of a gateway's inbox that a node is; without ports of all of them. */
export function inboxConsumerOf(node: RedNode, from: GatewayNode, only: { backlog: boolean; ports?: number[] }) {
  const { sn } = from.properties;
  return { node: node.id, gateway: from.id, ...only, ...(sn && { sn }) };
}

/** Lets a node emit a gateway's incoming SMS, each once (contract, receive sms). */
export function emitIncomingSms(red: Red, runtime: EmittingContext, node: RedNode, config: SmsEmission): void {
  const { gateway, gatewayFrom, mode, interval, backlog, output, replyWindow } = config;
  emitByItself(runtime, node, {
    wanted: { gateway },
    needsGateway: mode === 'poll' || gatewayFrom === 'node',
    prepare: () => readPorts(config.ports),
    portsOf: (ports) => ports,
    about: (identity) => (identity ? { gateway: identity } : {}),
    attach: (emitter, ports) => {
      const { from } = emitter;
      if (mode === 'poll') emitter.show({ is: 'working' });
      return emitter.gateway.inbox.subscribe({
        ...inboxConsumerOf(node, from, { backlog, ports }),
        mode,
        interval: interval * 1000,
        onState: (state) => emitter.show(state),
        onSms: async (handed) => {
          const replies = await repliesTo(emitter.gateway, handed, replyWindow);
          return emitter.handOn((current) => {
            const message: Message = output === 'array' ? { topic: 'sms' } : {};
            sendIncoming(red, (messages) => current.send(messages), handed, { message, from, output, replies });
          });
        },
      });
    },
  });
}
