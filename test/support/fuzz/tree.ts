import type { Random } from '../../../lib/clock';

/** JSON as it is written: keys may come twice, and a part may be a text that is none. */
export type Tree = { raw: string } | { entries: [key: string, value: Tree][] } | { items: Tree[] };

export function treeOf(value: unknown): Tree {
  if (Array.isArray(value)) return { items: value.map(treeOf) };
  if (typeof value !== 'object' || value === null) return { raw: JSON.stringify(value) };
  return { entries: Object.entries(value).map(([key, held]) => [key, treeOf(held)]) };
}

export function textOf(tree: Tree): string {
  if ('raw' in tree) return tree.raw;
  if ('items' in tree) return `[${tree.items.map(textOf).join()}]`;
  return `{${tree.entries.map(([key, value]) => `${JSON.stringify(key)}:${textOf(value)}`).join()}}`;
}

/** A place in a tree, and what makes the tree anew with something else there. */
interface Spot {
  tree: Tree;
  put: (instead: Tree) => Tree;
}

/** Every place of a tree, its root first. */
export function spotsOf(tree: Tree): Spot[] {
  const below = (value: Tree, put: (instead: Tree) => Tree): Spot[] =>
    spotsOf(value).map((spot) => ({ tree: spot.tree, put: (instead) => put(spot.put(instead)) }));
  const root: Spot = { tree, put: (instead) => instead };
  if ('raw' in tree) return [root];
  if ('items' in tree)
    return [root, ...tree.items.flatMap((item, at) => below(item, (one) => ({ items: tree.items.with(at, one) })))];
  const inside = tree.entries.flatMap(([key, value], at) =>
    below(value, (one) => ({ entries: tree.entries.with(at, [key, one]) })),
  );
  return [root, ...inside];
}

export const below = (random: Random, most: number): number => Math.floor(random() * most);
export const pick = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)] as T;

/** `tree` with one of its places, at any depth, made into something else. */
export function changed(tree: Tree, random: Random, change: (tree: Tree, random: Random) => Tree): Tree {
  if ('raw' in tree || random() < 0.2) return change(tree, random);
  if ('items' in tree) {
    if (tree.items.length === 0) return change(tree, random);
    const at = below(random, tree.items.length);
    return { items: tree.items.with(at, changed(tree.items[at] as Tree, random, change)) };
  }
  const at = below(random, tree.entries.length);
  const entry = tree.entries[at];
  if (entry === undefined) return change(tree, random);
  return { entries: tree.entries.with(at, [entry[0], changed(entry[1], random, change)]) };
}
