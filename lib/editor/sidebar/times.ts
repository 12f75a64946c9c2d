const DAY_MS = 24 * 3600 * 1000;

/** A moment as a clock shows it, with its date if that is another day's. */
export function moment(at: number, now: number): string {
  const date = new Date(at);
  return now - at < DAY_MS / 2 ? date.toLocaleTimeString() : date.toLocaleString();
}
