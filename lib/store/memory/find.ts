import type { Stage } from '../records';
import { coversReference } from '../references';
import type { PortCount, SmsCriterion } from '../store';
import type { GatewayShelf } from './GatewayShelf';
import { ofJob } from './jobs';
import { firstOf, merge } from './merge';
import { ascending } from './OrderedSet';
import type { Shelves } from './Shelves';

/** The ids of the SMS of some gateways that meet a criterion, ascending. */
export function find(shelves: Shelves, gateways: string[], by: SmsCriterion): Iterable<number> {
  const all = shelves.gateways(gateways).flatMap((shelf) => foundOn(shelves, shelf, by));
  const found = merge(all, ascending);
  if ('collect' in by) return collected(shelves, found, by);
  if ('limit' in by) return firstOf(found, by.limit);
  if ('tail' in by) return [...found].filter((id) => by.stages.includes(shelves.get(id)?.stage ?? 'done'));
  if ('ref_id' in by) return [...found].filter((id) => coversReference(shelves.get(id) ?? {}, by.ref_id));
  return found;
}

function foundOn(shelves: Shelves, shelf: GatewayShelf, by: SmsCriterion): Iterable<number>[] {
  if ('user_ids' in by) return [...new Set(by.user_ids)].map((user_id) => shelf.userIds.of(user_id));
  if ('tail' in by) return shelf.ofTail(by.tail, by.stages);
  if ('job' in by) return [ofJob(shelves, shelf.name, by)];
  if ('collect' in by) return [shelf.collected.of(by.collect)];
  if ('held' in by) return [shelf.heldIds.items(by.after)];
  if ('ref_id' in by) return [shelf.onAir.of(by.port)];
  return [shelf.stages[by.stage].items(by.after)];
}

const IN_GATEWAY: readonly Stage[] = ['submitting', 'doubt', 'gateway'];

/** How many SMS each port that we chose has in the gateway, ascending. */
export function chosenPortCounts(shelves: Shelves, gateways: string[]): PortCount[] {
  const counts = new Map<number, number>();
  for (const { stages } of shelves.gateways(gateways)) {
    for (const id of IN_GATEWAY.flatMap((stage) => [...stages[stage]])) {
      const port = shelves.get(id)?.sim?.port;
      if (port !== undefined) counts.set(port, (counts.get(port) ?? 0) + 1);
    }
  }
  return [...counts].sort(([one], [other]) => one - other).map(([port, count]) => ({ port, count }));
}

function collected(
  shelves: Shelves,
  ids: Iterable<number>,
  by: Extract<SmsCriterion, { collect: string }>,
): Iterable<number> {
  const all = [...ids];
  if ('last' in by) return all.slice(-1);
  return all.filter((id) => id > by.after && shelves.get(id)?.stage === 'waiting').slice(0, by.limit);
}
