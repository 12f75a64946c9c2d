const DAY_MS = 24 * 3600 * 1000;

const isNear = (at: number, now: number): boolean => Math.abs(now - at) < DAY_MS / 2;

/** The editor's language, written as in the user's country where the browser speaks it, too: British clocks have 24 hours. */
function locale(): string {
  const language = RED.i18n.lang();
  const [base] = language.split('-');
  const { navigator } = globalThis as { navigator?: { languages: readonly string[] } };
  return navigator?.languages.find((one) => one.split('-')[0] === base) ?? language;
}

/** A moment as a clock shows it, with its date if that is another day's. */
export function moment(at: number, now: number): string {
  const date = new Date(at);
  return isNear(at, now) ? date.toLocaleTimeString(locale()) : date.toLocaleString(locale());
}

/** A moment to come, to the minute, with its date if that is another day's. */
export function soon(at: number, now: number): string {
  const date = new Date(at);
  // Not `hour: '2-digit'`: "09:51 AM" is nobody's writing.
  if (isNear(at, now)) return date.toLocaleTimeString(locale(), { timeStyle: 'short' });
  return date.toLocaleString(locale(), { dateStyle: 'short', timeStyle: 'short' });
}
