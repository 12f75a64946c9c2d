import { type AuthMode, invalidInput } from '../../../gateway-api';
import type { GatewayNode } from '../../gateways/GatewayNode';
import type { GatewayNodes } from '../../gateways/GatewayNodes';
import type { GatewayCredentials } from '../../gateways/gatewayProperties';
import { tlsOptions } from '../../gateways/tlsOptions';
import type { Red } from '../../red';
import { variableIn } from '../../saved/variables';

/** How a connection is tried: what the open dialog of a gateway says, saved or not. */
export interface ConnectionTestRequest {
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
  /** Values that came from variables, with how they are written: they are never told. */
  hidden: readonly (readonly [value: string, written: string])[];
}

/** Fields that may hold a variable. */
type Written = 'url' | 'auth' | 'timezone' | 'timeout' | 'tls';

/** What the editor shows in the field of a saved password. */
const SAVED = '__PWRD__';
/** Seconds: nobody looks at a dialog for longer. */
const MAX_TIMEOUT_S = 60;

/**
 * Reads what the editor sends: the dialog's fields as texts. A saved password serves only for the address, the way of logging
 * in and the TLS settings it was deployed with; otherwise whoever may try connections could have it sent anywhere, or in
 * clear. Variables, too, have a value only where the deployed node has the same. Throws `INVALID_INPUT` that names the field.
 */
export function readConnectionTestRequest(
  red: Red,
  nodes: GatewayNodes,
  body: Record<string, unknown>,
): ConnectionTestRequest {
  const raw = (field: string): string => {
    const value = body[field] ?? '';
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    throw invalidInput(field, 'must be a text');
  };
  const saved = nodes.meant(raw('id'));
  const hidden: [string, string][] = [];
  const text = (field: Written): string => {
    const written = raw(field).trim();
    if (!variableIn(written)) return written;
    const value = deployedValue(saved, field, written);
    if (value !== '') hidden.push([value, written]);
    return value;
  };
  const [url, auth, tls] = [text('url'), (text('auth') || 'auto') as AuthMode, text('tls').replace('_ADD_', '')];
  const oldTls = raw('oldTls') === 'true';
  const own = raw('password') === SAVED ? savedFor({ url, auth, tls, oldTls }, saved) : undefined;
  return {
    id: saved?.id ?? raw('id'),
    url,
    username: login('username', raw('username').trim(), own),
    password: own ? (own.password ?? '') : login('password', raw('password'), own),
    auth,
    timezone: text('timezone'),
    timeout: secondsOf(text('timeout')),
    tls: readTls(red, tls),
    oldTls,
    lenientHttp: raw('lenientHttp') === 'true',
    hidden,
  };
}

/** The less of the password a way of logging in gives away, the further to the right. */
const STRICTNESS: readonly AuthMode[] = ['basic', 'auto', 'digest'];

function savedFor(
  { url, auth, tls, oldTls }: Pick<GatewayNode['properties'], 'url' | 'auth' | 'tls' | 'oldTls'>,
  saved: GatewayNode | undefined,
): GatewayCredentials {
  const { properties } = saved ?? {};
  const isAsStrict =
    properties && STRICTNESS.indexOf(auth) >= STRICTNESS.indexOf(properties.auth) && (properties.oldTls || !oldTls);
  if (isAsStrict && properties.url === url && properties.tls === tls) return saved?.node.credentials ?? {};
  const why = 'the saved one is used only with the address, the login and the TLS settings that it was deployed with';
  throw invalidInput('password', `type it again: ${why}`);
}

// What is a secret of this machine mustn't be had by having it sent somewhere.
function login(field: 'username' | 'password', given: string, saved: GatewayCredentials | undefined): string {
  if (!variableIn(given)) return given;
  const value = saved?.[field];
  if (value !== undefined) return value;
  throw invalidInput(field, 'an environment variable is put in only when the gateway node is deployed');
}

function readTls(red: Red, id: string): Record<string, unknown> | undefined {
  if (id === '') return undefined;
  const options = tlsOptions(red, id);
  if (options === undefined) throw invalidInput('tls', 'these settings are not deployed yet');
  return options;
}

function secondsOf(text: string): number {
  const seconds = text === '' ? 15 : Number(text);
  if (!(seconds > 0)) throw invalidInput('timeout', 'must be a number of seconds above 0');
  return Math.min(seconds, MAX_TIMEOUT_S);
}

// Whoever may try connections needn't be allowed to see what the variables of this machine hold.
function deployedValue(saved: GatewayNode | undefined, field: Written, written: string): string {
  if (saved?.settings.written[field] === written) {
    if (saved.settings.problem) throw saved.settings.problem;
    return String(saved.properties[field]);
  }
  throw invalidInput(field, `${written} has a value here once the gateway node is deployed with it`);
}
