import { invalidInput } from '../gateway-api';
import { named, plain } from '../numbers/unseen';
import type { TypedValue } from '../properties/typed';
import type { Message } from './red';

/** The manual's ports are 0 to 31. */
const LAST_PORT = 31;
const RANGE = /^(\d{1,4})(?:-(\d{1,4}))?$/;

/**
 * Ports as a flow may give them: `2`, `"2"`, `"0,2,5-7"`, `[0, 2]`, `"all"` (contract, conventions).
 * Ascending, without doubles; undefined = all, which nothing also means. Throws `INVALID_INPUT` that names `field`.
 */
export function readPorts(given: unknown, field = 'ports'): number[] | undefined {
  if (given === undefined || given === null) return undefined;
  const parts = (Array.isArray(given) ? given : [given]).flatMap((part) => split(part, field));
  if (parts.length === 0 || parts.some((part) => part.toLowerCase() === 'all')) return undefined;
  const ports = new Set(parts.flatMap((part) => readRange(part, field)));
  return [...ports].sort((one, other) => one - other);
}

/** Reads ports where nothing is not enough (contract: `ussd`, `set port`, `stk`); `all` stays a word. */
export function readNamedPorts(given: unknown, field = 'ports'): number[] | 'all' {
  const parts = Array.isArray(given) ? given : [given];
  const isNothing = parts.every(
    (part) => part === undefined || part === null || (typeof part === 'string' && part.trim() === ''),
  );
  if (isNothing) throw invalidInput(field, 'is missing: name a port, such as 2 or "0,2,5-7", or "all"');
  return readPorts(given, field) ?? 'all';
}

/** Exactly one port. Port 0 is a port. Throws `INVALID_INPUT` that names `field`. */
export function readOnePort(given: unknown, field = 'port'): number {
  const ports = readNamedPorts(given, field);
  const [port] = ports;
  if (ports !== 'all' && ports.length === 1 && typeof port === 'number') return port;
  throw invalidInput(field, 'must be one port');
}

/**
 * The port of a message where the property is `msg.port`, as a new node has it, and the message has none: that of a record of
 * ours in `msg.payload`, such as `port info`, `receive sms` or `ussd` sends.
 */
export function orPortOfPayload(given: unknown, property: TypedValue, message: Message): unknown {
  if (given !== undefined || property.value !== 'port' || property.type !== 'msg') return given;
  const { payload } = message;
  return typeof payload === 'object' && payload !== null && 'port' in payload ? payload.port : undefined;
}

function split(part: unknown, field: string): string[] {
  if (typeof part === 'number') return [String(part)];
  if (typeof part !== 'string') throw invalidInput(field, 'must be port numbers, such as 2 or "0,2,5-7", or "all"');
  return plain(part)
    .replace(/\s+/g, ' ')
    .replace(/ ?- ?/g, '-')
    .split(/[,;\s]+/)
    .filter((piece) => piece !== '');
}

function readRange(part: string, field: string): number[] {
  const match = RANGE.exec(part);
  if (!match) throw invalidInput(field, `must be port numbers, such as 2 or "0,2,5-7", or "all", not "${named(part)}"`);
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  if (last > LAST_PORT || first > LAST_PORT) throw invalidInput(field, `must be from 0 to ${LAST_PORT}, not ${part}`);
  if (last < first) throw invalidInput(field, `must count upward, not ${part}`);
  return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
}
