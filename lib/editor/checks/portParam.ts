import { cleanNumber, LONGEST_NUMBER } from '../../numbers/clean';
import type { Check, Sibling } from '../problem';

/** What the param of each action looks like; the others have none. */
const PARAMS: Record<string, { is: RegExp; key: string }> = {
  slot: { is: /^\s*[0-3]\s*$/, key: 'common.error.slot' },
  reset: { is: /^\s*(?:[\w.-]{1,32}\s*)?$/, key: 'common.error.resetParam' },
  power: { is: /^\s*(?:on|off|true|false)\s*$/i, key: 'common.error.onOff' },
  imei: { is: /^\s*\d{15}\s*$/, key: 'common.error.imei' },
  number: { is: new RegExp(`^.{1,${LONGEST_NUMBER}}$`), key: 'common.error.portNumber' },
};

/** The action that is fixed in the node; empty when a message brings it. */
export const fixedAction = (sibling: Sibling): string => (sibling('actionType') === 'str' ? sibling('action') : '');

/** Whether an action may have a param; one that a message brings may. */
export const hasParam = (action: string): boolean => action === '' || action in PARAMS;

/** What a port is told, fitting a fixed action. */
export const portParam: Check = (value, sibling) => {
  const wanted = PARAMS[fixedAction(sibling)];
  if (wanted === undefined) return undefined;
  const cleaned = fixedAction(sibling) === 'number' ? cleanNumber(value) : value;
  return typeof cleaned === 'string' && wanted.is.test(cleaned) ? undefined : { key: wanted.key };
};

/** What takes a line away, or changes what it is to the network, has to be allowed. */
export const allowedAction: Check = (value, sibling) => {
  const isPowerOn =
    value === 'power' && (sibling('paramType') !== 'str' || /^\s*(?:on|true)\s*$/i.test(sibling('param')));
  const isHarmless = value === 'slot' || value === 'reset' || isPowerOn;
  return isHarmless || sibling('allow') === 'true' ? undefined : { key: 'common.error.notAllowed' };
};
