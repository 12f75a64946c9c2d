import { randomBytes } from 'node:crypto';
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
    token: { name: 'the push token', value: randomBytes(16).toString('hex') },
    number: secret('a number from a variable'),
    text: secret('an SMS text from a variable'),
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
}

export const GATEWAYS = ['good', 'wrong', 'absent', 'echo', 'garbage'] as const;

/** What the process of Node-RED has in its environment. */
export const environment = ({ wrong, inUrl, number, text }: Canaries, { echo }: Addresses): Record<string, string> => ({
  CANARY_PASSWORD: wrong.value,
  CANARY_URL: echo.replace('//', `//${USER}:${inUrl.value}@`),
  CANARY_NUMBER: number.value,
  CANARY_TEXT: text.value,
});

/** The credentials file. */
export const credentials = ({ password, token }: Canaries): Record<string, Record<string, string>> => ({
  good: { username: USER, password: password.value },
  wrong: { username: USER, password: variable('CANARY_PASSWORD') },
  absent: { username: USER, password: password.value },
  echo: { username: USER, password: password.value },
  garbage: { username: USER, password: password.value },
  inVariable: { username: USER, password: password.value },
  receiver: { token: token.value },
});

const variable = (name: string): string => `\${${name}}`;

/** Five gateways of which one works, each with a node of every kind, and everything recorded. */
export function flows({ simulator, another, garbage, echo }: Addresses): FlowNode[] {
  const urls = { good: simulator, wrong: another, absent: 'http://no-such-host.invalid', echo, garbage };
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
    return [
      of('send', 'send-sms', { to: '123', toType: 'str', text: 'CANARY_TEXT', textType: 'env' }),
      of('number', 'send-sms', { to: 'CANARY_NUMBER', toType: 'env', text: 'x', textType: 'str' }),
      of('ussd', 'ussd', { text: 'CANARY_NUMBER', textType: 'env', ports: '0', portsType: 'str', wait: '2' }),
      of('ports', 'port-info', { ports: '', portsType: 'str' }),
      of('badPorts', 'port-info', { ports: 'CANARY_NUMBER', portsType: 'env' }),
      of('watch', 'port-info', { mode: 'watch', interval: 1 }),
      of('query', 'query-result', { query: 'status' }),
      of('cdr', 'cdr', { timeAfter: 'CANARY_NUMBER', timeAfterType: 'env' }),
      of('set', 'set-port', { port: '0', portType: 'num', action: 'CANARY_NUMBER', actionType: 'env', allow: true }),
      of('receive', 'receive-sms', { interval: 1 }),
    ];
  };
  const everything = ['inVariable', ...GATEWAYS].flatMap(kinds);
  return [
    { id: 'tab', type: 'tab', label: 'canaries' },
    ...GATEWAYS.map((id) => ({
      id,
      type: 'dinstar-gateway',
      name: `gateway ${id}`,
      url: urls[id],
      auth: 'auto',
      timeout: 2,
    })),
    { id: 'inVariable', type: 'dinstar-gateway', name: 'in variable', url: variable('CANARY_URL'), timeout: 2 },
    ...everything,
    node('go', 'inject', {
      props: [{ p: 'payload' }],
      payload: '{}',
      payloadType: 'json',
      wires: [everything.map(({ id }) => id)],
    }),
    node('receiver', 'dinstar-push-receiver', { gateway: '', allow: '127.0.0.1', wires: [['record']] }),
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
