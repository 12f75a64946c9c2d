import { GatewayError } from '../gateway-api';
import type { TypedValue } from '../properties/typed';
import { labelOf } from './fieldLabels';
import { untold } from './saved/untold';

/** How typed properties of nodes are read, by their names. */
const sources = new WeakMap<object, Record<string, TypedValue>>();

/** Remembers where a node reads a typed property, for errors that name it. */
export function readsFrom(node: object, property: TypedValue & { field: string }): void {
  const own = sources.get(node) ?? {};
  own[property.field] = property;
  sources.set(node, own);
}

/**
 * An error as the author of a flow reads it: the field at fault by the label that its dialog shows, and by the property of
 * the message where a message sets it, as in `To (msg.to[1]): must be …`. `code` and `cause` (with the property's own name in
 * `field`) stay as they are. What a variable holds is never told.
 */
export function withFieldNamed(given: GatewayError, node: { type: string }): GatewayError {
  const error = untold(given, node);
  const { field } = error.cause;
  if (field === undefined || !error.message.startsWith(`${field}: `)) return error;
  const [property = ''] = /^\w+/.exec(field) ?? [];
  const rest = field.slice(property.length);
  const label = labelOf(node.type, property);
  if (label === undefined) return error;
  const source = sources.get(node)?.[property];
  const isSet = source !== undefined && ['msg', 'flow', 'global'].includes(source.type);
  const name = isSet ? `${label} (${source.type}.${source.value}${rest})` : `${label}${rest}`;
  const named = new GatewayError(error.code, `${name}${error.message.slice(field.length)}`, error.taken, error.cause);
  if (error.stack !== undefined) named.stack = error.stack;
  return named;
}
