const IMF_FIXDATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

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
