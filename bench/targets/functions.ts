/** What function nodes may use of Node's modules. */
export const MODULES = ['perf_hooks', 'fs', 'process', 'http', 'timers'].map((module) => ({ var: module, module }));

/** SMS that a function hands on in one turn of the event loop. */
const IN_ONE_TURN = 250;

// Gives the messages, and counts what comes back to it.
export const SOURCE = `
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
const { count, text, gateways } = msg.burst;
fs.writeFileSync('/proc/self/clear_refs', '5');
const delay = perf_hooks.monitorEventLoopDelay({ resolution: 1 });
const run = { count, got: 0, first: 0, failed: 0, delay, memory: memory('VmRSS'), cpu: process.cpuUsage(), start: perf_hooks.performance.now() };
globalThis.run = run;
delay.enable();
let given = 0;
const give = () => {
  for (let most = given + ${IN_ONE_TURN}; given < count && given < most; given++) {
    const payload = text + given;
    const gateway = gateways && 'g' + (1 + given % gateways);
    node.send([null, { payload, gateway, to: '+4917' + (10000000 + given), userId: given, topic: 'pump ' + given % 7 }]);
  }
  if (given < count) timers.setImmediate(give);
};
give();
return [{ statusCode: 202, payload: '', req: msg.req, res: msg.res }, null];
`;

export const REQUEST = (url: string): string => `
msg.url = ${JSON.stringify(`${url}/api/send_sms`)};
msg.method = 'POST';
`;

export const ONE_REQUEST = `
msg.payload = { text: '#param#', encoding: 'gsm-7bit', request_status_report: true,
  param: [{ number: msg.to, text_param: [msg.payload], user_id: globalThis.id = (globalThis.id ?? 0) + 1 }] };
return msg;
`;

// As many as have come until a request is answered travel in the next.
export const BATCHING = `
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
export const PROTOTYPE = (url: string): string => `
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
