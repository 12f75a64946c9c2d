/** What a machine tells the others of its config nodes. Secrets and what could tell one are none of it. */
export interface Facts {
  /** The gateways that it could talk to, each by its first config node. */
  wants: string[];
  /** A digest of each config node's settings, by its id: to tell whether two machines differ. */
  settings: Record<string, string>;
  /** Digests of logins, by a key that no database holds: machines compare them where they call it the same. */
  logins: { key: string; of: Record<string, string> };
  /** Where the SMS of each gateway node are kept. */
  stores: Record<string, string>;
  /** The serial numbers that gateways have told it, by the ids of their nodes. */
  serials: Record<string, string>;
  /** A digest of which of our nodes are in its flows. */
  nodes: string;
}

type Plain = Record<string, unknown>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const textOf = (value: unknown): string => (isText(value) ? value : '');
const textsOf = (value: unknown): Record<string, string> =>
  isPlain(value)
    ? Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => isText(entry[1])))
    : {};

/** What another machine tells, as far as it can be read: it may be of another version. What can't be read counts as not told. */
export function readFacts(text: string): Facts {
  const told = parsed(text);
  const { wants, settings, logins, stores, serials, nodes }: Plain = isPlain(told) ? told : {};
  const { key, of }: Plain = isPlain(logins) ? logins : {};
  return {
    wants: Array.isArray(wants) ? wants.filter(isText) : [],
    settings: textsOf(settings),
    logins: { key: textOf(key), of: textsOf(of) },
    stores: textsOf(stores),
    serials: textsOf(serials),
    nodes: textOf(nodes),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
