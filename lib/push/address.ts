import { isIP, isIPv4, SocketAddress } from 'node:net';

/** An IP address in the one form that can be compared: shortest IPv6 notation, IPv4 unmapped, no zone. */
export interface CanonicalAddress {
  address: string;
  family: 'ipv4' | 'ipv6';
}

const MAPPED_IPV4 = '::ffff:';

/**
 * The address that `text` writes, as a socket or a URL gives it: `::ffff:10.0.0.1` is `10.0.0.1`, `[FE80:0::1]` and
 * `fe80::1%eth0` are `fe80::1`. Undefined when it is no IP address, such as a host name.
 */
export function canonicalAddress(text: string): CanonicalAddress | undefined {
  const bare = withoutZone(withoutBrackets(text.trim()));
  if (isIP(bare) === 0) return undefined;
  if (isIPv4(bare)) return { address: bare, family: 'ipv4' };
  const { address } = new SocketAddress({ address: bare, family: 'ipv6' });
  const inner = address.startsWith(MAPPED_IPV4) ? address.slice(MAPPED_IPV4.length) : '';
  return isIPv4(inner) ? { address: inner, family: 'ipv4' } : { address, family: 'ipv6' };
}

/** Returns an address in a form by which two of them are one place: this machine is one, however it is written (`localhost`, `::1`). */
export function comparableAddress(host: string): string | undefined {
  if (host.trim().toLowerCase() === 'localhost') return '127.0.0.1';
  const address = canonicalAddress(host)?.address;
  return address === '::1' ? '127.0.0.1' : address;
}

function withoutBrackets(text: string): string {
  return text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
}

function withoutZone(text: string): string {
  const zone = text.indexOf('%');
  return zone === -1 ? text : text.slice(0, zone);
}
