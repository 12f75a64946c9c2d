import type { Random } from '../../../lib/clock';
import { below, changed, pick, spotsOf, type Tree, textOf, treeOf } from './tree';
import { KEYS, VALUES } from './values';

const CHARACTERS = ['"', '{', '}', '[', ']', ',', ':', '\\', '\u0000', '\ud800', 'ÿ', '0', 'e', ' '];
/** What a text is filled with that is long. */
const FILLINGS = ['x', '0', ' ', '\\\\', '\\u0000', '\\ud83d', '\n', '%', '1,', 'é', '-', '/', '\\"'];
const LONGEST_TEXT = 100_000;
/** Places of a tree that copies make. */
const MOST_PLACES = 20_000;

type TreeMutation = (tree: Tree, random: Random) => Tree;

const value: TreeMutation = (_tree, random) => ({ raw: pick(random, VALUES) });
const key = (random: Random): string => pick(random, KEYS);

const TREE_MUTATIONS: readonly TreeMutation[] = [
  // Of another type, twice as often as the others.
  value,
  value,
  // Of another type inside: in a list, in an object.
  (tree, random) => (random() < 0.5 ? { items: [tree] } : { entries: [[key(random), tree]] }),
  // A long text, now and then; short ones are more.
  (_tree, random) => ({ raw: `"${pick(random, FILLINGS).repeat(below(random, LONGEST_TEXT) * random() ** 10)}"` }),
  // A key is missing, has another name, comes twice; one is there that nobody knows. In a list: one more, one less.
  (tree, random) => ('raw' in tree ? value(tree, random) : without(tree, random)),
  (tree, random) => ('raw' in tree ? value(tree, random) : withOneMore(tree, random)),
  (tree, random) => {
    if (!('entries' in tree) || tree.entries.length === 0) return value(tree, random);
    const at = below(random, tree.entries.length);
    const [, held] = tree.entries[at] as [string, Tree];
    return { entries: tree.entries.with(at, [key(random), held]) };
  },
  // Many of them.
  (tree, random) => {
    const copies = Array.from({ length: copiesOf(tree, random) }, () => tree);
    return random() < 0.3 ? { entries: copies.map((one, at) => [`${key(random)}${at}`, one]) } : { items: copies };
  },
  (tree, random) => {
    if (!('items' in tree)) return value(tree, random);
    const copies = Array.from({ length: copiesOf(tree, random) }, () => tree.items);
    return { items: copies.flat() };
  },
];

/** Few as a rule, and so many only where each is small. */
const copiesOf = (tree: Tree, random: Random): number => below(random, (random() ** 6 * MOST_PLACES) / placesOf(tree));

const placesOf = (tree: Tree): number => {
  if ('raw' in tree) return 1 + tree.raw.length / 20;
  const inside = 'items' in tree ? tree.items : tree.entries.map(([, held]) => held);
  return inside.reduce((sum, one) => sum + placesOf(one), 1);
};

function without(tree: Exclude<Tree, { raw: string }>, random: Random): Tree {
  if ('items' in tree) return { items: tree.items.toSpliced(below(random, tree.items.length), 1) };
  return { entries: tree.entries.toSpliced(below(random, tree.entries.length), 1) };
}

function withOneMore(tree: Exclude<Tree, { raw: string }>, random: Random): Tree {
  const one = value(tree, random);
  if ('items' in tree) return { items: tree.items.toSpliced(below(random, tree.items.length + 1), 0, one) };
  const name = random() < 0.5 ? key(random) : (pick(random, tree.entries) ?? [key(random)])[0];
  return { entries: tree.entries.toSpliced(below(random, tree.entries.length + 1), 0, [name, one]) };
}

type TextMutation = (text: string, random: Random) => string;

const TEXT_MUTATIONS: readonly TextMutation[] = [
  // A character becomes another one.
  (text, random) => {
    const at = below(random, text.length);
    return text.slice(0, at) + pick(random, CHARACTERS) + text.slice(at + 1);
  },
  // The end is missing.
  (text, random) => text.slice(0, below(random, text.length + 1)),
  // A part comes twice.
  (text, random) => {
    const at = below(random, text.length);
    return text.slice(0, at + below(random, 40)) + text.slice(at);
  },
  // A part is missing.
  (text, random) => {
    const at = below(random, text.length);
    return text.slice(0, at) + text.slice(at + 1 + below(random, 20));
  },
  // A number that many records have is one of its own, or nearly.
  (text, random) => {
    const most = pick(random, [3, 100, 2 ** 31]);
    return text.replace(/(?<=:)\d+/g, () => String(below(random, most)));
  },
];

/** `sample` changed in one to four ways at any depth; the same for the same random numbers. */
export function mutated(sample: unknown, random: Random): string {
  let tree = treeOf(sample);
  for (let left = below(random, 4); left > 0; left--) tree = changed(tree, random, pick(random, TREE_MUTATIONS));
  let text = textOf(tree);
  for (let left = below(random, 3); left > 0; left--) text = pick(random, TEXT_MUTATIONS)(text, random);
  return text;
}

/** `sample` with each of its places, one after the other, of every JSON type. */
export const inEveryType = (sample: unknown): string[] =>
  spotsOf(treeOf(sample)).flatMap(({ put }) => VALUES.map((raw) => textOf(put({ raw }))));
