import { isRecord } from './records';

/** Bytes of an answer that are read: some models cap theirs at about 8 KB (field notes), and none has a use for more. */
export const LONGEST_ANSWER = 512 * 1024;
/** Records of a list that are read, and fields of a record. */
const MOST_RECORDS = 5000;
/** An answer of the manual has four levels. What is told on is cloned and written by recursion, which thousands would exhaust. */
const DEEPEST = 32;

/** Leaves of each list of `body` the first 5,000 records; true where there were more. */
export function capLists(body: Record<string, unknown>): boolean {
  let isCut = false;
  for (const [key, value] of Object.entries(body)) {
    const list = isRecord(value) ? Object.values(value) : value;
    if (!Array.isArray(list) || list.length <= MOST_RECORDS) continue;
    body[key] = list.slice(0, MOST_RECORDS);
    isCut = true;
  }
  return isCut;
}

/**
 * Empties what lies deeper than 32 levels in a value made of JSON, and leaves each object its first 5,000 fields; true where
 * there was more. Level by level instead of by recursion, in time in proportion to the number of values.
 */
export function flatten(root: object): boolean {
  let isDeep = false;
  let level = [root];
  for (let depth = 1; level.length > 0; depth++) {
    const below: object[] = [];
    for (const parent of level as Record<string, unknown>[]) {
      const keys = Object.keys(parent);
      if (keys.length > MOST_RECORDS && !Array.isArray(parent)) {
        for (const key of keys.splice(MOST_RECORDS)) delete parent[key];
        isDeep = true;
      }
      for (const key of keys) {
        const child = parent[key];
        if (typeof child !== 'object' || child === null) continue;
        if (depth < DEEPEST) below.push(child);
        else {
          parent[key] = null;
          isDeep = true;
        }
      }
    }
    level = below;
  }
  return isDeep;
}
