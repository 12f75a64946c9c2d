import { MOST_SECONDS, numberFrom, oneOf, type Rules } from '../../lib/properties/rules';
import { type Saved, withDefaults } from '../../lib/properties/saved';
import type { Typed, ValueType } from '../../lib/properties/typed';

/** Beside these, `hours`: the last so many hours before the question. */
export type TimeAfterType = ValueType | 'hours';

/** The saved properties of a `dinstar-cdr` node (contract, dinstar-cdr). */
export interface CdrConfig extends Typed<'ports' | 'timeBefore'>, Typed<'timeAfter', TimeAfterType> {
  name: string;
  gateway: string;
  gatewayFrom: 'node' | 'msg';
  /** `input`: asks when a message comes. `new`: emits new records by itself. */
  mode: 'input' | 'new';
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

/** What they may be, where not all of their kind. */
export const rules: Rules<CdrConfig> = {
  gatewayFrom: oneOf('node', 'msg'),
  mode: oneOf('input', 'new'),
  interval: numberFrom(0.1, MOST_SECONDS),
  output: oneOf('array', 'each'),
};

/** Saved properties with the defaults for those that are missing, and of the right types. */
export function normalise(saved: Saved<CdrConfig>): CdrConfig {
  const texts = withDefaults(saved, defaults);
  const interval = Number(texts.interval);
  return { ...texts, interval: interval > 0 && interval <= 1e9 ? interval : defaults.interval };
}
