import type { Problem, Sibling } from './problem';
import type { Validate } from './red';
import { type Reader, validator } from './validator';

/** What the editor's select holds while nothing is chosen. */
const NOTHING = ['', '_ADD_'];

/** The validator of a property that names a config node: there where it is needed, and fine itself. */
export function chosenConfig(labelKey: string, form: Reader, isNeeded: (sibling: Sibling) => boolean): Validate {
  return validator(labelKey, form, (id, sibling) => {
    if (NOTHING.includes(id)) return isNeeded(sibling) ? { key: 'common.error.required' } : undefined;
    return problemOf(id);
  });
}

/** The validator of a property that names any number of config nodes: each there, and fine itself. */
export const chosenConfigs = (labelKey: string, form: Reader): Validate =>
  validator(labelKey, form, (ids) => {
    const named = ids.split(',').filter((id) => id !== '');
    return named.map(problemOf).find((problem) => problem !== undefined);
  });

function problemOf(id: string): Problem | undefined {
  const chosen = RED.nodes.node(id);
  if (chosen === null) return { key: 'common.error.goneConfig' };
  return chosen.valid === false ? { key: 'common.error.invalidConfig' } : undefined;
}

/** The validator of a node's `gateway`: needed unless each message brings its own, and fine itself. */
export const chosenGateway = (form: Reader): Validate =>
  chosenConfig('common.label.gateway', form, (sibling) => sibling('gatewayFrom') !== 'msg');
