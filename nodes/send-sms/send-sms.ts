import type { Outcome, Recipient } from '../../lib/messaging/outcome/outcome';
import { readOrder } from '../../lib/messaging/taking/order';
import { house } from '../../lib/runtime/house';
import { onInput } from '../../lib/runtime/input';
import { readPorts } from '../../lib/runtime/ports';
import type { Message, Red, RedNode } from '../../lib/runtime/red';
import type { Sink } from '../../lib/runtime/sms/desk';
import { SmsStatus } from '../../lib/runtime/sms/SmsStatus';
import { evaluateAll } from '../../lib/runtime/typedInput';
import { normalise, type SendSmsConfig } from './config';

/** How long finished messages, and with them used `user_id`s, are remembered (contract, dinstar-store `keepDays`). */
const KEEP_DAYS = 7;

/** Sends SMS and says what became of them: an outcome an input, and each change of a recipient's status. */
export = (red: Red): void => {
  red.nodes.registerType('dinstar-send-sms', function (saved) {
    red.nodes.createNode(this, saved);
    house.enter(red);
    const config = normalise(saved);
    const status = new SmsStatus(this, {
      obstacle: (gateway) => house.gateways.of(gateway)?.obstacle,
      givesWay: () => house.gateways.differs(config.gateway),
    });
    const sink = sinkOf(this, status);
    house.desk.attach(this.id, sink);
    onInput(this, async (message, send) => {
      const gateway = house.gatewayNodes.choose(config, message);
      await gateway.gateway();
      const order = await readWish(red, this, config, message, gateway.properties.plus);
      const letter = { order, gateway: gateway.id, node: this.id, onTimeout: config.onTimeout };
      const outcome = await house.desk.post(letter, message, KEEP_DAYS, () => status.taken(gateway.id));
      status.left(gateway.id, outcome.ok ? outcome.until : undefined);
      if (house.desk.isAttached(this.id)) send(addressed(message, outcome, gateway.id));
      else house.desk.log(outcome.recipients);
    });
    this.on('close', (removed, closed) => {
      if (removed || house.closing) house.desk.detach(this.id, sink);
      closed();
    });
  });
};

/** The typed inputs of a message, checked whole. Rejects with `INVALID_INPUT` that names the field. */
async function readWish(
  red: Red,
  node: RedNode,
  config: SendSmsConfig,
  message: Message,
  plus: 'keep' | 'strip' | '00',
) {
  const { ports, ...wish } = await evaluateAll(red, node, message, {
    to: { value: config.to, type: config.toType },
    text: { value: config.text, type: config.textType },
    ports: { value: config.ports, type: config.portsType },
    encoding: { value: config.encoding, type: config.encodingType },
    statusReport: { value: config.statusReport, type: config.statusReportType },
    userId: { value: config.userId, type: config.userIdType },
    priority: { value: config.priority, type: config.priorityType },
    validity: { value: config.validity, type: config.validityType },
    until: { value: config.until, type: config.untilType },
    wait: { value: config.wait, type: config.waitType },
  });
  return readOrder({ ...wish, ports: readPorts(ports) }, plus, house.clock.now());
}

/** The outcome on its message, at the output that it leaves by. */
function addressed(message: Message, outcome: Outcome, gateway: string): (Message | null)[] {
  const full = { gateway: house.gatewayNodes.get(gateway)?.identity ?? { id: gateway } };
  const leaving = Object.assign(message, full, { payload: outcome });
  return outcome.ok ? [leaving, null, null] : [null, leaving, null];
}

function sinkOf(node: RedNode, status: SmsStatus): Sink {
  const identityOf = (gateway: string): object => house.gatewayNodes.get(gateway)?.identity ?? { id: gateway };
  return {
    wantsUpdates: (node.wires?.[2]?.length ?? 1) > 0,
    outcome: (message, outcome, gateway) => node.send(addressed(message, outcome, gateway)),
    update: (message: Message, recipient: Recipient, gateway: string) =>
      node.send([
        null,
        null,
        { ...message, payload: recipient, topic: recipient.number, gateway: identityOf(gateway) },
      ]),
    show: () => status.show(),
  };
}
