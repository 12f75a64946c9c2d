import { type ErrorCode, GatewayError } from '../gateway-api';
import type { Obstacle } from '../messaging';
import type { Status } from './red';

/**
 * Statuses are catalogue keys: the editor shows them in its language, those that hold a value are in the runtime's. `common` stands
 * in every node's catalogue.
 */
export const CATALOGUE = 'common.';
const key = (word: string): string => `${CATALOGUE}status.${word}`;

export const WORKING: Status = { fill: 'blue', shape: 'ring', text: key('working') };
/** Reads what has come in while it couldn't. */
export const CATCHING_UP: Status = { fill: 'blue', shape: 'ring', text: key('catching_up') };
export const fine = (word: string): Status => ({ fill: 'green', shape: 'dot', text: key(word) });
export const FINE: Status = fine('ok');
/** Something is wrong with a gateway that is watched. */
export const ALARM: Status = { fill: 'red', shape: 'dot', text: key('alarm') };
export const NOT_REACHED: Status = { fill: 'red', shape: 'dot', text: key('not_reached') };
/** The time to wait has ended with nothing failed: what is still open goes on. */
export const NOT_YET_REACHED: Status = { fill: 'yellow', shape: 'ring', text: key('not_yet') };
/** Another gateway node with the same address comes first in the flow file, and decides about the queue. */
export const OTHER_SETTINGS: Status = { fill: 'yellow', shape: 'ring', text: key('other_settings') };

/** What a port was told is done, and the port hasn't come to rest. */
export const NOT_SETTLED: Status = { fill: 'yellow', shape: 'ring', text: key('not_settled') };

/** What an operator wrote of a SIM's balance couldn't be read: it stops nothing. */
export const BALANCE_UNREADABLE: Status = { fill: 'yellow', shape: 'ring', text: key('balance_unreadable') };

/** Another machine talks to the gateway. */
export const follows = (holder: string | undefined): Status => ({
  fill: 'grey',
  shape: 'ring',
  text: key('follows'),
  values: { machine: holder ?? '…' },
});

/** Another machine keeps the gateway's SMS in another store: neither talks to it. */
export const otherStore = (machine: string): Status => ({
  fill: 'red',
  shape: 'dot',
  text: key('other_store'),
  values: { machine },
});

/** Another machine has this config node, too, and not alike. */
export const differsFrom = (machine: string): Status => ({
  fill: 'yellow',
  shape: 'ring',
  text: key('differs'),
  values: { machine },
});

/** How many of a node's jobs' recipients have come to their end, and of how many. */
export const ofJobs = (reached: number, total: number, isPaused: boolean): Status => ({
  ...(isPaused ? { fill: 'yellow', text: key('job_paused') } : { fill: 'blue', text: key('job') }),
  shape: 'ring',
  values: { reached, total },
});

/** What waits is lost when Node-RED ends: this Node has no SQLite. */
export const NOT_DURABLE: Status = { fill: 'yellow', shape: 'ring', text: key('not_durable') };

/** A push receiver that is open. */
export const LISTENING: Status = fine('listening');
/** The receiver is open to whoever finds it: no token, and any address. */
export const NO_TOKEN: Status = { fill: 'yellow', shape: 'ring', text: key('no_token') };
/** The receiver's last push came from no gateway that there is. */
export const UNKNOWN_GATEWAY: Status = { fill: 'yellow', shape: 'ring', text: key('unknown_gateway') };
/** The receiver can't listen. */
export const PORT_TAKEN: Status = { fill: 'red', shape: 'dot', text: key('port_taken') };

const UNREACHABLE: ReadonlySet<ErrorCode | Obstacle> = new Set(['UNREACHABLE', 'TIMEOUT', 'BAD_REPLY']);
const WAITING: ReadonlySet<ErrorCode | Obstacle> = new Set(['NO_PORT', 'BUSY', 'STORE_UNAVAILABLE']);

/** Red ring = unreachable, yellow ring = waiting, red dot = refused or failed (contract). */
export function statusFor(code: ErrorCode | Obstacle): Status {
  const text = key(code.toLowerCase());
  if (UNREACHABLE.has(code)) return { fill: 'red', shape: 'ring', text };
  return WAITING.has(code) ? { fill: 'yellow', shape: 'ring', text } : { fill: 'red', shape: 'dot', text };
}

export const statusOf = (error: Error): Status =>
  statusFor(error instanceof GatewayError ? error.code : 'GATEWAY_ERROR');

/** Whether two show the same. */
export const isSame = (one: Status, other: Status): boolean =>
  one.text === other.text && one.fill === other.fill && JSON.stringify(one.values) === JSON.stringify(other.values);
