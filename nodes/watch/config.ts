import type { Saved } from '../../lib/properties/saved';

/** The saved properties of a `dinstar-watch` node (contract, dinstar-watch). */
export interface WatchConfig {
  name: string;
  /** The ids of gateway nodes; none = all. */
  gateways: string[];
  /** Rows of `{ condition, threshold, hold, enabled }`; a condition without a row counts by its defaults. */
  conditions: unknown[];
  /** Hours between two test SMS of each gateway, from SIM to SIM; 0 = none. */
  canary: string;
  /** Numbers of SIMs that the gateways don't know: lines of a port or an ICCID, and the number. */
  canaryNumbers: string;
  /** The id of a metrics node, which works without as well: here it is made. */
  metrics: string;
}

export const defaults: WatchConfig = {
  name: '',
  gateways: [],
  conditions: [],
  canary: '0',
  canaryNumbers: '',
  metrics: '',
};

/** Saved properties with the defaults for those that are missing; the rows are left as they are. */
export function normalise(saved: Saved<WatchConfig>): WatchConfig {
  const { gateways = [], conditions = [] } = saved;
  const ids = Array.isArray(gateways) ? gateways.map(String) : [];
  return {
    name: String(saved.name ?? ''),
    gateways: ids.map((id) => id.trim()).filter((id) => id !== ''),
    conditions: Array.isArray(conditions) ? conditions : [],
    canary: String(saved.canary ?? defaults.canary),
    canaryNumbers: String(saved.canaryNumbers ?? ''),
    metrics: String(saved.metrics ?? ''),
  };
}
