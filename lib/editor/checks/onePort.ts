import { PORTS, parsePorts } from '../ports';
import type { Check } from '../problem';

/** Exactly one port, as a text. */
export const onePort: Check = (value) =>
  parsePorts(value)?.length === 1 ? undefined : { key: 'common.error.onePort', values: { last: PORTS - 1 } };
