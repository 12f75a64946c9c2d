import { GatewayError } from '../../gateway-api';
import type { ConditionRule } from '../../properties/conditions';
import { noteKeys } from '../../store';
import { untilFlowsRun } from '../flowStops';
import { handOn } from '../handOn';
import { asError } from '../input';
import { withFieldNamed } from '../namedField';
import type { Message, Red, RedNode } from '../red';
import type { SharedRuntime } from '../SharedRuntime';
import { ALARM, FINE, statusFor } from '../status';
import { conditionMessage } from './conditionMessage';
import type { CanarySettings } from './readCanary';
import { wantCanary } from './wantCanary';

/** What a `dinstar-watch` node watches. */
export interface HealthEmission {
  /** Config nodes; empty = all gateways. */
  gateways: readonly string[];
  rules: readonly ConditionRule[];
  canary: CanarySettings;
}

/** A heartbeat leaves each minute, in ms. */
const HEARTBEAT_MS = 60_000;

/** Lets a node tell what is wrong with gateways at its first output, and that nothing is, each minute, at its second. */
export function watchHealth(
  red: Red,
  runtime: SharedRuntime,
  node: RedNode,
  { gateways, rules, canary }: HealthEmission,
): void {
  const { health, clock, gatewayNodes, notes } = runtime;
  const emit = (messages: (Message | null)[]): Promise<boolean> => handOn(node.id, (current) => current.send(messages));
  let beat = clock.monotonic();
  const tellOfGone = tellerOfGone(runtime, node, gateways);
  const watch = health.watch({
    ...{ rules, gateways },
    note: { key: noteKeys.health(node.id), notes },
    onChange: (event) => {
      const translate: Red['_'] = (key, values) => red._(key, values);
      return emit([conditionMessage(event, { facts: health.facts, nodes: gatewayNodes, translate }), null]);
    },
    onLook: ({ isHealthy, raised }) => {
      if (raised > 0 || isHealthy) node.status(raised > 0 ? ALARM : FINE);
      else tellOfGone();
      const now = clock.monotonic();
      if (!isHealthy || now - beat < HEARTBEAT_MS) return;
      beat = now;
      void emit([
        null,
        { topic: 'heartbeat', payload: { healthy: true, time_iso: new Date(clock.now()).toISOString() } },
      ]);
    },
    onError: (error) => node.warn(asError(error).message),
  });
  tellOfGone();
  const stopCanary = wantCanary(runtime, gateways, canary);
  node.on('close', (_removed, closed) => {
    stopCanary();
    void watch.stop().then(closed, () => closed());
  });
}

/**
 * Says that a gateway it is to watch isn't there: nothing will ever be told of it, and no heartbeat leaves. A deploy may take
 * one away without making its watch anew, so it is looked at again as long as not all is well.
 */
function tellerOfGone({ gatewayNodes }: SharedRuntime, node: RedNode, gateways: readonly string[]): () => void {
  let isClosed = false;
  let told: string | undefined;
  node.on('close', (_removed, closed) => {
    isClosed = true;
    closed();
  });
  return () =>
    void untilFlowsRun().then(() => {
      const gone = gateways.find((id) => gatewayNodes.get(id) === undefined);
      if (isClosed || gone === told) return;
      told = gone;
      if (gone === undefined) return;
      node.status(statusFor('NOT_CONFIGURED'));
      const problem = new GatewayError('NOT_CONFIGURED', `gateways: there is no gateway node ${gone}`, 'no', {
        field: 'gateways',
      });
      node.error(withFieldNamed(problem, node), {});
    });
}
