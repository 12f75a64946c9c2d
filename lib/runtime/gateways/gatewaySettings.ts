import { createHash } from 'node:crypto';
import { invalidInput } from '../../gateway-api';
import type { GatewaySettings } from '../../messaging';
import { isCountry } from '../../numbers/e164';
import { named } from '../../numbers/unseen';
import type { Red } from '../red';
import type { GatewayCredentials, GatewayProperties } from './gatewayProperties';
import { plansOf } from './plansOf';

/** What a gateway node has from its dialog, and from the `tls-config` node that is chosen there. */
export interface Configured {
  properties: GatewayProperties;
  credentials: GatewayCredentials;
  tls: Record<string, unknown> | undefined;
}

/** Returns what concerns the queue. Throws `INVALID_INPUT` for a country or a plan that is none. */
export function settingsOf(red: Red, properties: GatewayProperties): GatewaySettings {
  checkCountry(properties.country);
  return {
    concurrency: properties.concurrency,
    country: properties.country,
    combine: properties.combine,
    combineBytes: properties.combineBytes,
    queueLimit: properties.queueLimit,
    maxPerHour: properties.maxPerHour,
    maxPerRecipient: properties.maxPerRecipient,
    unknownPolicy: properties.unknownPolicy,
    unknownHold: properties.unknownHold,
    plans: plansOf(red, properties.plans, properties.timezone),
  };
}

/** Returns what the client is made with, as far as the dialog says it. */
export function clientOptionsOf({ properties, credentials, tls }: Configured) {
  const { auth, timezone, stkCancelWord, oldTls, lenientHttp, timeout, concurrency } = properties;
  const { username, password } = credentials;
  return {
    auth,
    timezone,
    stkCancelWord,
    oldTls,
    lenientHttp,
    timeout: timeout * 1000,
    maxSockets: Math.max(1, Math.ceil(concurrency)),
    username,
    password,
    tls,
  };
}

/** Returns what is another one wherever queue or client have to be made anew. Compared, never read: it holds no password. */
export function wiringOf({ properties, credentials, tls }: Configured, settings: GatewaySettings): string {
  const { timezone, timeout, auth, stkCancelWord, oldTls, lenientHttp } = properties;
  const { username, password } = credentials;
  const connection = [auth, username, password, tls, oldTls, lenientHttp];
  return hashOf([settings, timezone, timeout, stkCancelWord, connection]);
}

const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('base64');

function checkCountry(country: string): void {
  if (country === '' || isCountry(country)) return;
  throw invalidInput('country', `must be the two letters of a country, such as DE, not "${named(country)}"`);
}
