const DAY_MS = 24 * 3600 * 1000;

const isNear = (at: number, now: number): boolean => Math.abs(now - at) < DAY_MS / 2;

/** A moment as a clock shows it, with its date if that is another day's. */
export function moment(at: number, now: number): string {
  const date = new Date(at);
  return isNear(at, now) ? date.toLocaleTimeString() : date.toLocaleString();
}

/** A moment to come, to the minute, with its date if that is another day's. */
export function soon(at: number, now: number): string {
  const time = { hour: '2-digit', minute: '2-digit' } as const;
  const date = new Date(at);
  if (isNear(at, now)) return date.toLocaleTimeString([], time);
  return date.toLocaleString([], { ...time, day: 'numeric', month: 'numeric', year: 'numeric' });
}
