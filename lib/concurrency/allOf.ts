/** Waits for all, side by side, also where one fails; rejects with the first failure then. */
export async function allOf(all: readonly Promise<void>[]): Promise<void> {
  const ends = await Promise.allSettled(all);
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}
