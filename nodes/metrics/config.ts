import { httpPath } from '../../lib/properties/httpPath';
import { type Rules, wholeFrom } from '../../lib/properties/rules';
import type { Saved } from '../../lib/properties/saved';

/** The saved properties of a `dinstar-metrics` node (contract, dinstar-metrics). */
export interface MetricsConfig {
  name: string;
  /** Under the HTTP node root. */
  path: string;
  /** A TCP port of its own; 0 = Node-RED's HTTP server. */
  listen: number;
  /** Addresses or CIDR blocks; empty = any. */
  allow: string;
  /** Addresses of proxies whose X-Forwarded-For counts. */
  trustProxy: string;
}

export const defaults: MetricsConfig = {
  name: '',
  path: '/dinstar',
  listen: 0,
  allow: '',
  trustProxy: '',
};

/** What they may be, where not all of their kind. */
export const rules: Rules<MetricsConfig> = {
  path: httpPath,
  listen: wholeFrom(0, 65_535),
};

/** Saved properties with the defaults for those that are missing, and of the right types. */
export function normalise(saved: Saved<MetricsConfig>): MetricsConfig {
  const text = (key: 'name' | 'path' | 'allow' | 'trustProxy'): string => String(saved[key] ?? defaults[key]).trim();
  const listen = Number(saved.listen || defaults.listen);
  return {
    name: text('name'),
    path: `/${text('path') || defaults.path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1'),
    listen: Number.isFinite(listen) && listen >= 0 ? listen : defaults.listen,
    allow: text('allow'),
    trustProxy: text('trustProxy'),
  };
}
