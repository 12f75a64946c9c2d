import type { Stage } from '../records';
import type { BegunTo } from '../store';
import type { GatewayShelf } from './GatewayShelf';
import type { Shelves } from './Shelves';

/** The stages of what can have been begun and wasn't taken back. */
const BEGUN: readonly Stage[] = ['submitting', 'doubt', 'gateway', 'sent', 'unknown', 'standby', 'joined', 'done'];

/** What was begun to some numbers: those of each gateway by themselves. */
export function begunTo(shelves: Shelves, gateways: string[], tails: string[], since: number, most: number): BegunTo[] {
  return shelves.gateways(gateways).flatMap((shelf) =>
    [...new Set(tails)].flatMap((tail) =>
      [...byNumber(shelves, shelf, tail, since)].map(([number, begun]) => ({
        number,
        count: begun.length,
        newest: begun.sort((one, other) => other.at - one.at || other.id - one.id).slice(0, most),
      })),
    ),
  );
}

function byNumber(
  shelves: Shelves,
  { stages, submissions }: GatewayShelf,
  tail: string,
  since: number,
): Map<string, BegunTo['newest']> {
  const found = new Map<string, BegunTo['newest']>();
  for (const id of BEGUN.flatMap((stage) => [...stages[stage].tails.of(tail)])) {
    const at = submissions.begunAt(id);
    const number = shelves.get(id)?.number;
    if (at === undefined || at < since || number === undefined) continue;
    const others = found.get(number);
    if (others) others.push({ id, at });
    else found.set(number, [{ id, at }]);
  }
  return new Map([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}
