import { GatewayError } from '../../gateway-api';
import type { RedNode } from '../red';

/** What came from a variable: the property's value, and the variable's name. */
interface Hidden {
  value: string;
  name: string;
}

const hiddenOf = new WeakMap<object, Map<string, Hidden>>();

/** Remembers that a property of a node has its value from a variable: such a value may be anything, a password as well. */
export function hide(node: RedNode, property: string, value: unknown, name: string): void {
  const hidden = hiddenOf.get(node) ?? new Map<string, Hidden>();
  hiddenOf.set(node, hidden.set(property, { value: textOf(value), name }));
}

/** The error as it may be told: where it is about a property that came from a variable, by the variable's name alone. */
export function untold(error: GatewayError, node: object): GatewayError {
  const [property = ''] = /^\w*/.exec(error.cause.field ?? '') ?? [];
  const hidden = hiddenOf.get(node)?.get(property);
  if (hidden === undefined || hidden.value === '') return error;
  const { name, value } = hidden;
  const message = without(value, error.message, `\${${name}}`);
  const told = message.includes(name) ? message : `${message}; the variable ${name} holds something else`;
  return told === error.message ? error : new GatewayError(error.code, told, error.taken, error.cause);
}

/** A shorter word would be found in any sentence, and tells nothing. */
const SHORTEST = 3;

/** A text without a value, or pieces of it: errors show what they are about as it is, shortened, split, or its first odd character. */
function without(value: string, text: string, written: string): string {
  const pieces = value.split(/[^\p{L}\p{N}]+/u).filter(({ length }) => length >= SHORTEST);
  const isPiece = (quoted: string): boolean => quoted !== '' && value.includes(quoted.replace(/…$/, ''));
  // What was given instead of what must be stands at the end.
  const rest = text.replace(/, not [^;]*$/s, '');
  const whole = value.length >= SHORTEST ? rest.replaceAll(value, () => written) : rest;
  const unquoted = whole.replace(/"([^"]*)"/g, (all, quoted: string) => (isPiece(quoted) ? written : all));
  return unquoted.replace(/[\p{L}\p{N}]+/gu, (word, at: number) =>
    pieces.includes(word) && !isVariable(unquoted, at) ? written : word,
  );
}

const isVariable = (text: string, at: number): boolean => text.slice(Math.max(0, at - 2), at) === '${';

const textOf = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return String(value ?? '');
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
};
