import type { Store } from '../../lib/store';
import { accepted, final, type Load, sent } from './load';

/** SMS in one request, as many as the API takes. */
export const BATCH = 128;

export const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

export async function seconds(work: () => Promise<void>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** One batch from its inputs to their outcomes: taken, begun, accepted, sent, delivered, closed; each step as safe as the core asks for. */
async function lifecycle(store: Store, load: Load, gateway: string): Promise<void> {
  const taken = await store.take(load.takings(BATCH));
  const sms = taken.flatMap((one) => (one.taken ? one.sms : []));
  const ids = sms.map(({ id }) => id);
  const begun = await store.begin({ gateway, at: Date.now(), sms: ids, task_id: 7 });
  const inGateway = await store.change(accepted(begun), ['submitting'], 'written');
  const onAir = await store.change(sent(inGateway), ['gateway']);
  await store.change(final(onAir), ['sent']);
  const inputs = [...new Set(sms.map(({ input }) => input))];
  await store.closeInputs(inputs, Date.now());
}

/** SMS a second, with several batches under way at a time. */
export async function lifecycles(
  store: Store,
  load: Load,
  { batches, underWay, gateway = 'g1' }: { batches: number; underWay: number; gateway?: string },
): Promise<number> {
  return linesOf(batches, underWay, () => lifecycle(store, load, gateway));
}

/** SMS a second of so many batches, several under way at a time. */
export async function linesOf(batches: number, underWay: number, lifecycle: () => Promise<void>): Promise<number> {
  let left = batches;
  const line = async (): Promise<void> => {
    while (left-- > 0) await lifecycle();
  };
  const taken = await seconds(async () => void (await Promise.all(Array.from({ length: underWay }, line))));
  return (batches * BATCH) / taken;
}
