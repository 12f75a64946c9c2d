import type { Check } from '../problem';

/** Where a gateway is: `http://` or `https://` with a host, or the simulator inside Node-RED. */
export const gatewayUrl: Check = (value) => {
  const address = value.trim();
  if (address === '') return { key: 'common.error.required' };
  if (/^simulator:/.test(address)) return undefined;
  const url = parsed(address);
  if (url === undefined || !/^https?:\/\/[^/]/i.test(address)) return { key: 'common.error.url' };
  if (url.username !== '' || url.password !== '') return { key: 'common.error.urlWithLogin' };
  return url.search !== '' || url.hash !== '' ? { key: 'common.error.urlWithQuery' } : undefined;
};

function parsed(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}

/** `192.168.1.20`, `gateway.lan:8080/x`, `[fe80::1]`: where only the scheme is missing. A `${VARIABLE}` and `simulator:` stay. */
const WITHOUT_SCHEME = /^(?:[\w-]+(?:\.[\w-]+)+|localhost|\[[\da-f:.]+\])(?::\d+)?(?:\/\S*)?$/i;

/** An address with `http://` before it where somebody left that out; any other as it is. */
export const withScheme = (address: string): string =>
  WITHOUT_SCHEME.test(address.trim()) ? `http://${address.trim()}` : address;
