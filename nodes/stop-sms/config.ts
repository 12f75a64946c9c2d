import { oneOf, type Rules } from '../../lib/properties/rules';
import { type Saved, savedTexts } from '../../lib/properties/saved';
import type { Typed, ValueType } from '../../lib/properties/typed';

/** The saved properties of a `dinstar-stop-sms` node (contract, dinstar-stop-sms). */
export interface StopSmsConfig extends Typed<'task'> {
  name: string;
  gateway: string;
  gatewayFrom: 'node' | 'msg';
}

export const defaults: StopSmsConfig = {
  name: '',
  gateway: '',
  gatewayFrom: 'node',
  task: 'payload',
  taskType: 'msg',
};

/** What they may be, where not all of their kind. */
export const rules: Rules<StopSmsConfig> = {
  gatewayFrom: oneOf('node', 'msg'),
};

/** Saved properties with the defaults for those that are missing: flows may name only what differs. */
export function normalise(saved: Saved<StopSmsConfig>): StopSmsConfig {
  const { task, taskType, ...texts } = savedTexts(saved, defaults);
  // A cleared field means its default; without it there would be nothing to stop.
  return { ...defaults, ...texts, ...(task && { task, ...(taskType && { taskType: taskType as ValueType }) }) };
}
