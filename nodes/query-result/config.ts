import { oneOf, type Rules } from '../../lib/properties/rules';
import { type Saved, withDefaults } from '../../lib/properties/saved';
import type { Typed } from '../../lib/properties/typed';

/** The saved properties of a `dinstar-query-result` node (contract, dinstar-query-result). */
export interface QueryResultConfig extends Typed<'filter'> {
  name: string;
  gateway: string;
  gatewayFrom: 'node' | 'msg';
  query: 'result' | 'delivery' | 'queue' | 'status';
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

/** What they may be, where not all of their kind. */
export const rules: Rules<QueryResultConfig> = {
  gatewayFrom: oneOf('node', 'msg'),
  query: oneOf('result', 'delivery', 'queue', 'status'),
  output: oneOf('array', 'each'),
};

/** Saved properties with the defaults for those that are missing: flows may name only what differs. */
export function normalise(saved: Saved<QueryResultConfig>): QueryResultConfig {
  return withDefaults(saved, defaults);
}
