/** How a typed property is read: Node-RED's own words. */
export type ValueType = 'msg' | 'flow' | 'global' | 'str' | 'num' | 'bool' | 'json' | 'jsonata' | 'env' | 'date';

/** Beside these, `hours`: the last so many hours before the question. */
export type TimeAfterType = ValueType | 'hours';

/** The saved properties of a `dinstar-cdr` node (contract, dinstar-cdr). */
export interface CdrConfig {
  name: string;
  gateway: string;
  gatewayFrom: 'node' | 'msg';
  /** `input`: asks when a message comes. `new`: emits new records by itself. */
  mode: 'input' | 'new';
  ports: string;
  portsType: ValueType;
  timeAfter: string;
  timeAfterType: TimeAfterType;
  timeBefore: string;
  timeBeforeType: ValueType;
  /** Seconds between two questions. */
  interval: number;
  output: 'array' | 'each';
}

export const defaults: CdrConfig = {
  name: '',
  gateway: '',
  gatewayFrom: 'node',
  mode: 'input',
  ports: '',
  portsType: 'str',
  timeAfter: '',
  timeAfterType: 'str',
  timeBefore: '',
  timeBeforeType: 'str',
  interval: 60,
  output: 'array',
};

/** Saved properties with the defaults for those that are missing, and of the right types. */
export function normalise(saved: Partial<Record<keyof CdrConfig, unknown>>): CdrConfig {
  const given = Object.entries(saved).filter(
    ([key, value]) => key in defaults && value !== undefined && value !== null,
  );
  const texts = Object.fromEntries(given.map(([key, value]) => [key, String(value)]));
  const interval = Number(texts.interval ?? defaults.interval);
  return { ...defaults, ...texts, interval: interval > 0 && interval <= 1e9 ? interval : defaults.interval };
}
