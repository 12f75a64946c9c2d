/** How much hangs on an object: members of lists, maps, sets and objects, and characters of texts. */
export interface Held {
  members: number;
  characters: number;
}

/** What can be reached from `root` by properties, lists, maps and sets. What only a closure or a `#field` holds isn't seen. */
export function heldBy(root: object): Held {
  const held: Held = { members: 0, characters: 0 };
  const seen = new Set<unknown>([root]);
  const left: object[] = [root];
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    for (const member of membersOf(one)) {
      held.members += 1;
      if (typeof member === 'string') held.characters += member.length;
      if (typeof member !== 'object' || member === null || seen.has(member)) continue;
      seen.add(member);
      left.push(member);
    }
  }
  return held;
}

function membersOf(one: object): unknown[] {
  if (ArrayBuffer.isView(one)) return [];
  if (one instanceof Map) return [...one.keys(), ...one.values()];
  if (one instanceof Set) return [...one];
  return Object.values(one);
}
