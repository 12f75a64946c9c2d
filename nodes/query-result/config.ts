/** How a typed property is read: Node-RED's own words. */
export type ValueType = 'msg' | 'flow' | 'global' | 'str' | 'num' | 'bool' | 'json' | 'jsonata' | 'env' | 'date';

/** The saved properties of a `dinstar-query-result` node (contract, dinstar-query-result). */
export interface QueryResultConfig {
  name: string;
  gateway: string;
  gatewayFrom: 'node' | 'msg';
  query: 'result' | 'delivery' | 'queue' | 'status';
  filter: string;
  filterType: ValueType;
  output: 'array' | 'each';
}

export const defaults: QueryResultConfig = {
  name: '',
  gateway: '',
  gatewayFrom: 'node',
  query: 'result',
  filter: 'payload',
  filterType: 'msg',
  output: 'array',
};

/** Saved properties with the defaults for those that are missing: flows may name only what differs. */
export function normalise(saved: Partial<Record<keyof QueryResultConfig, unknown>>): QueryResultConfig {
  const given = Object.entries(saved).filter(
    ([key, value]) => key in defaults && value !== undefined && value !== null,
  );
  return { ...defaults, ...Object.fromEntries(given.map(([key, value]) => [key, String(value)])) };
}
