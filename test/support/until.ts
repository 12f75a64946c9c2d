/** More than the slowest thing takes on the busiest machine: what doesn't hold by then never will. */
const PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = { first: 2, last: 100 };

type No = undefined | null | false;

/**
 * Looks again and again, in real time, and resolves with what it sees once that is no `undefined`, `null` or `false`; an error
 * counts as a no. Fails after a minute, with the last error where there was one.
 */
export async function until<T>(look: () => T | No | Promise<T | No>, what = 'it'): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  let last: unknown = new Error(`${what} was waited for in vain`);
  const seen = (): Promise<T | No> =>
    Promise.resolve()
      .then(look)
      .catch((error: unknown) => {
        last = error;
        return undefined;
      });
  for (let ms = LOOK_AGAIN_MS.first; ; ms = Math.min(ms * 1.5, LOOK_AGAIN_MS.last)) {
    const found = await seen();
    if (found !== undefined && found !== null && found !== false) return found;
    if (Date.now() > end) throw last;
    await new Promise((resolve) => setTimeout(resolve, ms));
  }
}
