/** What a machine tells the others of its config nodes. Secrets and what could tell one are none of it. */
export interface Facts {
  /** The gateways that it could talk to, each by its first config node. */
  wants: string[];
  /** A digest of each config node's settings, by its id: to tell whether two machines differ. */
  settings: Record<string, string>;
  /** The same of logins, by a key that no database holds: machines compare them where they call it the same. */
  logins: { key: string; of: Record<string, string> };
  /** Where the SMS of each gateway node are kept. */
  stores: Record<string, string>;
  /** The serial numbers that gateways have told it, by the ids of their nodes. */
  serials: Record<string, string>;
  /** A digest of which of our nodes are in its flows. */
  nodes: string;
}

const NOTHING: Facts = { wants: [], settings: {}, logins: { key: '', of: {} }, stores: {}, serials: {}, nodes: '' };

/** What another machine tells, as far as it can be read: it may be of another version. */
export function readFacts(text: string): Facts {
  try {
    return { ...NOTHING, ...(JSON.parse(text) as Partial<Facts> | null) };
  } catch {
    return NOTHING;
  }
}
