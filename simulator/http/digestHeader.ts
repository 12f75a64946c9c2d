/** The parts of an `Authorization: Digest …` header, names in lower case (RFC 7616, 3.4). */
export type DigestParts = Readonly<Record<string, string>>;

/** Reads the header; undefined when it isn't one of Digest. */
export function readDigest(header: string): DigestParts | undefined {
  const rest = /^digest\s+(?=\S)/i.test(header) ? header.replace(/^digest\s+/i, '') : undefined;
  if (rest === undefined) return undefined;
  const parts: Record<string, string> = {};
  for (const [, name = '', quoted, plain] of rest.matchAll(
    /(?<![a-z0-9_*])([a-z0-9_*]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/gi,
  )) {
    parts[name.toLowerCase()] = quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1');
  }
  return parts;
}
