import { MOST_SECONDS, numberFrom, oneOf, type Rules } from '../../lib/properties/rules';
import type { Saved } from '../../lib/properties/saved';
import type { Typed } from '../../lib/properties/typed';

/** What a message may set, too. */
export const TYPED = ['port', 'action', 'param'] as const;

/** The saved properties of a `dinstar-set-port` node (contract, dinstar-set-port). Slot, power, imei and number have a `param`. */
export interface SetPortConfig extends Typed<(typeof TYPED)[number]> {
  name: string;
  gateway: string;
  gatewayFrom: 'node' | 'msg';
  /** Whether actions that may cut a line off are done. */
  allow: boolean;
  /** Seconds to wait until the port has registered again; 0 = don't. */
  settle: number;
}

export const defaults: SetPortConfig = {
  name: '',
  gateway: '',
  gatewayFrom: 'node',
  port: 'port',
  portType: 'msg',
  action: 'reset',
  actionType: 'str',
  param: '',
  paramType: 'str',
  allow: false,
  settle: 0,
};

/** What they may be, where not all of their kind. */
export const rules: Rules<SetPortConfig> = {
  gatewayFrom: oneOf('node', 'msg'),
  settle: numberFrom(0, MOST_SECONDS),
};

/** Saved properties with the defaults for those that are missing, and of the right types. */
export function normalise(saved: Saved<SetPortConfig>): SetPortConfig {
  const text = <Key extends Exclude<keyof SetPortConfig, 'allow' | 'settle'>>(key: Key) =>
    String(saved[key] ?? defaults[key]) as SetPortConfig[Key];
  const settle = Number(saved.settle ?? defaults.settle);
  return {
    name: text('name'),
    gateway: text('gateway'),
    gatewayFrom: text('gatewayFrom'),
    port: text('port'),
    portType: text('portType'),
    action: text('action'),
    actionType: text('actionType'),
    param: text('param'),
    paramType: text('paramType'),
    allow: saved.allow === true || saved.allow === 'true',
    settle: Number.isFinite(settle) && settle >= 0 ? settle : defaults.settle,
  };
}
