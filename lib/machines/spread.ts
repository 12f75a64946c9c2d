/** Config nodes that are one gateway: their leases are held together. The first names it. */
export type Group = readonly string[];

/** How the gateways stand, as a machine sees it. */
export interface Standing {
  /** What this machine could talk to. */
  wanted: readonly Group[];
  isHeld: (group: Group) => boolean;
  /** Nobody holds it. */
  isFree: (group: Group) => boolean;
  /** Free for so long that nobody else seems to want it. */
  isLeftOver: (group: Group) => boolean;
  /** What each other machine that lives could talk to, and how many gateways it holds. */
  others: readonly { wants: readonly string[]; holds: number }[];
}

/** What each machine should hold at most. */
function share({ wanted, others }: Standing): number {
  const firsts = wanted.map(([first = '']) => first);
  const rivals = others.filter(({ wants }) => wants.some((one) => firsts.includes(one)));
  return Math.ceil(wanted.length / (rivals.length + 1));
}

/** The gateways that a machine takes now: of those that are free its share, and what nobody else has taken. */
export function toTake(standing: Standing): Group[] {
  const { wanted, isHeld, isFree, isLeftOver } = standing;
  const room = share(standing) - wanted.filter(isHeld).length;
  const free = wanted.filter((group) => !isHeld(group) && isFree(group));
  const first = free.slice(0, Math.max(0, room));
  return [...first, ...free.slice(first.length).filter(isLeftOver)];
}

/** The gateway that a machine gives back: one above its share that another machine wants, which has less than its own. */
export function toGiveBack(standing: Standing): Group | undefined {
  const { wanted, isHeld, others } = standing;
  const fair = share(standing);
  const held = wanted.filter(isHeld);
  if (held.length <= fair) return undefined;
  return held.findLast(([first = '']) => others.some(({ wants, holds }) => wants.includes(first) && holds < fair));
}
