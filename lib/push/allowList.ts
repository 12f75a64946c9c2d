import { BlockList } from 'node:net';
import { canonicalAddress } from './address';

/** Addresses and blocks that a receiver accepts; made by {@link parseAllowList}. */
export interface AllowList {
  readonly empty: boolean;
  // One list a family, so that `::/0` means every IPv6 client and never, by way of mapped addresses, an IPv4 one.
  readonly ipv4: BlockList;
  readonly ipv6: BlockList;
}

const BITS = { ipv4: 32, ipv6: 128 } as const;

/**
 * Reads addresses and CIDR blocks, IPv4 or IPv6, separated by commas, spaces or lines (contract: push receiver, `allow`
 * and `trustProxy`). Bits after the prefix don't matter; an IPv4-mapped IPv6 entry is read as its IPv4 one. Nothing
 * but separators is the empty list. Throws a RangeError that names the first entry which is neither.
 */
export function parseAllowList(text: string): AllowList {
  const entries = text.split(/[\s,]/).filter((entry) => entry !== '');
  const list = { empty: entries.length === 0, ipv4: new BlockList(), ipv6: new BlockList() };
  for (const entry of entries) {
    const { address, family, prefix } = readBlock(entry);
    list[family].addSubnet(address, prefix, family);
  }
  return list;
}

/** Whether `address` is in the list; the empty list allows any, also what is no IP address. */
export function allows(list: AllowList, address: string): boolean {
  return list.empty || contains(list, address);
}

/**
 * The client behind trusted proxies: the nearest address, from the socket back through `X-Forwarded-For` from right to
 * left, that isn't a trusted proxy's. What a proxy that nobody trusts has written is never read, and neither is anything
 * to the left of an entry that is no address. No trusted proxies (an empty list): the socket's own address.
 */
export function sourceAddress(
  remoteAddress: string,
  xForwardedFor: string | undefined,
  trustedProxies: AllowList,
): string {
  const hops = (xForwardedFor ?? '').split(',');
  let source = canonicalAddress(remoteAddress)?.address ?? remoteAddress;
  while (hops.length > 0 && contains(trustedProxies, source)) {
    const hop = canonicalAddress(withoutPort(hops.pop() as string));
    if (!hop) break;
    source = hop.address;
  }
  return source;
}

function contains(list: AllowList, text: string): boolean {
  const found = canonicalAddress(text);
  return found !== undefined && list[found.family].check(found.address, found.family);
}

function readBlock(entry: string): { address: string; family: 'ipv4' | 'ipv6'; prefix: number } {
  const [host = '', length, ...more] = entry.split('/');
  const found = canonicalAddress(host);
  if (!found || host.includes('%') || more.length > 0) throw badEntry(entry);
  const written = host.includes(':') ? BITS.ipv6 : BITS.ipv4;
  const prefix = length === undefined ? written : Number(length);
  if (!/^\d{1,3}$/.test(length ?? '0') || prefix > written) throw badEntry(entry);
  const mapped = written - BITS[found.family];
  // A block wider than the mapped range itself isn't an IPv4 block.
  if (prefix < mapped) throw badEntry(entry);
  return { ...found, prefix: prefix - mapped };
}

function badEntry(entry: string): RangeError {
  return new RangeError(`"${entry}" is neither an IP address nor a block such as 192.168.1.0/24 or fd00::/8`);
}

// Some proxies add the client's port: `10.0.0.1:4711`, `[fd00::1]:4711`.
function withoutPort(hop: string): string {
  return hop.trim().replace(/^([\d.]+|\[[^\]]*\]):\d+$/, '$1');
}
