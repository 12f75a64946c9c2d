/** How a typed property is read: Node-RED's own words. */
export type ValueType = 'msg' | 'flow' | 'global' | 'str' | 'num' | 'bool' | 'json' | 'jsonata' | 'env' | 'date';

/** The saved properties of a `dinstar-ussd` node (contract, dinstar-ussd). */
export interface UssdConfig {
  name: string;
  gateway: string;
  gatewayFrom: 'node' | 'msg';
  action: 'dialog' | 'send' | 'read' | 'cancel';
  ports: string;
  portsType: ValueType;
  text: string;
  textType: ValueType;
  /** Seconds. */
  wait: string;
  output: 'array' | 'each';
}

export const defaults: UssdConfig = {
  name: '',
  gateway: '',
  gatewayFrom: 'node',
  action: 'dialog',
  ports: 'port',
  portsType: 'msg',
  text: 'payload',
  textType: 'msg',
  wait: '30',
  output: 'each',
};

/** Saved properties with the defaults for those that are missing: flows may name only what differs. */
export function normalise(saved: Partial<Record<keyof UssdConfig, unknown>>): UssdConfig {
  const given = Object.entries(saved).filter(
    ([key, value]) => key in defaults && value !== undefined && value !== null,
  );
  const { wait, action, ...texts } = Object.fromEntries(given.map(([key, value]) => [key, String(value)]));
  // A cleared field means its default, not 0 seconds.
  return {
    ...defaults,
    ...texts,
    ...(action && { action: action as UssdConfig['action'] }),
    ...(wait?.trim() && { wait }),
  };
}
