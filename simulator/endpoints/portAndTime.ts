import type { Params } from './Params';

/** The filters both queries have; all that are given must hold. Times are exclusive: "after", "before" (manual 3.2). */
export function portAndTime(params: Params): (record: { port: number; time: string }) => boolean {
  const ports = params.ports();
  const after = params.timestamp('time_after');
  const before = params.timestamp('time_before');
  return ({ port, time }) =>
    (!ports?.length || ports.includes(port)) && (!after || time > after) && (!before || time < before);
}
