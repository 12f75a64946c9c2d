// RFC 9110, 5.6.7: the form of today, and the two that may still be met.
const IMF_FIXDATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const RFC_850 = /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/;
const ASCTIME = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

/** The moment that a header names (ms since 1970), in one of the three forms of HTTP; undefined where it names none. */
export function readHttpDate(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  const isKnown = IMF_FIXDATE.test(text) || RFC_850.test(text);
  const told = Date.parse(isKnown ? text : ASCTIME.test(text) ? `${text} GMT` : '');
  return Number.isNaN(told) ? undefined : told;
}

/**
 * Milliseconds that the clock of whoever wrote a Date header (RFC 9110, 6.6.1) is ahead of ours, to about a second.
 * Undefined without a header in GMT: small web servers also write their local time there, which tells nothing.
 * @param between when the request left and when its answer was here, by our clock, in ms
 */
export function clockAhead(header: string | undefined, between: { from: number; to: number }): number | undefined {
  if (header === undefined || !IMF_FIXDATE.test(header)) return undefined;
  const told = Date.parse(header);
  // The header leaves out what has passed of its second.
  return Number.isNaN(told) ? undefined : told + 500 - (between.from + between.to) / 2;
}
