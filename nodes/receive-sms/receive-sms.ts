import { refuseAbsent } from '../../lib/runtime/absentPorts';
import { emitIncomingSms, inboxConsumerOf } from '../../lib/runtime/emitting/emitIncomingSms';
import type { GatewayNode } from '../../lib/runtime/gateways/GatewayNode';
import { untilHandedOn } from '../../lib/runtime/handOn';
import { onInput } from '../../lib/runtime/input';
import { readPorts } from '../../lib/runtime/readPorts';
import type { Message, Red, Send } from '../../lib/runtime/red';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { refuseInputs, startNode } from '../../lib/runtime/saved/startNode';
import { repliesTo, sendIncoming } from '../../lib/runtime/sms/incoming';
import { FINE, WORKING } from '../../lib/runtime/status';
import { defaults, normalise, rules } from './config';

/** Emits a gateway's incoming SMS, each once: by itself, or when a message asks for the new ones. */
export = (red: Red): void => {
  red.nodes.registerType('dinstar-receive-sms', function (saved) {
    const { properties, problem } = startNode(red, runtime, this, saved, { defaults, rules });
    if (problem) return refuseInputs(this, problem);
    const config = normalise(properties);
    onInput(this, async (message, send, { signal }) => {
      // It has no input then; what is wired to it by hand changes nothing.
      if (config.mode === 'poll') return;
      const { backlog, output, replyWindow } = config;
      const ports = readPorts(config.ports);
      const from = runtime.gatewayNodes.choose(config, message);
      this.status(WORKING);
      await refuseAbsent(await from.gateway(), ports, 'ports');
      const consumer = inboxConsumerOf(this, from, { backlog, ports });
      await emitNew(red, { message, send, signal, from, output, replyWindow, consumer });
      this.status(FINE);
    });
    emitIncomingSms(red, runtime, this, config);
  });
};

interface Asked {
  message: Message;
  send: Send;
  signal: AbortSignal;
  from: GatewayNode;
  output: 'array' | 'each';
  replyWindow: number;
  consumer: ReturnType<typeof inboxConsumerOf>;
}

/** Answers an input with what has come in since the last one. */
async function emitNew(red: Red, { message, send, signal, from, output, replyWindow, consumer }: Asked): Promise<void> {
  const gateway = await from.gateway();
  const { inbox } = gateway;
  let isAnswered = false;
  await inbox.read(
    consumer,
    async (handed) => {
      isAnswered = true;
      const replies = await repliesTo(gateway, handed, replyWindow);
      sendIncoming(red, send, handed, { message, from, output, replies });
      await untilHandedOn();
      return true;
    },
    signal,
  );
  if (!isAnswered && output === 'array') sendIncoming(red, send, [], { message, from, output });
}
