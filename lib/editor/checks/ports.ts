import { PORTS, parsePorts } from '../../properties/portText';
import type { Check } from '../problem';

/** Ports as a text; nothing means all. */
export const ports: Check = (value) =>
  parsePorts(value) === undefined ? { key: 'common.error.ports', values: { last: PORTS - 1 } } : undefined;

/** One port. */
export const onePort: Check = (value) =>
  /^\s*\d+\s*$/.test(value) && Number(value) < PORTS
    ? undefined
    : { key: 'common.error.onePort', values: { last: PORTS - 1 } };

/** Ports as a text, where nothing is not enough. */
export const namedPorts: Check = (value, sibling) =>
  value.trim() === '' ? { key: 'common.error.required' } : ports(value, sibling);
