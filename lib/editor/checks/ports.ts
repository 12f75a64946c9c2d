import { PORTS, parsePorts } from '../ports';
import type { Check } from '../problem';

/** Ports as a text; nothing means all. */
export const ports: Check = (value) =>
  parsePorts(value) === undefined ? { key: 'common.error.ports', values: { last: PORTS - 1 } } : undefined;
