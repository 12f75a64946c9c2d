import { oneOf, type Rules } from '../../lib/properties/rules';
import { type Saved, savedTexts } from '../../lib/properties/saved';
import type { Typed } from '../../lib/properties/typed';

/** The saved properties of a `dinstar-ussd` node (contract, dinstar-ussd). */
export interface UssdConfig extends Typed<'ports' | 'text'> {
  name: string;
  gateway: string;
  gatewayFrom: 'node' | 'msg';
  action: 'dialog' | 'send' | 'read' | 'cancel';
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

/** What they may be, where not all of their kind. */
export const rules: Rules<UssdConfig> = {
  gatewayFrom: oneOf('node', 'msg'),
  output: oneOf('array', 'each'),
};

/** Saved properties with the defaults for those that are missing: flows may name only what differs. */
export function normalise(saved: Saved<UssdConfig>): UssdConfig {
  const { wait, action, ...texts } = savedTexts(saved, defaults);
  // A cleared field means its default, not 0 seconds.
  return {
    ...defaults,
    ...texts,
    ...(action && { action: action as UssdConfig['action'] }),
    ...(wait?.trim() && { wait }),
  };
}
