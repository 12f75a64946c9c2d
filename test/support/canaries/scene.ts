import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { FlowNode } from '../node-red';
import type { Canary } from './search';

/** Of the simulator, and of the server that echoes. */
const REALMS = ['Web Server', 'echo'];
const USER = 'admin';

const secret = (name: string, login?: Canary['login']): Canary => ({
  name,
  // What each way of writing a text has to escape stands in it.
  value: `cnry"${randomBytes(12).toString('hex')}\\%é`,
  ...(login && { login }),
});

/** New secrets, one for each place that may hold one. */
export function newCanaries() {
  const login = { username: USER, realms: REALMS };
  return {
    password: secret('the gateway’s password', login),
    wrong: secret('a wrong password from a variable', login),
    tried: secret('a password typed for “Test connection”', login),
    inUrl: { name: 'a password in an address from a variable', value: randomBytes(16).toString('hex'), login },
    host: { name: 'a host from a variable', value: `h${randomBytes(12).toString('hex')}.invalid` },
    path: { name: 'a push address from a variable', value: `p${randomBytes(12).toString('hex')}` },
    passphrase: secret('the passphrase of a key'),
    connection: secret('the address of a database'),
    token: { name: 'the push token', value: randomBytes(16).toString('hex') },
    number: secret('a number from a variable'),
    text: secret('an SMS or USSD text from a variable'),
  };
}

export type Canaries = ReturnType<typeof newCanaries>;

/** Where the gateways of the scene are. */
export interface Addresses {
  simulator: string;
  /** A simulator with another password. */
  another: string;
  garbage: string;
  echo: string;
  /** They repeat the login by which they are asked. */
  basic: string;
  digest: string;
}

export const GATEWAYS = ['good', 'wrong', 'absent', 'echo', 'basic', 'digest', 'garbage', 'secure', 'inside'] as const;

/** Gateways whose address is a variable's. */
export const BY_VARIABLE = ['inVariable', 'hostInVariable'] as const;

/** What the process of Node-RED has in its environment. */
export const environment = (
  { wrong, inUrl, host, path, number, text }: Canaries,
  { echo }: Addresses,
): Record<string, string> => ({
  CANARY_PASSWORD: wrong.value,
  CANARY_URL: echo.replace('//', `//${USER}:${inUrl.value}@`),
  CANARY_HOST: `http://${host.value}`,
  CANARY_PATH: `/${path.value}(`,
  CANARY_NUMBER: number.value,
  CANARY_TEXT: text.value,
});

/** The credentials file. */
export const credentials = ({
  password,
  token,
  passphrase,
  connection,
}: Canaries): Record<string, Record<string, string>> => ({
  ...Object.fromEntries([...GATEWAYS, ...BY_VARIABLE].map((id) => [id, { username: USER, password: password.value }])),
  wrong: { username: USER, password: variable('CANARY_PASSWORD') },
  tls: { keydata: lockedKey(), passphrase: passphrase.value },
  database: { connection: connection.value },
  ownPort: { token: token.value },
  receiver: { token: token.value },
});

const variable = (name: string): string => `\${${name}}`;

/** A key that another passphrase opens. */
const lockedKey = (): string =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'another' },
  }).privateKey;

/** Gateways that fail in a way which is the same for all nodes. */
const ALIKE = new Set<string>(['wrong', 'absent', 'garbage', 'secure', 'inVariable']);

