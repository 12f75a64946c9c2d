/** How a typed property is read: Node-RED's own words. */
export type ValueType = 'msg' | 'flow' | 'global' | 'str' | 'num' | 'bool' | 'json' | 'jsonata' | 'env' | 'date';

/** The saved properties of a `dinstar-send-sms` node (contract, dinstar-send-sms). */
export interface SendSmsConfig {
  name: string;
  gateway: string;
  gatewayFrom: 'node' | 'msg';
  to: string;
  toType: ValueType;
  text: string;
  textType: ValueType;
  ports: string;
  portsType: ValueType;
  encoding: string;
  encodingType: ValueType;
  statusReport: string;
  statusReportType: ValueType;
  userId: string;
  userIdType: ValueType;
  key: string;
  keyType: ValueType;
  priority: string;
  priorityType: ValueType;
  validity: string;
  validityType: ValueType;
  until: string;
  untilType: ValueType;
  wait: string;
  waitType: ValueType;
  onTimeout: 'keep' | 'withdraw';
}

export const defaults: SendSmsConfig = {
  name: '',
  gateway: '',
  gatewayFrom: 'node',
  to: 'to',
  toType: 'msg',
  text: 'payload',
  textType: 'msg',
  ports: '',
  portsType: 'str',
  encoding: 'auto',
  encodingType: 'str',
  statusReport: 'true',
  statusReportType: 'bool',
  userId: '',
  userIdType: 'str',
  key: '',
  keyType: 'str',
  priority: 'normal',
  priorityType: 'str',
  validity: '86400',
  validityType: 'num',
  until: 'sent',
  untilType: 'str',
  wait: '300',
  waitType: 'num',
  onTimeout: 'keep',
};

/** Properties that can't be empty: a cleared field means its default, not 0 seconds. */
const NEVER_EMPTY = ['encoding', 'statusReport', 'priority', 'validity', 'until', 'wait'] as const;

/** Saved properties with the defaults for those that are missing: flows may name only what differs. */
export function normalise(saved: Partial<Record<keyof SendSmsConfig, unknown>>): SendSmsConfig {
  const given = Object.entries(saved).filter(
    ([key, value]) => key in defaults && value !== undefined && value !== null,
  );
  const texts = Object.fromEntries(given.map(([key, value]) => [key, String(value)]));
  const cleared = NEVER_EMPTY.filter((key) => texts[key] === '').flatMap((key) => [key, `${key}Type`]);
  return { ...defaults, ...Object.fromEntries(Object.entries(texts).filter(([key]) => !cleared.includes(key))) };
}
