import { timestampPattern } from '../device/deviceTime';
import { malformed, Refusal } from './Refusal';

/** Bytes a telephone number may have (manual 2.2, 3.2). */
const numberBytes = 24;

/** The parameters of one request: a JSON body is held to the manual's types, a query is text and read as such. */
export class Params {
  constructor(
    private readonly values: Readonly<Record<string, unknown>>,
    private readonly fromQuery: boolean,
  ) {}

  has(name: string): boolean {
    return this.values[name] !== undefined;
  }

  raw(name: string): unknown {
    return this.values[name];
  }

  /** A string, or undefined when it isn't there. */
  string(name: string): string | undefined {
    const value = this.values[name];
    if (value === undefined || typeof value === 'string') return value;
    throw malformed(`${name} is not a string`);
  }

  /** A whole number in a range, or undefined when it isn't there. */
  integer(name: string, least: number, most: number): number | undefined {
    return this.has(name) ? this.readInteger(name, this.values[name], least, most) : undefined;
  }

  boolean(name: string): boolean | undefined {
    const value = this.values[name];
    if (value === undefined || typeof value === 'boolean') return value;
    throw malformed(`${name} is not true or false`);
  }

  /** A list of whole numbers: a JSON array, or "1,2,3" in a query. */
  integers(name: string, least: number, most: number): number[] | undefined {
    return this.list(name)?.map((value) => this.readInteger(name, value, least, most));
  }

  /** Ports, 0 to 31. */
  ports(name = 'port'): number[] | undefined {
    return this.integers(name, 0, 31);
  }

  strings(name: string): string[] | undefined {
    return this.list(name)?.map((value) => {
      if (typeof value !== 'string') throw malformed(`${name} is not an array of strings`);
      return value;
    });
  }

  /** The numbers a query asks for: at most 32, each at most 24 bytes (manual 3.2, 3.3). */
  numbers(): string[] | undefined {
    const numbers = this.strings('number');
    if (numbers && numbers.length > 32) throw new Refusal(413, 'more than 32 numbers');
    if (numbers?.some((number) => Buffer.byteLength(number) > numberBytes)) throw malformed('number is too long');
    return numbers;
  }

  /** A device timestamp (manual 3.2). */
  timestamp(name: string): string | undefined {
    const value = this.string(name);
    if (value !== undefined && !timestampPattern.test(value)) throw malformed(`${name} is not YYYY-MM-DD HH:MM:SS`);
    return value;
  }

  private list(name: string): unknown[] | undefined {
    const value = this.values[name];
    if (value === undefined) return undefined;
    if (Array.isArray(value)) return value;
    if (this.fromQuery && typeof value === 'string') return value === '' ? [] : value.split(',');
    throw malformed(`${name} is not an array`);
  }

  private readInteger(name: string, value: unknown, least: number, most: number): number {
    const number = this.fromQuery && typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most) return number;
    throw malformed(`${name} is not a whole number from ${least} to ${most}`);
  }
}

/**
 * Reads the parameters of a request: its JSON body if it has one, else its query.
 * @throws Refusal 400 for a body that is no JSON object
 */
export function readParams(query: URLSearchParams, body: string): Params {
  if (body === '') return new Params(Object.fromEntries(query), true);
  const parsed = parseJson(body);
  if (typeof parsed !== 'object' || parsed === null) throw malformed('the body is no JSON object');
  return Array.isArray(parsed) ? new Params({ body: parsed }, false) : new Params({ ...parsed }, false);
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw malformed('the body is no JSON');
  }
}
