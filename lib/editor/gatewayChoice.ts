import type { Validate } from './red';
import type { Reader } from './validator';
import { validator } from './validator';

/** The validator of a node's `gateway`: needed unless each message brings its own, and fine itself. */
export function chosenGateway(form: Reader): Validate {
  return validator('common.label.gateway', form, (id, sibling) => {
    // `_ADD_` is what the editor's select holds while nothing is chosen.
    if (id === '' || id === '_ADD_') {
      return sibling('gatewayFrom') === 'msg' ? undefined : { key: 'common.error.required' };
    }
    const gateway = RED.nodes.node(id);
    if (gateway === null) return { key: 'common.error.goneGateway' };
    return gateway.valid === false ? { key: 'common.error.invalidGateway' } : undefined;
  });
}
