import { httpPath } from '../../properties/httpPath';
import { wrongBy } from '../../properties/rules';
import type { Check } from '../problem';

export const pushPath: Check = (value) =>
  value.trim() === '' || wrongBy(httpPath, value) !== undefined ? { key: 'common.error.path' } : undefined;

/** What may stand in a URL as it is, so that nobody has to wonder how the gateway writes it; or nothing. */
export const token: Check = (value) => (/^[\w.~-]*$/.test(value) ? undefined : { key: 'common.error.token' });

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;

/** IP addresses and CIDR blocks, apart by commas, spaces or lines; or nothing. */
export const addresses: Check = (value) => {
  const entries = value.split(/[\s,]+/).filter((entry) => entry !== '');
  const wrong = entries.find((entry) => !isBlock(entry));
  return wrong === undefined ? undefined : { key: 'common.error.address', values: { address: wrong } };
};

function isBlock(entry: string): boolean {
  const [address = '', prefix, ...more] = entry.split('/');
  const bits = IPV4.test(address) ? 32 : isIPv6(address) ? 128 : -1;
  if (bits < 0 || more.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
}

function isIPv6(address: string): boolean {
  if (!address.includes(':') || !/^[0-9a-f:.]+$/i.test(address)) return false;
  try {
    // The browser's own reader of addresses.
    new URL(`http://[${address}]/`);
    return true;
  } catch {
    return false;
  }
}
