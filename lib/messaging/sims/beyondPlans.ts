import { type Limit, type Plan, reserveOf } from '../../plans';
import type { Blocked } from './choice';
import type { Load } from './SimMeter';

/** How long it is known that an SMS doesn't wait, in ms: those like it end by the same. */
const KNOWN_MS = 600_000;

/**
 * Why an SMS can never leave, whatever is used of the plans, whichever cards come into its ports, and however long it waits;
 * undefined where some SIM may send it one day (docs/decisions/0055). Only rows that surely cover each SIM of its ports say so: a
 * SIM that no row matches may send anything.
 * @param ports those that it may leave by; undefined = all
 */
export function beyondPlans(
  plans: readonly Plan[],
  load: Load,
  ports: readonly number[] | undefined,
  now: number,
): Blocked | undefined {
  const found: { plan: Plan; limit: Limit }[] = [];
  const open = ports && ports.length > 0 ? new Set(ports) : undefined;
  for (const plan of plans) {
    const { match } = plan;
    const isByCard = match.iccid !== undefined || match.imsi !== undefined;
    const isForAll = !isByCard && match.ports === undefined;
    if (!isByCard && match.ports && open && !match.ports.some((port) => ports?.includes(port))) continue;
    const limit = tooSmall(plan, load);
    if (!limit) return undefined;
    found.push({ plan, limit });
    for (const port of match.ports ?? []) open?.delete(port);
    if (isForAll || open?.size === 0) return ending(found, load, now);
  }
  return undefined;
}

/** The limit that an SMS exceeds by itself. An alarm may make a recipient one that costs nothing more: such a limit ends nothing. */
function tooSmall({ limits, reserve, overdraft }: Plan, { priority, segments }: Load): Limit | undefined {
  if (priority === 'high' && overdraft > 0) return undefined;
  return limits.find(({ count, max }) => {
    const allowed = max - (priority === 'high' ? 0 : reserveOf(reserve, max));
    return (count === 'sms' && allowed < 1) || (count === 'segments' && allowed < segments);
  });
}

function ending(found: readonly { plan: Plan; limit: Limit }[], { segments }: Load, now: number): Blocked | undefined {
  const [first] = found;
  if (!first) return undefined;
  const { name } = first.plan;
  const { count, max, per } = first.limit;
  const most = `${max} ${count} per ${per}`;
  const isTooLong = count === 'segments' && segments > max;
  const text = isTooLong
    ? `No SIM may ever send it: it has ${segments} segments, plan "${name}" allows ${most}`
    : `No SIM may ever send it: plan "${name}", ${most}, keeps too many of them for SMS of priority high`;
  const isOwn = found.some(({ limit }) => limit.count === 'segments');
  return { until: now + KNOWN_MS, text, isFinal: true, isOwn };
}
