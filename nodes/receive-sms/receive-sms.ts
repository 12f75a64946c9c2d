import type { InboxState, Subscription } from '../../lib/messaging';
import type { GatewayNode } from '../../lib/runtime/gateways/GatewayNode';
import { tellWithoutGateway } from '../../lib/runtime/gateways/missing';
import { OutageReporter } from '../../lib/runtime/gateways/OutageReporter';
import { handOn, untilHandedOn } from '../../lib/runtime/handOn';
import { asError, onInput } from '../../lib/runtime/input';
import { readPorts } from '../../lib/runtime/ports';
import type { Message, Red, RedNode, Send } from '../../lib/runtime/red';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { refuseInputs, startNode } from '../../lib/runtime/saved/startNode';
import { sendIncoming } from '../../lib/runtime/sms/incoming';
import { CATCHING_UP, FINE, statusOf, WORKING } from '../../lib/runtime/status';
import { tellAtStart } from '../../lib/runtime/tellAtStart';
import { defaults, normalise, type ReceiveSmsConfig } from './config';

/** Emits a gateway's incoming SMS, each once: by itself, or when a message asks for the new ones. */
export = (red: Red): void => {
  red.nodes.registerType('dinstar-receive-sms', function (saved) {
    const { properties, problem } = startNode(red, runtime, this, saved, { defaults });
    if (problem) return refuseInputs(this, problem);
    const config = normalise(properties);
    const ports = portsOf(config);
    onInput(this, async (message, send, signal) => {
      // It has no input then; what is wired to it by hand changes nothing.
      if (config.mode === 'poll') return;
      if (ports instanceof Error) throw ports;
      const from = runtime.gatewayNodes.choose(config, message);
      this.status(WORKING);
      await emitNew(red, {
        message,
        send,
        signal,
        from,
        output: config.output,
        consumer: consumerOf(this, from, config, ports),
      });
      this.status(FINE);
    });
    if (ports instanceof Error) return tellAtStart(this, statusOf(ports), ports);
    if (config.mode === 'poll') tellOfGateway(this, config);
    const detach = runtime.subscriptions.add({ gateway: config.gateway }, ({ inbox }, from) =>
      inbox.subscribe(subscriptionOf(red, this, { from, config, ports })),
    );
    this.on('close', (_removed, closed) => {
      detach();
      closed();
    });
  });
};

/** The ports that are wanted, undefined = all; or what is wrong with them: then nothing is emitted. */
function portsOf({ ports }: ReceiveSmsConfig): number[] | undefined | Error {
  try {
    return readPorts(ports);
  } catch (reason) {
    return asError(reason);
  }
}

function tellOfGateway(node: RedNode, { gateway }: ReceiveSmsConfig): void {
  let hasClosed = false;
  node.on('close', (_removed, closed) => {
    hasClosed = true;
    closed();
  });
  void tellWithoutGateway(runtime, gateway, new OutageReporter(node, () => ({})), () => hasClosed);
}

const consumerOf = (node: RedNode, from: GatewayNode, { backlog }: ReceiveSmsConfig, ports: number[] | undefined) => ({
  node: node.id,
  gateway: from.id,
  backlog,
  ...(ports && { ports }),
  ...(from.properties.sn && { sn: from.properties.sn }),
});

interface Use {
  from: GatewayNode;
  config: ReceiveSmsConfig;
  ports: number[] | undefined;
}

/** What the node wants of its gateway as long as both are there. */
function subscriptionOf(red: Red, node: RedNode, { from, config, ports }: Use): Subscription {
  const { mode, output } = config;
  const outage = new OutageReporter(node, () => ({ gateway: from.identity }));
  const state = (now: InboxState): void => {
    if (now.is === 'failed') outage.report(now.error);
    else if (now.is === 'catching up') node.status(CATCHING_UP);
    else outage.clear(runtime.cautionFor(from.id) ?? FINE);
  };
  if (mode === 'poll') node.status(WORKING);
  return {
    ...consumerOf(node, from, config, ports),
    mode,
    interval: config.interval * 1000,
    onState: state,
    emit: (handed) =>
      handOn(node.id, (current) => {
        const message: Message = output === 'array' ? { topic: 'sms' } : {};
        sendIncoming(red, (messages) => current.send(messages), handed, { message, from, output });
      }),
  };
}

interface Asked {
  message: Message;
  send: Send;
  signal: AbortSignal;
  from: GatewayNode;
  output: 'array' | 'each';
  consumer: ReturnType<typeof consumerOf>;
}

/** Answers an input with what has come in since the last one. */
async function emitNew(red: Red, { message, send, signal, from, output, consumer }: Asked): Promise<void> {
  const { inbox } = await from.gateway();
  let isAnswered = false;
  await inbox.read(
    consumer,
    async (handed) => {
      isAnswered = true;
      sendIncoming(red, send, handed, { message, from, output });
      await untilHandedOn();
      return true;
    },
    signal,
  );
  if (!isAnswered && output === 'array') sendIncoming(red, send, [], { message, from, output });
}
