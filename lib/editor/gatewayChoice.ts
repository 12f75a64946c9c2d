import { chosenConfig } from './configChoice';
import type { Validate } from './red';
import type { Reader } from './validator';

/** The validator of a node's `gateway`: needed unless each message brings its own, and fine itself. */
export const chosenGateway = (form: Reader): Validate =>
  chosenConfig('common.label.gateway', form, (sibling) => sibling('gatewayFrom') !== 'msg');
