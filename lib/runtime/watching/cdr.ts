import type { Cdr } from '../../gateway-api';
import { type Gateway, isOf } from '../../messaging';
import { untilFlowsRun } from '../flowStops';
import type { GatewayNode } from '../gateways/GatewayNode';
import { tellWithoutGateway } from '../gateways/missing';
import { Trouble } from '../gateways/trouble';
import { untilHandedOn } from '../handOn';
import type { House } from '../house';
import { answer } from '../output';
import { readPorts } from '../ports';
import type { Message, Red, RedNode, ValueType } from '../red';
import { FINE, WORKING } from '../status';
import { evaluate } from '../typedInput';

/** What a `dinstar-cdr` node in mode `new` is set to. */
export interface CdrWatchConfig {
  gateway: string;
  ports: string;
  portsType: ValueType;
  /** Seconds. */
  interval: number;
  output: 'array' | 'each';
}

/** What these messages are about, as with a push receiver's. */
const TOPIC = 'cdr';

/** Lets a node emit new call records by itself, from its start to its close, whatever is deployed meanwhile. */
export function watchCdr(red: Red, house: House, node: RedNode, config: CdrWatchConfig): void {
  const { gateway: wanted, ports: value, portsType: type } = config;
  let current: GatewayNode | undefined;
  let settled: Promise<unknown> = Promise.resolve();
  let hasClosed = false;
  const about = (): Message => ({ topic: TOPIC, ...(current && { gateway: current.identity }) });
  const trouble = new Trouble(node, about);
  const ports = evaluate(red, node, {}, { field: 'ports', value, type }).then((given) => readPorts(given));
  ports.catch((error: Error) => trouble.met(error));

  const emit = async (records: readonly Cdr[]): Promise<void> => {
    const message = { ...about(), _msgid: red.util.generateId() };
    if (records.length > 0) answer(red, (messages) => node.send(messages), message, records, config.output);
    await untilHandedOn();
  };
  const attach = (gateway: Gateway, gatewayNode: GatewayNode): (() => void) => {
    current = gatewayNode;
    node.status(WORKING);
    const end = gateway.calls.watch({
      key: `cdr/${node.id}/${gatewayNode.id}/`,
      interval: config.interval * 1000,
      // Nothing is asked as long as it isn't clear for which ports.
      ready: () => Promise.all([ports, untilFlowsRun()]).then(() => undefined),
      emit: async (records) => {
        const those = await ports;
        await emit(records.filter((record) => isOf(record, those)));
      },
      over: () => trouble.over(house.cautionFor(gatewayNode.id) ?? FINE),
      met: (error) => trouble.met(error),
    });
    return () => {
      settled = Promise.all([settled, end()]);
    };
  };
  const leave = house.attachments.add({ gateway: wanted }, attach);
  void tellWithoutGateway(house, wanted, trouble, () => hasClosed);
  node.on('close', (_removed, closed) => {
    hasClosed = true;
    leave();
    void settled.then(
      () => closed(),
      () => closed(),
    );
  });
}
