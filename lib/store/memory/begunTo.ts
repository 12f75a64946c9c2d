import type { Stage } from '../records';
import type { BegunTo } from '../store';
import type { GatewayShelf } from './GatewayShelf';
import type { Shelves } from './Shelves';

/** What was begun may be in any stage: that has gone with another since, say. */
const STAGES: readonly Stage[] = ['joined', 'done'];

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

function byNumber(shelves: Shelves, shelf: GatewayShelf, tail: string, since: number): Map<string, BegunTo['newest']> {
  const found = new Map<string, BegunTo['newest']>();
  // Of what was begun and taken back no submission knows.
  for (const id of shelf.ofTail(tail, STAGES).flatMap((ids) => [...ids])) {
    const at = shelf.submissions.begunAt(id);
    const number = shelves.get(id)?.number;
    if (at === undefined || at < since || number === undefined) continue;
    const others = found.get(number);
    if (others) others.push({ id, at });
    else found.set(number, [{ id, at }]);
  }
  return new Map([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}
