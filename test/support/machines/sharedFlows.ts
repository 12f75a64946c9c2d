import type { FlowNode } from '../node-red';

/** A line of the log with which a flow tells what left a node: `SAW <ms since 1970> <kind> <what> <more>`. */
export const SAW = /SAW (\d+) (\S+) (\S+) ?(.*)/;
// biome-ignore lint/suspicious/noTemplateCurlyInString: Node-RED's, for a variable of its environment
const OWN_NAME = '${MACHINE}';
export const PUSH_PATH = '/dinstar/push';

export interface SharedFlowOptions {
  /** Of the gateways; the config node of each is called `gateway0`, `gateway1`, … */
  urls: readonly string[];
  /** Seconds. */
  lease: number;
}

/**
 * What all machines of a scene run, word for word; each is called as its environment's `MACHINE` says. SMS come by `POST /send` with
 * `{ id, to, gateway }`, commands to jobs by `POST /command`.
 */
export function sharedFlows({ urls, lease }: SharedFlowOptions): FlowNode[] {
  const tell = (kind: string, what: string, more = '""') =>
    `node.log(["SAW", Date.now(), "${kind}", ${what}, ${more}].join(" "));`;
  return [
    { id: 'tab', type: 'tab', label: 'shared' },
    { id: 'store', type: 'dinstar-store', kind: 'postgres', lease: `${lease}`, machine: OWN_NAME },
    ...urls.map((url, place) => ({
      ...{ id: `gateway${place}`, type: 'dinstar-gateway', name: `g${place}`, url, store: 'store' },
      ...{ timeout: 15, unknownHold: 20 },
    })),
    node('push', 'dinstar-push-receiver', { path: PUSH_PATH, wires: [[]] }),
    node('in', 'http in', { url: '/send', method: 'post', wires: [['prepare']] }),
    node('prepare', 'function', {
      func: 'Object.assign(msg, msg.payload); return [msg, msg];',
      outputs: 2,
      wires: [['accepted'], ['send']],
    }),
    node('accepted', 'http response', { statusCode: '202' }),
    node('send', 'dinstar-send-sms', {
      ...{ gateway: 'gateway0', gatewayFrom: 'msg', text: 'id', textType: 'msg', control: true },
      ...{ job: 'job', jobType: 'msg', wires: [['outcome'], ['outcome'], ['answer']] },
    }),
    logged(
      'outcome',
      tell('outcome', 'msg.id', '[msg.restored === true, msg.payload.recipients.map(({ status }) => status)]'),
    ),
    logged('answer', tell('answer', 'msg.topic', 'JSON.stringify(msg.payload)')),
    ...urls.flatMap((_, place) => emitting(`gateway${place}`, tell)),
    node('status', 'status', { scope: null, wires: [['shown']] }),
    logged('shown', tell('status', 'msg.status.source.id', 'msg.status.text')),
    node('catch', 'catch', { scope: null, wires: [['failed']] }),
    logged('failed', tell('error', 'msg.id || msg.error.source.id', '[msg.error.code, msg.error.message]')),
  ];
}

/** A node of each kind that emits by itself. */
function emitting(gateway: string, tell: (kind: string, what: string, more?: string) => string): FlowNode[] {
  const of = (id: string, type: string, own: object, telling: string): FlowNode[] => [
    node(`${id}-${gateway}`, `dinstar-${type}`, { gateway, ...own, wires: [[`${id}-${gateway}-told`]] }),
    logged(`${id}-${gateway}-told`, telling),
  ];
  const ussd = `ussd-${gateway}`;
  return [
    ...of('sms', 'receive-sms', { interval: 1 }, tell('sms', 'msg.payload.text', 'msg.redelivered === true')),
    ...of(
      'ports',
      'port-info',
      { mode: 'watch', interval: 1, info: ['reg'] },
      tell('port', 'msg.topic', 'msg.changed'),
    ),
    ...of('cdr', 'cdr', { mode: 'new', interval: 1, output: 'each' }, tell('cdr', 'msg.payload.source_number')),
    node(ussd, 'dinstar-ussd', { gateway, wires: [[], [`${ussd}-told`]] }),
    logged(`${ussd}-told`, tell('ussd', 'msg.payload.text')),
  ];
}

const node = (id: string, type: string, properties: object): FlowNode => ({
  ...{ id, type, z: 'tab', x: 1, y: 1 },
  ...properties,
});
const logged = (id: string, func: string): FlowNode => node(id, 'function', { func, outputs: 0 });
