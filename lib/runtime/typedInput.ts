import { GatewayError, invalidInput } from '../gateway-api';
import { isTyped, type TypedValue, type ValueType } from '../properties/typed';
import { readsFrom } from './namedField';
import type { Message, Red, RedNode, SavedNode } from './red';
import { hide } from './saved/untold';
import { namesIn, namesInExpression } from './saved/variables';

/** A property that a message may set: its value and, in `type`, how that value is read (contract, typed inputs). */
export interface TypedProperty extends TypedValue {
  field: string;
}

// Of `a.b` where there is no `a`, Node-RED throws what JavaScript does; a path that is none has an error of its own.
const PATHS: ReadonlySet<ValueType> = new Set(['msg', 'flow', 'global']);

/**
 * The value of a typed property for this message. A path that isn't there is undefined.
 * Rejects with `INVALID_INPUT` that names the property when the expression or the JSON is bad.
 */
export const evaluate = (red: Red, node: RedNode, message: Message, property: TypedProperty): Promise<unknown> =>
  new Promise((resolve, reject) => evaluateFor(red, node, message, property, { resolve, reject }));

/** Where a value goes when it is there, which most are at once. */
interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: GatewayError) => void;
}

function evaluateFor(
  red: Red,
  node: RedNode,
  message: Message,
  property: TypedProperty,
  { resolve, reject }: Waiting,
): void {
  const { field, value, type } = property;
  readsFrom(node, property);
  const bad = (error: Error): void => {
    if (PATHS.has(type) && error instanceof TypeError) resolve(undefined);
    else reject(error instanceof GatewayError ? error : invalidInput(field, reasonOf(error, property)));
  };
  const found = (result: unknown): unknown => {
    const names = variablesOf(property);
    if (names.length > 0) hide(node, field, result, names.join(', '));
    return result;
  };
  // Bad JSON or JSONata throws at once instead of calling back.
  try {
    if (type === 'env') checkVariables(red, node, property);
    if (type === 'num') resolve(numberOf(String(value ?? '')));
    else
      red.util.evaluateNodeProperty(String(value ?? ''), type, node, message, (error, result) =>
        error ? bad(error) : resolve(found(result)),
      );
  } catch (error) {
    bad(error as Error);
  }
}

/** Node-RED reads a field that was left empty as 0: a port that was never chosen would be the first one. */
const numberOf = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text));

/** The variables that a value is made of, by their names. */
function variablesOf({ value, type }: TypedProperty): string[] {
  if (type === 'env') return namesIn(String(value ?? ''));
  return type === 'jsonata' ? namesInExpression(String(value ?? '')) : [];
}

/** JSONata repeats the value at fault, which may be what a variable holds. */
function reasonOf(error: Error & { value?: unknown; value2?: unknown }, property: TypedProperty): string {
  if (variablesOf(property).length === 0) return error.message;
  const shown = [error.value, error.value2].map((one) => JSON.stringify(one) ?? '').filter((text) => text !== '');
  return shown.reduce((message, text) => message.replaceAll(text, 'what the variable holds'), error.message);
}

// Node-RED reads one that isn't there as an empty text.
function checkVariables(red: Red, node: RedNode, { field, value }: TypedProperty): void {
  const missing = namesIn(String(value ?? '')).find((name) => red.util.getSetting(node, name) === undefined);
  if (missing !== undefined) throw invalidInput(field, `there is no variable ${missing}`);
}

/** Properties of a node that are evaluated together: with those whose values don't take an evaluation of Node-RED's apart. */
interface Sorted<Name extends string> {
  /** Values that are the same for every message. */
  fixed: Partial<Record<Name, unknown>>;
  /** Properties of the message by their names alone. */
  own: [Name, string][];
  others: [Name, TypedProperty][];
}

const sortedOf = new WeakMap<object, WeakMap<object, Sorted<string>>>();
const NAME = /^[A-Za-z_$][\w$]*$/;

/** An input has a dozen properties, most of which the editor's author has written down: they are sorted once a node. */
function sorted<Name extends string>(node: RedNode, properties: Readonly<Record<Name, TypedValue>>): Sorted<Name> {
  const ofNode = sortedOf.get(node) ?? new WeakMap<object, Sorted<string>>();
  const known = ofNode.get(properties) as Sorted<Name> | undefined;
  if (known) return known;
  const sorted: Sorted<Name> = { fixed: {}, own: [], others: [] };
  for (const field of Object.keys(properties) as Name[]) {
    const { value, type } = properties[field];
    const text = String(value ?? '');
    const property = { field, value, type };
    readsFrom(node, property);
    if (type === 'str') sorted.fixed[field] = text;
    else if (type === 'num') sorted.fixed[field] = numberOf(text);
    else if (type === 'bool') sorted.fixed[field] = /^true$/i.test(text);
    else if (type === 'msg' && NAME.test(text)) sorted.own.push([field, text]);
    else sorted.others.push([field, property]);
  }
  sortedOf.set(node, ofNode.set(properties, sorted as Sorted<string>));
  return sorted;
}

/**
 * Several typed properties at once, by their names.
 * @param properties the same object for each message of a node
 */
export async function evaluateAll<Name extends string>(
  red: Red,
  node: RedNode,
  message: Message,
  properties: Readonly<Record<Name, TypedValue>>,
): Promise<Record<Name, unknown>> {
  const { fixed, own, others } = sorted(node, properties);
  const values = { ...fixed } as Record<Name, unknown>;
  for (const [field, name] of own) values[field] = message[name];
  if (others.length > 0) {
    const found = await Promise.all(others.map(([, property]) => evaluate(red, node, message, property)));
    for (const [place, [field]] of others.entries()) values[field] = found[place];
  }
  return values;
}

/**
 * Saved properties whose typed ones are texts, as the editor saves them. A flow written by hand or by a program may hold a
 * list or an object as such, or a number or a boolean without a type: they mean themselves.
 * @param defaults the node's, which tell by `xType` that `x` is typed
 */
export function withTypes(saved: SavedNode, defaults: object): SavedNode {
  const typed = Object.keys(defaults).filter((key) => isTyped(key, defaults));
  return Object.assign({ ...saved }, ...typed.map((key) => literal(key, saved[key], saved[`${key}Type`])));
}

function literal(key: string, value: unknown, type: unknown): object {
  if (typeof value === 'object' && value !== null) return { [key]: JSON.stringify(value), [`${key}Type`]: 'json' };
  if (type !== undefined && type !== null && type !== '') return {};
  if (typeof value === 'number') return { [`${key}Type`]: 'num' };
  return typeof value === 'boolean' ? { [`${key}Type`]: 'bool' } : {};
}
