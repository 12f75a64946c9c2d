import { type AuthMode, GatewayError, invalidInput } from '../../../gateway-api';
import { type GatewayCredentials, type GatewayNode, tlsOptions } from '../../gateways/GatewayNode';
import type { GatewayNodes } from '../../gateways/GatewayNodes';
import type { Red } from '../../red';

/** How a connection is tried: what the open dialog of a gateway says, saved or not. */
export interface ConnectionWish {
  /** Of the gateway node, to find what is saved; it needn't be deployed. */
  id: string;
  url: string;
  username: string;
  password: string;
  auth: AuthMode;
  timezone: string;
  /** Seconds. */
  timeout: number;
  tls: Record<string, unknown> | undefined;
  oldTls: boolean;
  lenientHttp: boolean;
}

/** What the editor shows in the field of a saved password. */
const SAVED = '__PWRD__';
/** Seconds: nobody looks at a dialog for longer. */
const LONGEST = 60;
const VARIABLE = /^\$\{([^}]+)\}$/;

/**
 * Reads what the editor sends: the dialog's fields as texts. A saved password serves only for the address it was saved for;
 * otherwise whoever may try connections could have it sent anywhere. Throws `INVALID_INPUT` that names the field.
 */
export function readConnectionWish(red: Red, nodes: GatewayNodes, body: Record<string, unknown>): ConnectionWish {
  const raw = (field: string): string => {
    const value = body[field] ?? '';
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    throw invalidInput(field, 'must be a text');
  };
  const saved = nodes.get(raw('id'));
  const text = (field: string): string => resolved(red, saved?.node, raw(field).trim());
  const url = text('url');
  const oldTls = raw('oldTls') === 'true';
  const own = raw('password') === SAVED ? savedFor(url, oldTls, saved) : undefined;
  return {
    id: raw('id'),
    url,
    username: login('username', raw('username').trim(), own),
    password: own ? (own.password ?? '') : login('password', raw('password'), own),
    auth: (text('auth') || 'auto') as AuthMode,
    timezone: text('timezone'),
    timeout: secondsOf(text('timeout')),
    tls: readTls(red, text('tls')),
    oldTls,
    lenientHttp: raw('lenientHttp') === 'true',
  };
}

function savedFor(url: string, oldTls: boolean, saved: GatewayNode | undefined): GatewayCredentials {
  const weaker = oldTls && saved?.properties.oldTls === false;
  if (saved?.properties.url === url && !weaker) return saved.node.credentials ?? {};
  const why = 'the saved one is used only with the address, and in the gateway node, that it was deployed with';
  throw invalidInput('password', `type it again: ${why}`);
}

// What is a secret of this machine mustn't be had by having it sent somewhere.
function login(field: 'username' | 'password', given: string, saved: GatewayCredentials | undefined): string {
  if (!VARIABLE.test(given)) return given;
  const value = saved?.[field];
  if (value !== undefined) return value;
  throw invalidInput(field, 'an environment variable is put in only when the gateway node is deployed');
}

function readTls(red: Red, id: string): Record<string, unknown> | undefined {
  if (id === '' || id === '_ADD_') return undefined;
  const options = tlsOptions(red, id);
  if (options === undefined) throw invalidInput('tls', 'these settings are not deployed yet');
  return options;
}

function secondsOf(text: string): number {
  const seconds = text === '' ? 15 : Number(text);
  if (!(seconds > 0)) throw invalidInput('timeout', 'must be a number of seconds above 0');
  return Math.min(seconds, LONGEST);
}

// Node-RED puts the value of `${NAME}` in its place when a node starts; what the dialog says hasn't come so far.
function resolved(red: Red, node: object | undefined, text: string): string {
  const name = VARIABLE.exec(text)?.[1];
  if (name === undefined) return text;
  const value = red.util.getSetting(node ?? {}, name);
  if (value === undefined || value === null) {
    throw new GatewayError('INVALID_INPUT', `There is no environment variable ${name}.`, 'no');
  }
  return String(value);
}
