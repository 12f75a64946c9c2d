import { oneOf, type Rules } from '../../lib/properties/rules';
import type { Saved } from '../../lib/properties/saved';
import type { Typed } from '../../lib/properties/typed';

/** What a message may set, too. */
export const TYPED = ['action', 'port', 'iccid', 'param'] as const;

/** The saved properties of a `dinstar-sim-care` node (contract, dinstar-sim-care). `rest` and `set` have a `param`. */
export interface SimCareConfig extends Typed<(typeof TYPED)[number]> {
  name: string;
  gateway: string;
  gatewayFrom: 'node' | 'msg';
  mode: 'input' | 'watch';
}

export const defaults: SimCareConfig = {
  name: '',
  gateway: '',
  gatewayFrom: 'node',
  mode: 'input',
  action: 'usage',
  actionType: 'str',
  port: 'port',
  portType: 'msg',
  iccid: 'iccid',
  iccidType: 'msg',
  param: '',
  paramType: 'str',
};

/** What they may be, where not all of their kind. */
export const rules: Rules<SimCareConfig> = {
  gatewayFrom: oneOf('node', 'msg'),
  mode: oneOf('input', 'watch'),
};

/** Saved properties with the defaults for those that are missing, and of the right types. */
export function normalise(saved: Saved<SimCareConfig>): SimCareConfig {
  const text = <Key extends keyof SimCareConfig>(key: Key) => String(saved[key] ?? defaults[key]) as SimCareConfig[Key];
  return {
    name: text('name'),
    gateway: text('gateway'),
    gatewayFrom: text('gatewayFrom'),
    mode: text('mode'),
    action: text('action'),
    actionType: text('actionType'),
    port: text('port'),
    portType: text('portType'),
    iccid: text('iccid'),
    iccidType: text('iccidType'),
    param: text('param'),
    paramType: text('paramType'),
  };
}
