import { comparableAddress } from './address';

/** A gateway that a push may belong to. */
export interface PushCandidate {
  id: string;
  /** Serial number, configured or learned from its replies. */
  sn?: string;
  /** The host of its URL: a name, an IPv4 address, or an IPv6 address with or without brackets. */
  host: string;
}

/** Whose push it is, and what told: the receiver's own setting, the serial number, or where the push came from. */
export interface IdentifiedGateway {
  id: string;
  by: 'setting' | 'sn' | 'address';
}

/**
 * Which gateway a push belongs to (contract: push receiver). The receiver's setting `fixed` decides alone: an id that is
 * not among `gateways` is nobody. Else the serial number, of several gateways with the same one the first; else the
 * source address, where exactly one gateway's URL has it as an IP address (names are not resolved; `localhost`,
 * `127.0.0.1` and `::1` are one). Undefined: nobody's.
 */
export function identifyGateway(
  push: { sn?: string; address: string },
  gateways: readonly PushCandidate[],
  fixed?: string,
): IdentifiedGateway | undefined {
  if (fixed)
    return identified(
      'setting',
      gateways.find(({ id }) => id === fixed),
    );
  return (
    identified('sn', bySerialNumber(push.sn, gateways)) ?? identified('address', byAddress(push.address, gateways))
  );
}

function identified(by: IdentifiedGateway['by'], gateway: PushCandidate | undefined): IdentifiedGateway | undefined {
  return gateway && { id: gateway.id, by };
}

// People copy a serial number from a label or a web page: neither case nor spaces around it tell two devices apart.
function bySerialNumber(sn: string | undefined, gateways: readonly PushCandidate[]): PushCandidate | undefined {
  const wanted = sn?.trim().toLowerCase();
  return wanted ? gateways.find((gateway) => gateway.sn?.trim().toLowerCase() === wanted) : undefined;
}

// Two gateways behind one address (port forwarding) can't be told apart by it: feeding the wrong one is worse than none.
function byAddress(address: string, gateways: readonly PushCandidate[]): PushCandidate | undefined {
  const source = comparableAddress(address);
  const there = source === undefined ? [] : gateways.filter(({ host }) => comparableAddress(host) === source);
  return there.length === 1 ? there[0] : undefined;
}
