/** What a machine tells the others of its config nodes. */
export interface Facts {
  /** The gateways that it could talk to, each by its first config node. */
  wants: string[];
  /** A digest of each config node's settings, by its id: to tell whether two machines differ. */
  settings: Record<string, string>;
  /** The names of config nodes, by their ids. */
  names: Record<string, string>;
}

/** What another machine tells, as far as it can be read: it may be of another version. */
export function readFacts(text: string): Facts {
  try {
    const told = JSON.parse(text) as Partial<Facts> | null;
    return { wants: told?.wants ?? [], settings: told?.settings ?? {}, names: told?.names ?? {} };
  } catch {
    return { wants: [], settings: {}, names: {} };
  }
}
