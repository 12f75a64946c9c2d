/** How a typed property is read: Node-RED's own words. */
export type ValueType = 'msg' | 'flow' | 'global' | 'str' | 'num' | 'bool' | 'json' | 'jsonata' | 'env' | 'date';

/** The saved properties of a `dinstar-stop-sms` node (contract, dinstar-stop-sms). */
export interface StopSmsConfig {
  name: string;
  gateway: string;
  gatewayFrom: 'node' | 'msg';
  task: string;
  taskType: ValueType;
}

export const defaults: StopSmsConfig = {
  name: '',
  gateway: '',
  gatewayFrom: 'node',
  task: 'payload',
  taskType: 'msg',
};

/** Saved properties with the defaults for those that are missing: flows may name only what differs. */
export function normalise(saved: Partial<Record<keyof StopSmsConfig, unknown>>): StopSmsConfig {
  const given = Object.entries(saved).filter(
    ([key, value]) => key in defaults && value !== undefined && value !== null,
  );
  const { task, taskType, ...texts } = Object.fromEntries(given.map(([key, value]) => [key, String(value)]));
  // A cleared field means its default; without it there would be nothing to stop.
  return { ...defaults, ...texts, ...(task && { task, ...(taskType && { taskType: taskType as ValueType }) }) };
}
