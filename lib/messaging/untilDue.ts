import type { Clock } from '../clock';
import type { DueKind, Store } from '../store';

/** In how many ms the next thing of a kind is due with these gateways; less than 0 = overdue, undefined = nothing in sight. */
export async function untilDue(
  store: Store,
  clock: Clock,
  gateways: string[],
  kind: DueKind,
): Promise<number | undefined> {
  const { [kind]: at } = await store.nextDue(gateways, [kind]);
  return at === undefined ? undefined : at - clock.now();
}
