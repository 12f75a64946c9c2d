/** Every key under which the store keeps a note, with what the note holds. Nodes are named by Node-RED's ids. */
export const noteKeys = {
  /** How what is stored stands to the wall clock (docs/decisions/0028). */
  time: 'time',
  /** Since when nodes that have notes are missing in the flows: pairs of an id and ms since 1970. */
  missingNodes: 'missing nodes',
  /** The key of digests by which different recipients are counted. */
  digestKey: 'digest key',
  /** The address that a gateway node's SMS were given to last. */
  gatewayAddress: (gateway: string): string => `address of ${gateway}`,
  /** The gateway node of a key of {@link gatewayAddress}; undefined = it is another one. */
  gatewayOfAddress: (key: string): string | undefined => /^address of (.*)$/s.exec(key)?.[1],
  /** That the gateway at an address has asked for Digest. */
  digest: (address: string): string => `digest at ${address}`,
  /** The hours in which a `send sms` node lets its SMS leave. */
  nodeHours: (node: string): string => `hours of ${node}`,
  /** The serial number of the device that answers at an address. */
  device: (address: string): string => `sms device ${address}`,
  /** Which incoming SMS of a device a node has had. */
  inboxCursor: (gateway: string, node: string, device: string): string => `sms seen ${gateway} ${node} ${device}`,
  /** The SMS that a node is about to emit. */
  emitOutbox: (gateway: string, node: string): string => `sms handed ${gateway} ${node}`,
  /** What a node has told of each port last. */
  portWatch: (gateway: string, node: string): string => `ports of ${gateway} told by ${node}`,
  /** What is remembered of a SIM card beside its counters. */
  card: (card: string): string => `card ${card}`,
  /** What a node has told of each SIM of a gateway. */
  simWatch: (gateway: string, node: string): string => `SIMs of ${gateway} told by ${node}`,
  /** What has become of the test SMS from SIM to SIM of the gateway at an address. */
  canary: (address: string): string => `test SMS at ${address}`,
  /** What a node has told of gateways' health and not yet taken back. */
  health: (node: string): string => `health told by ${node}`,
  /** The store's own name, once messages were moved to it. */
  identity: 'name of this store',
  /** That all of the store is being moved elsewhere: nobody opens it. */
  moving: 'being moved',
  /** That what a move has brought is here, all of it. */
  moved: (id: string): string => `moved here ${id}`,
  /** The beginning of the keys of which call records a node has seen: 64 parts of them, and what is known beside them. */
  cdrWatch: (gateway: string, node: string): string => `cdr/${node}/${gateway}/`,
} as const;

const OF_NODES = [
  /^address of (?<gateway>\S+)$/,
  /^hours of (\S+)$/,
  /^sms seen (?<gateway>\S+) (\S+) /,
  /^sms handed (?<gateway>\S+) (\S+)$/,
  /^ports of (?<gateway>\S+) told by (\S+)$/,
  /^SIMs of (?<gateway>\S+) told by (\S+)$/,
  /^health told by (\S+)$/,
  /^cdr\/([^/]+)\/(?<gateway>[^/]+)\//,
];

const matchOf = (key: string): RegExpExecArray | undefined =>
  OF_NODES.map((pattern) => pattern.exec(key)).find((match) => match !== null) ?? undefined;

/** The ids of the nodes without which a note means nothing; none where it belongs to no node. */
export function ownersOf(key: string): string[] {
  return matchOf(key)?.slice(1) ?? [];
}

/** Whose note it is: a gateway node's, that of another node alone, or nobody's. */
export function holderOfNote(key: string): { gateway: string } | 'node' | 'nobody' {
  const match = matchOf(key);
  const gateway = match?.groups?.gateway;
  if (gateway !== undefined) return { gateway };
  return match ? 'node' : 'nobody';
}
