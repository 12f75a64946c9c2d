import type { Cdr } from '../../gateway-api';
import { type Gateway, isOf } from '../../messaging';
import { type Typed, typedValue } from '../../properties/typed';
import { noteKeys } from '../../store';
import { onceFlowsRun, untilFlowsRun } from '../flowStops';
import type { GatewayNode } from '../gateways/GatewayNode';
import { tellWithoutGateway } from '../gateways/missing';
import { OutageReporter } from '../gateways/OutageReporter';
import { untilHandedOn } from '../handOn';
import { answer } from '../output';
import { readPorts } from '../ports';
import type { Message, Red, RedNode } from '../red';
import type { SharedRuntime } from '../SharedRuntime';
import { FINE, WORKING } from '../status';
import { evaluate } from '../typedInput';

/** What a `dinstar-cdr` node in mode `new` is set to. */
export interface CdrWatchConfig extends Typed<'ports'> {
  gateway: string;
  /** Seconds. */
  interval: number;
  output: 'array' | 'each';
}

/** What these messages are about, as with a push receiver's. */
const TOPIC = 'cdr';

/** Lets a node emit new call records by itself, from its start to its close, whatever is deployed meanwhile. */
export function watchCdr(red: Red, runtime: SharedRuntime, node: RedNode, config: CdrWatchConfig): void {
  const { gateway: wanted } = config;
  let current: GatewayNode | undefined;
  let settled: Promise<unknown> = Promise.resolve();
  let leave = (): void => undefined;
  let hasClosed = false;
  const about = (): Message => ({ topic: TOPIC, ...(current && { gateway: current.identity }) });
  const outage = new OutageReporter(node, about);

  const emit = async (records: readonly Cdr[], ports: readonly number[] | undefined): Promise<void> => {
    const those = records.filter((record) => isOf(record, ports));
    const message = { ...about(), _msgid: red.util.generateId() };
    if (those.length > 0) answer(red, (messages) => node.send(messages), message, those, config.output);
    await untilHandedOn();
  };
  const attach = (ports: readonly number[] | undefined, gateway: Gateway, gatewayNode: GatewayNode): (() => void) => {
    current = gatewayNode;
    node.status(WORKING);
    const end = gateway.calls.watch({
      key: noteKeys.cdrWatch(gatewayNode.id, node.id),
      interval: config.interval * 1000,
      untilReady: untilFlowsRun,
      emit: (records) => emit(records, ports),
      onRecovery: () => outage.clear(runtime.cautionFor(gatewayNode.id) ?? FINE),
      onFailure: (error) => outage.report(error),
    });
    return () => {
      settled = Promise.all([settled, end()]);
    };
  };
  // Nothing is asked as long as it isn't clear for which ports.
  const begin = async (): Promise<void> => {
    const given = await onceFlowsRun(evaluate(red, node, {}, { field: 'ports', ...typedValue(config, 'ports') }));
    const ports = readPorts(given);
    if (!hasClosed) leave = runtime.subscriptions.add({ gateway: wanted }, (...to) => attach(ports, ...to));
  };
  begin().catch((error: unknown) => {
    if (!hasClosed) outage.report(error);
  });
  void tellWithoutGateway(runtime, wanted, outage, () => hasClosed);
  node.on('close', (_removed, closed) => {
    hasClosed = true;
    leave();
    void settled.then(
      () => closed(),
      () => closed(),
    );
  });
}
