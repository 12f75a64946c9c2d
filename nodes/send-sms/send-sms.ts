import { pause } from '../../lib/concurrency';
import { GatewayError } from '../../lib/gateway-api';
import {
  followUp,
  type HomeCountry,
  mayHaveDoubles,
  type Order,
  type Outcome,
  type Plus,
  type Recipient,
  readKey,
  readOrder,
} from '../../lib/messaging';
import { refuseAbsent } from '../../lib/runtime/absentPorts';
import { house } from '../../lib/runtime/house';
import { onInput } from '../../lib/runtime/input';
import { readPorts } from '../../lib/runtime/ports';
import type { Message, Red, RedNode } from '../../lib/runtime/red';
import { refuseInputs, startNode } from '../../lib/runtime/saved/startNode';
import type { Sink } from '../../lib/runtime/sms/desk';
import { SmsStatus } from '../../lib/runtime/sms/SmsStatus';
import { evaluateAll } from '../../lib/runtime/typedInput';
import { defaults, normalise, type SendSmsConfig } from './config';

/** How often an input that waits for its store is tried again, in ms. */
const STORE_AGAIN = 2000;

/** Sends SMS and says what became of them: an outcome an input, and each change of a recipient's status. */
export = (red: Red): void => {
  red.nodes.registerType('dinstar-send-sms', function (saved) {
    const { properties, problem } = startNode(red, house, this, saved, { defaults });
    const config = normalise(properties);
    const status = new SmsStatus(this, {
      obstacle: (gateway) => house.gateways.of(gateway)?.obstacle,
      caution: () => house.cautionFor(config.gateway),
    });
    const sink = sinkOf(this, status);
    house.desk.attach(this.id, sink);
    this.on('close', (removed, closed) => {
      if (removed || house.closing) house.desk.detach(this.id, sink);
      closed();
    });
    // What is on its way already is told all the same.
    if (problem) return refuseInputs(this, problem);
    onInput(this, async (message, send, signal) => {
      const gateway = house.gatewayNodes.choose(config, message);
      const line = await gateway.gateway();
      const { ports, ...wish } = await readWish(red, this, config, message, {
        plus: gateway.properties.plus,
        home: line.home,
      });
      await refuseAbsent(line, ports, 'ports');
      const letter = { ...wish, gateway: gateway.id, node: this.id, onTimeout: config.onTimeout };
      const store = house.storeOf(gateway.id);
      if (store.problem) throw store.problem;
      if (store.kind === 'postgres') throw storeComesLater();
      const outcome = await house.desk.post(letter, message, {
        keepDays: store.keepDays,
        taken: () => status.taken(gateway.id),
        again: async () => {
          if (store.onUnavailable === 'refuse') return false;
          status.held();
          await pause(house.clock, STORE_AGAIN);
          return !signal.aborted;
        },
      });
      status.left(gateway.id, outcome);
      if (house.desk.isAttached(this.id)) send(addressed(message, outcome, gateway.id));
      else house.desk.log(outcome.recipients);
    });
  });
};

const storeComesLater = (): GatewayError =>
  new GatewayError('STORE_UNAVAILABLE', 'The PostgreSQL store comes with a later version', 'no');

/** The typed inputs of a message, checked whole. Rejects with `INVALID_INPUT` that names the field. */
async function readWish(
  red: Red,
  node: RedNode,
  config: SendSmsConfig,
  message: Message,
  { plus, home }: { plus: Plus; home: HomeCountry },
) {
  const { ports, key, ...wish } = await evaluateAll(red, node, message, {
    to: { value: config.to, type: config.toType },
    text: { value: config.text, type: config.textType },
    ports: { value: config.ports, type: config.portsType },
    encoding: { value: config.encoding, type: config.encodingType },
    statusReport: { value: config.statusReport, type: config.statusReportType },
    userId: { value: config.userId, type: config.userIdType },
    key: { value: config.key, type: config.keyType },
    priority: { value: config.priority, type: config.priorityType },
    validity: { value: config.validity, type: config.validityType },
    until: { value: config.until, type: config.untilType },
    wait: { value: config.wait, type: config.waitType },
  });
  const isDefault = { to: isAtDefault(config, 'to'), text: isAtDefault(config, 'text') };
  const asked = { ...followUp(message.payload, wish, isDefault), ports: readPorts(ports) };
  const read = (country?: string): Order => readOrder({ ...wish, ...asked }, plus, house.clock.now(), country);
  const order = read(home.country);
  const isOpen = mayHaveDoubles(order.sms) && home.country === undefined;
  return { order: isOpen ? read(await home.learn()) : order, key: readKey(key), ports: asked.ports };
}

const isAtDefault = (config: SendSmsConfig, property: 'to' | 'text'): boolean =>
  config[property] === defaults[property] && config[`${property}Type`] === defaults[`${property}Type`];

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
