/** Prints a moment (milliseconds since 1970) as the device does: local time, "YYYY-MM-DD HH:MM:SS", no zone. */
export type DeviceTime = (at: number) => string;

/** What `time_after` and `time_before` look like (manual 3.2). Such strings compare as the moments do. */
export const timestampPattern = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

/**
 * Makes the device's clock face for a zone (an IANA name; the machine's by default).
 * @throws RangeError for a zone that isn't known
 */
export function deviceTimeIn(timezone?: string): DeviceTime {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  let lastSecond = Number.NaN;
  let lastPrinted = '';
  return (at) => {
    // Formatting is slow and a burst of thousands of SMS falls into the same second.
    const second = Math.floor(at / 1000);
    if (second !== lastSecond) {
      const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
      lastPrinted = `${part.year}-${part.month}-${part.day} ${part.hour}:${part.minute}:${part.second}`;
      lastSecond = second;
    }
    return lastPrinted;
  };
}
