import { oneOf, type Rules } from '../../lib/properties/rules';
import { type Saved, withDefaults } from '../../lib/properties/saved';
import type { Typed } from '../../lib/properties/typed';

/** The saved properties of a `dinstar-stk` node (contract, dinstar-stk). */
export interface StkConfig extends Typed<'port' | 'item' | 'param'> {
  name: string;
  gateway: string;
  gatewayFrom: 'node' | 'msg';
  action: 'view' | 'select' | 'input' | 'ok' | 'cancel' | 'home' | 'frame' | 'walk';
  /** Seconds for the next frame. */
  wait: string;
}

export const defaults: StkConfig = {
  name: '',
  gateway: '',
  gatewayFrom: 'node',
  port: 'port',
  portType: 'msg',
  action: 'view',
  item: 'payload',
  itemType: 'msg',
  param: 'payload',
  paramType: 'msg',
  wait: '10',
};

/** Properties that can't be empty: a cleared field means its default. */
const NEVER_EMPTY = ['port', 'action', 'item', 'param', 'wait'] as const;

/** What they may be, where not all of their kind. */
export const rules: Rules<StkConfig> = {
  gatewayFrom: oneOf('node', 'msg'),
};

/** Saved properties with the defaults for those that are missing: flows may name only what differs. */
export function normalise(saved: Saved<StkConfig>): StkConfig {
  return withDefaults(saved, defaults, NEVER_EMPTY);
}
