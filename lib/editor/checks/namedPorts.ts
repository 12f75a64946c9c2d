import type { Check } from '../problem';
import { ports } from './ports';

/** Ports as a text, where nothing is not enough. */
export const namedPorts: Check = (value, sibling) =>
  value.trim() === '' ? { key: 'common.error.required' } : ports(value, sibling);
