import type { FlowNode } from '../../test/support/node-red';

const node = (id: string, type: string, properties: object = {}): FlowNode => ({
  ...{ id, type, z: 'tab', x: 1, y: 1 },
  ...properties,
});

export const TAB: FlowNode = { id: 'tab', type: 'tab', label: 'bench' };

const MODULES = ['perf_hooks', 'fs', 'process', 'http', 'timers'].map((module) => ({ var: module, module }));

/** What the messages of a burst travel through. */
export type Way = 'memory' | 'embedded' | 'http request' | 'batching + http request' | 'prototype';

/** SMS that a function hands on in one turn of the event loop. */
const IN_ONE_TURN = 250;

// Gives the messages, and counts what comes back to it.
const SOURCE = `
const memory = (name) => Number(new RegExp(name + ':\\\\s+(\\\\d+)').exec(fs.readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;
if (msg.burst === undefined) {
  const run = globalThis.run;
  const now = perf_hooks.performance.now();
  if (run.got === 0) run.first = now - run.start;
  run.got += msg.together ?? 1;
  if (msg.failed || (msg.payload && msg.payload.ok === false)) run.failed += 1;
  if (run.got < run.count) return null;
  run.delay.disable();
  const { user, system } = process.cpuUsage(run.cpu);
  node.log('burst ' + JSON.stringify({
    seconds: (now - run.start) / 1000, first: run.first, failed: run.failed, cpu: (user + system) / 1000,
    delay: run.delay.percentile(99) / 1e6, memory: memory('VmHWM') - run.memory, heldUp: run.delay.max / 1e6,
  }));
  return null;
}
const { count, text } = msg.burst;
fs.writeFileSync('/proc/self/clear_refs', '5');
const delay = perf_hooks.monitorEventLoopDelay({ resolution: 1 });
const run = { count, got: 0, first: 0, failed: 0, delay, memory: memory('VmRSS'), cpu: process.cpuUsage(), start: perf_hooks.performance.now() };
globalThis.run = run;
delay.enable();
let given = 0;
const give = () => {
  for (let most = given + ${IN_ONE_TURN}; given < count && given < most; given++) {
    const payload = text + given;
    node.send([null, { payload, to: '+4917' + (10000000 + given), topic: 'pump ' + given % 7 }]);
  }
  if (given < count) timers.setImmediate(give);
};
give();
return [{ statusCode: 202, payload: '', req: msg.req, res: msg.res }, null];
`;

const REQUEST = (url: string): string => `
msg.url = ${JSON.stringify(`${url}/api/send_sms`)};
msg.method = 'POST';
`;

const ONE_REQUEST = `
msg.payload = { text: '#param#', encoding: 'gsm-7bit', request_status_report: true,
  param: [{ number: msg.to, text_param: [msg.payload], user_id: globalThis.id = (globalThis.id ?? 0) + 1 }] };
return msg;
`;

// As many as have come until a request is answered travel in the next.
const BATCHING = `
const all = globalThis.all ??= [];
const send = () => {
  const some = all.splice(0, 128);
  globalThis.busy = some.length > 0;
  if (globalThis.busy) node.send({ together: some.length, url: msg.url ?? globalThis.url, method: 'POST', payload: { text: '#param#', encoding: 'gsm-7bit',
    request_status_report: true, param: some.map((one) => ({ number: one.to, text_param: [one.payload], user_id: globalThis.id = (globalThis.id ?? 0) + 1 })) } });
};
if (msg.statusCode !== undefined) { send(); return null; }
globalThis.url = msg.url;
all.push(msg);
if (!globalThis.busy) { globalThis.busy = true; timers.setImmediate(send); }
return null;
`;

// What a node could do at best that keeps nothing and knows of no outcome: combines, sends, hands each message on.
const PROTOTYPE = (url: string): string => `
const all = globalThis.all ??= [];
const agent = globalThis.agent ??= new http.Agent({ keepAlive: true, maxSockets: 1 });
const send = () => {
  const some = all.splice(0, 128);
  globalThis.busy = some.length > 0;
  if (some.length === 0) return;
  const body = JSON.stringify({ text: '#param#', encoding: 'gsm-7bit', request_status_report: true,
    param: some.map((one) => ({ number: one.to, text_param: [one.payload], user_id: globalThis.id = (globalThis.id ?? 0) + 1 })) });
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  http.request(${JSON.stringify(`${url}/api/send_sms`)}, { method: 'POST', agent, headers }, (answer) => {
    let text = '';
    answer.on('data', (chunk) => { text += chunk; }).on('end', () => {
      const { task_id } = JSON.parse(text);
      for (const one of some) { one.payload = { task_id, number: one.to }; node.send(one); }
      send();
    });
  }).end(body);
};
all.push(msg);
if (!globalThis.busy) { globalThis.busy = true; timers.setImmediate(send); }
return null;
`;

const code = (id: string, func: string, wires: string[][], libs: object[] = []): FlowNode =>
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
        ...gateway(url, way),
        node('way', 'dinstar-send-sms', {
          ...{ gateway: 'gateway', until: 'accepted', literal: true, wires: [['source'], ['source'], []] },
        }),
        node('catch', 'catch', { scope: ['way'], wires: [['failed']] }),
        code('failed', 'return { failed: true };', [['source']]),
      ];
  }
}

/** A flow that sends a burst that way when it is posted `{ "count": …, "text": … }` to /burst, and logs how it went. */
export const burstFlow = (way: Way, url: string): FlowNode[] => [
  TAB,
  ...posted('/burst', 'source', 'msg.burst = msg.payload; return msg;'),
  code('source', SOURCE, [['answer'], ['way']], MODULES),
  ...wayNodes(way, url),
];

/** What is posted to `url` goes to a node, which answers by `answer`. */
const posted = (url: string, to: string, func: string): FlowNode[] => [
  node('in', 'http in', { url, method: 'post', wires: [['prepare']] }),
  code('prepare', func, [[to]]),
  node('answer', 'http response', {}),
];
