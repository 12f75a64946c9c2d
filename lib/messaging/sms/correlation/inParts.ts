/** Records entered in one go: the event loop gets a turn between as many. */
const MOST_TOGETHER = 64;

/**
 * Records in their order, those next to each other together that share no key: what an SMS changes by depends on what came before
 * it. One without a key stands alone.
 */
export function inParts<T>(records: readonly T[], keysOf: (record: T) => readonly string[]): T[][] {
  const parts: T[][] = [];
  const used = new Set<string>();
  let isOpen = false;
  for (const record of records) {
    const keys = keysOf(record);
    const last = parts.at(-1);
    const fits = isOpen && keys.length > 0 && !keys.some((key) => used.has(key));
    if (last && fits && last.length < MOST_TOGETHER) last.push(record);
    else {
      parts.push([record]);
      used.clear();
    }
    isOpen = keys.length > 0;
    for (const key of keys) used.add(key);
  }
  return parts;
}
