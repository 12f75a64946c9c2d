/** As many of the first records as fit into `bytes` of JSON: some models cap their replies (field notes). At least one. */
export function cutToSize<T>(records: readonly T[], bytes: number): T[] {
  // What stands around the list in a reply, and the other keys.
  let used = 120;
  const end = records.findIndex((record, index) => {
    used += Buffer.byteLength(JSON.stringify(record)) + 1;
    return used > bytes && index > 0;
  });
  return end < 0 ? [...records] : records.slice(0, end);
}
