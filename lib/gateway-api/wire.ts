/** An HTTP request as it goes on the wire. */
export interface WireRequest {
  method: 'GET' | 'POST';
  url: URL;
  /** JSON; none for a GET. */
  body?: string;
  /** Whether it changes something, so that it must not be made twice by accident. */
  changes: boolean;
  /** Returns the request's Authorization header; made anew each time that it goes on the wire. */
  sign?: () => string | undefined;
}

/** A whole HTTP answer. */
export interface WireAnswer {
  status: number;
  /** By lower-case name; fields that came several times are joined by commas. */
  headers: Readonly<Record<string, string>>;
  text: string;
  /** The body was longer than what is read of one, and this is its beginning. */
  isCut?: true;
}

/** Headers as a {@link WireAnswer} has them. */
export function plainHeaders(headers: object): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}
