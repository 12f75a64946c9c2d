import { silentCode } from '../../../simulator/network/ussdCodes';
import type { FlowNode } from '../node-red';

export interface FlowOptions {
  /** Of the simulated gateway. */
  url: string;
  /** A free port for a receiver of its own. */
  listen: number;
  /** Something in the node changes with it. */
  round: number;
  /** Which node changes, by its id; none: all of them. */
  changed?: string;
}

/** A property of each kind that may change without meaning anything, where the name counts for the editor only. */
const inject = (id: string, to: string, payload = ''): FlowNode => ({
  ...{
    id,
    type: 'inject',
    z: 'tab',
    x: 1,
    y: 1,
    name: id,
    props: [{ p: 'payload' }],
    repeat: '',
    crontab: '',
    once: false,
  },
  ...{ topic: '', payload, payloadType: 'str', wires: [[to]] },
});

// A config node whose name is its own id depends on itself for Node-RED, which then starts no config node.
/** A flow with each kind of node, and buttons that make them work. */
export function allKinds({ url, listen, round, changed }: FlowOptions): FlowNode[] {
  const node = (id: string, type: string, own: object = {}): FlowNode => ({
    ...{ id, type: `dinstar-${type}` },
    ...(!['gateway', 'store'].includes(type) && { z: 'tab', x: 1, y: 1, gateway: 'gateway', wires: [[], [], []] }),
    name: changed === undefined || changed === id ? `${id}, round ${round}` : `the ${id}`,
    ...own,
  });
  return [
    { id: 'tab', type: 'tab', label: 'all kinds' },
    node('store', 'store', { kind: 'file', keepDays: 1 + (changed === 'store' ? round % 2 : 0) }),
    node('gateway', 'gateway', { url, store: 'store', timeout: 300, queueLimit: 0 }),
    node('push-receiver', 'push-receiver', { path: '/lifecycle', gateway: '' }),
    node('own-port', 'push-receiver', { path: '/own', listen, gateway: '' }),
    node('send-sms', 'send-sms', { until: 'delivered', wait: '3600', validity: '7200' }),
    node('stop-sms', 'stop-sms'),
    node('query-result', 'query-result'),
    node('receive-sms', 'receive-sms', { interval: 1 }),
    node('receive-asked', 'receive-sms', { mode: 'input' }),
    node('ussd', 'ussd', { ports: '1', portsType: 'str', wait: '80000' }),
    node('port-info', 'port-info', { mode: 'watch', interval: 1 }),
    node('set-port', 'set-port', { port: '3', portType: 'str', action: 'reset', allow: true, settle: 0 }),
    node('stk', 'stk', { port: '1', portType: 'str', action: 'home', wait: '3600' }),
    node('cdr', 'cdr', { mode: 'new', interval: 1 }),
    inject('button-sms', 'to'),
    // The recipients of the SMS that wait.
    { id: 'to', type: 'change', z: 'tab', x: 1, y: 1, name: '', rules: RULES, wires: [['send-sms']] },
    inject('button-ussd', 'ussd', silentCode),
    inject('button-stk', 'stk'),
    inject('button-receive', 'receive-asked'),
    inject('button-query', 'query-result'),
  ];
}

const RULES = [
  { t: 'set', p: 'to', pt: 'msg', to: '+4366412345', tot: 'str' },
  { t: 'set', p: 'payload', pt: 'msg', to: 'it waits', tot: 'str' },
];
