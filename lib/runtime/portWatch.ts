import { type PortQuestion, type PortsRead, PortWatcher } from '../messaging';
import { noteKeys } from '../store';
import { onceFlowsRun, untilFlowsRun } from './flowStops';
import { OutageReporter } from './gateways/OutageReporter';
import { untilHandedOn } from './handOn';
import type { RedNode } from './red';
import type { SharedRuntime } from './SharedRuntime';
import { WATCHING } from './status';

/** How a node watches the ports of its gateway. */
export interface PortWatch {
  /** The gateway node's id. */
  gateway: string;
  /** Between two looks, in seconds. */
  interval: number;
  signalStep: number;
}

/**
 * Has a node emit a message for each port that changes, for as long as it runs (contract, port info). What is wrong with its
 * properties or its gateway is said once.
 */
export function watchPorts(
  runtime: SharedRuntime,
  node: RedNode,
  watch: PortWatch,
  questionOf: () => Promise<PortQuestion>,
): void {
  const about = () => {
    const gateway = runtime.gatewayNodes.get(watch.gateway)?.identity;
    return gateway ? { topic: gateway.name, gateway } : {};
  };
  const outage = new OutageReporter(node, about);
  const stopping = new Set<Promise<void>>();
  let isClosed = false;
  let leave = (): void => undefined;

  const begin = async (): Promise<void> => {
    // Nobody catches an error before all nodes are there.
    const question = await onceFlowsRun(questionOf());
    if (isClosed) return;
    const wanted = { gateway: watch.gateway };
    leave = runtime.subscriptions.add(wanted, (gateway, gatewayNode) => {
      const { portReader: reader, pushes, notes } = gateway;
      const key = noteKeys.portWatch(gatewayNode.id, node.id);
      const watcher = new PortWatcher({
        ...{ reader, pushes, notes, key, question, clock: runtime.clock, untilReady: untilFlowsRun },
        untilHandedOn: untilHandedOn,
        interval: watch.interval * 1000,
        signalStep: watch.signalStep,
        onChange: (change) => {
          const { identity } = gatewayNode;
          node.send({ topic: `${identity.name}/port/${change.payload.port}`, ...change, gateway: identity });
        },
        onLook: (read) => {
          outage.clear(WATCHING);
          sayLeftOut(read);
        },
        onError: (error) => outage.report(error),
      });
      return () => {
        const stop = watcher.stop();
        stopping.add(stop);
        const over = (): void => void stopping.delete(stop);
        stop.then(over, over);
      };
    });
    await runtime.gatewayNodes.choose({ gateway: watch.gateway, gatewayFrom: 'node' }, {}).gateway();
  };

  let said = '';
  const sayLeftOut = ({ left_out }: PortsRead): void => {
    const types = left_out.join(', ');
    if (types !== said && types !== '') node.warn(`the gateway doesn't know ${types}: not watched`);
    said = types;
  };

  begin().catch((error: unknown) => {
    if (!isClosed) outage.report(error);
  });
  node.on('close', (_removed, closed) => {
    isClosed = true;
    leave();
    // The object that takes this one's place reads what this one has noted.
    void Promise.all(stopping).then(() => closed());
  });
}
