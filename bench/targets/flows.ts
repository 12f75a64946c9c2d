import type { FlowNode } from '../../test/support/node-red';
import { BATCHING, MODULES, ONE_REQUEST, PROTOTYPE, REQUEST, SOURCE } from './functions';

export const node = (id: string, type: string, properties: object = {}): FlowNode => ({
  ...{ id, type, z: 'tab', x: 1, y: 1 },
  ...properties,
});

export const TAB: FlowNode = { id: 'tab', type: 'tab', label: 'bench' };

/** What the messages of a burst travel through. */
export type Way = 'memory' | 'embedded' | 'planned' | 'http request' | 'batching + http request' | 'prototype';

export const code = (id: string, func: string, wires: string[][], libs: object[] = []): FlowNode =>
  node(id, 'function', { func, outputs: wires.length, wires, libs });

const httpRequest = (id: string, to: string[]): FlowNode =>
  node(id, 'http request', { method: 'use', ret: 'obj', paytoqs: 'ignore', persist: true, wires: [to] });

/** The gateway node for a burst, and its store. */
export const gateway = (url: string, store: 'memory' | 'embedded', more: object = {}): FlowNode[] => [
  ...(store === 'memory' ? [{ id: 'store', type: 'dinstar-store', kind: 'memory' }] : []),
  {
    ...{ id: 'gateway', type: 'dinstar-gateway', name: 'g', url, queueLimit: 0, combine: 'all' },
    ...{ store: store === 'memory' ? 'store' : '', ...more },
  },
];

/** All ports have a plan, whose limits are never reached. */
const PLANS = [{ limits: ['day', 'month'].map((per) => ({ count: 'sms', per, max: 1_000_000 })) }];

function wayNodes(way: Way, url: string): FlowNode[] {
  switch (way) {
    case 'http request':
      return [code('way', REQUEST(url) + ONE_REQUEST, [['request']]), httpRequest('request', ['source'])];
    case 'batching + http request':
      return [
        code('way', `if (msg.statusCode === undefined) {${REQUEST(url)}}${BATCHING}`, [['request']], MODULES),
        httpRequest('request', ['source', 'way']),
      ];
    case 'prototype':
      return [code('way', PROTOTYPE(url), [['source']], MODULES)];
    default:
      return [
        ...(way === 'planned' ? gateway(url, 'embedded', { plans: PLANS }) : gateway(url, way)),
        node('way', 'dinstar-send-sms', {
          ...{ gateway: 'gateway', until: 'accepted', literal: true, wires: [['source'], ['source'], []] },
        }),
        node('catch', 'catch', { scope: ['way'], wires: [['failed']] }),
        code('failed', 'return { failed: true };', [['source']]),
      ];
  }
}

/** A flow that sends a burst that way when it is posted `{ "count": …, "text": … }` to /burst, and logs how it went. */
export const burstFlow = (way: Way, url: string): FlowNode[] => [TAB, ...source('way'), ...wayNodes(way, url)];

/** Posted `{ "count": …, "text": … }` to /burst it gives a node that many messages, and logs how it went when as many came back. */
export const source = (to: string): FlowNode[] => [
  node('in', 'http in', { url: '/burst', method: 'post', wires: [['prepare']] }),
  code('prepare', 'msg.burst = msg.payload; return msg;', [['source']]),
  node('answer', 'http response', {}),
  code('source', SOURCE, [['answer'], [to]], MODULES),
];
