import { invalidInput } from './errors';

/**
 * The query string of a GET, with its `?`; empty without parameters. Arrays are joined by an encoded comma: a raw one in the
 * last parameter gave a false 401 on some firmware (field notes). A parameter that is undefined is left out.
 */
export function queryString(params: object = {}): string {
  const pairs = Object.entries(params)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(parameter(key, value))}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function parameter(key: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((part) => parameter(key, part)).join(',');
  // Half an emoji can't be encoded; through UTF-8 it becomes the replacement character.
  if (typeof value === 'string') return Buffer.from(value).toString();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw invalidInput(key, 'only texts, numbers, booleans and arrays of them fit into a query');
}
