import type { SharedRuntime } from '../SharedRuntime';
import type { CanarySettings } from './readCanary';

/** Lets each of these gateways send test SMS from SIM to SIM, whenever it is there; returns how to end that. */
export function wantCanary(
  { subscriptions }: Pick<SharedRuntime, 'subscriptions'>,
  gateways: readonly string[],
  { every, numbers }: CanarySettings,
): () => void {
  if (every === 0) return () => undefined;
  const leave = subscriptions.add('every', (gateway, { id, properties }) => {
    const isWatched = gateways.length === 0 || gateways.includes(id);
    return isWatched ? gateway.canary.want({ every, numbers, plus: properties.plus }) : () => undefined;
  });
  return () => leave.now();
}
