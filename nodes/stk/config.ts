/** How a typed property is read: Node-RED's own words. */
export type ValueType = 'msg' | 'flow' | 'global' | 'str' | 'num' | 'bool' | 'json' | 'jsonata' | 'env' | 'date';

/** The saved properties of a `dinstar-stk` node (contract, dinstar-stk). */
export interface StkConfig {
  name: string;
  gateway: string;
  gatewayFrom: 'node' | 'msg';
  port: string;
  portType: ValueType;
  action: 'view' | 'select' | 'input' | 'ok' | 'cancel' | 'home' | 'frame' | 'walk';
  item: string;
  itemType: ValueType;
  param: string;
  paramType: ValueType;
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

/** Saved properties with the defaults for those that are missing: flows may name only what differs. */
export function normalise(saved: Partial<Record<keyof StkConfig, unknown>>): StkConfig {
  const given = Object.entries(saved).filter(
    ([key, value]) => key in defaults && value !== undefined && value !== null,
  );
  const texts = Object.fromEntries(given.map(([key, value]) => [key, String(value)]));
  const cleared = NEVER_EMPTY.filter((key) => texts[key] === '').flatMap((key) => [key, `${key}Type`]);
  return { ...defaults, ...Object.fromEntries(Object.entries(texts).filter(([key]) => !cleared.includes(key))) };
}