/** Gateways of which two work, each with nodes of every kind or of a few, and everything recorded. */
export function flows({ simulator, another, garbage, echo, basic, digest }: Addresses): FlowNode[] {
  const urls = {
    ...{ good: simulator, wrong: another, absent: 'http://no-such-host.invalid', echo, basic, digest, garbage },
    ...{ secure: garbage.replace('http:', 'https:'), inside: 'simulator:' },
  };
  const node = (id: string, type: string, properties: object): FlowNode => ({
    id,
    type,
    z: 'tab',
    x: 1,
    y: 1,
    ...properties,
  });
  const kinds = (gateway: string): FlowNode[] => {
    const of = (kind: string, type: string, properties: object): FlowNode =>
      node(`${gateway}-${kind}`, `dinstar-${type}`, {
        gateway,
        wires: [['record'], ['record'], ['record']],
        ...properties,
      });
    const few = [
      of('send', 'send-sms', { to: '123', toType: 'str', text: 'CANARY_TEXT', textType: 'env' }),
      of('ports', 'port-info', { ports: '', portsType: 'str' }),
      of('receive', 'receive-sms', { interval: 1 }),
    ];
    if (ALIKE.has(gateway)) return few;
    return [
      ...few,
      of('number', 'send-sms', { to: 'CANARY_NUMBER', toType: 'env', text: 'x', textType: 'str' }),
      of('ussd', 'ussd', { text: 'CANARY_TEXT', textType: 'env', ports: '0', portsType: 'str', wait: '2' }),
      of('badPorts', 'port-info', { ports: 'CANARY_NUMBER', portsType: 'env' }),
      of('watch', 'port-info', { mode: 'watch', interval: 1 }),
      of('query', 'query-result', { query: 'status' }),
      of('cdr', 'cdr', { timeAfter: 'CANARY_NUMBER', timeAfterType: 'env' }),
      of('set', 'set-port', { port: '0', portType: 'num', action: 'CANARY_NUMBER', actionType: 'env', allow: true }),
      of('newCalls', 'cdr', { mode: 'new', interval: 1 }),
      of('stk', 'stk', {
        port: '0',
        portType: 'num',
        action: 'select',
        item: 'CANARY_NUMBER',
        itemType: 'env',
        wait: 1,
      }),
      of('stop', 'stop-sms', { task: 'CANARY_NUMBER', taskType: 'env' }),
      of('answer', 'ussd', { text: '*100#', textType: 'str', ports: '0', portsType: 'str', wait: '1' }),
      of('results', 'query-result', { query: 'result', filter: '{}', filterType: 'json' }),
      of('badFilter', 'query-result', {
        query: 'result',
        filter: '$number($env("CANARY_NUMBER"))',
        filterType: 'jsonata',
      }),
    ];
  };
  const everything = [...BY_VARIABLE, ...GATEWAYS].flatMap(kinds);
  return [
    { id: 'tab', type: 'tab', label: 'canaries' },
    ...GATEWAYS.map((id) => ({
      id,
      type: 'dinstar-gateway',
      name: `gateway ${id}`,
      url: urls[id],
      auth: 'auto',
      timeout: 2,
      ...(id === 'secure' && { tls: 'tls' }),
    })),
    { id: 'inVariable', type: 'dinstar-gateway', name: 'in variable', url: variable('CANARY_URL'), timeout: 2 },
    // Without a name its address stands for it.
    { id: 'hostInVariable', type: 'dinstar-gateway', url: variable('CANARY_HOST'), timeout: 2, store: 'database' },
    { id: 'tls', type: 'tls-config' },
    { id: 'database', type: 'dinstar-store', kind: 'postgres' },
    ...everything,
    node('go', 'inject', {
      props: [{ p: 'payload' }],
      payload: '{}',
      payloadType: 'json',
      wires: [everything.map(({ id }) => id)],
    }),
    node('receiver', 'dinstar-push-receiver', { gateway: '', allow: '127.0.0.1', wires: [['record']] }),
    node('ownPort', 'dinstar-push-receiver', { path: variable('CANARY_PATH'), wires: [['record']] }),
    node('catch', 'catch', { scope: null, wires: [['record']] }),
    node('status', 'status', { scope: null, wires: [['record']] }),
    node('record', 'function', {
      func: 'node.log("RECORD " + tools.inspect(msg, { depth: 20, showHidden: true }) + msg.error?.stack); return msg;',
      libs: [{ var: 'tools', module: 'util' }],
      wires: [['debug']],
    }),
    node('debug', 'debug', { active: true, tosidebar: true, console: true, complete: 'true', targetType: 'full' }),
  ];
}
