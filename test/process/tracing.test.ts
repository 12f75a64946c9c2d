import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { type Simulator, startSimulator } from '../../simulator';
import { type FlowNode, type RunningNodeRed, startNodeRed, versionsInTurn } from '../support/node-red';
import { root } from '../support/repository';
import { temporaryFolder } from '../support/temporaryFolder';

const NUMBER = '+4366412345678';
const TEXT = 'The secret of the farm';
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';

/** What an SDK does in a process that exports what it is told: it is loaded before Node-RED. */
const exporter = (file: string): string => `
const { appendFileSync } = require('node:fs');
const from = (name) => require(require.resolve(name, { paths: [${JSON.stringify(root)}] }));
const { trace } = from('@opentelemetry/api');
const { BasicTracerProvider, SimpleSpanProcessor } = from('@opentelemetry/sdk-trace-base');
const write = (span) => {
  const { name, kind, status, attributes, links, events, startTime, endTime, parentSpanContext, ended } = span;
  const { traceId, spanId } = span.spanContext();
  const all = { name, kind, status, attributes, links, events, startTime, endTime, parentSpanContext, ended, traceId, spanId };
  appendFileSync(${JSON.stringify(file)}, JSON.stringify(all) + '\\n');
};
const exporter = { export: (spans, done) => { spans.forEach(write); done({ code: 0 }); }, shutdown: async () => {} };
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
`;

interface Exported {
  name: string;
  traceId: string;
  ended: boolean;
  parentSpanContext?: { spanId: string };
  status: { code: number; message?: string };
  attributes: Record<string, unknown>;
  links: { context: { traceId: string; spanId: string } }[];
  events: { name: string }[];
}

for (const version of versionsInTurn) {
  describe(`a real Node-RED ${version} with OpenTelemetry’s SDK`, function () {
    this.timeout(120_000);
    let simulator: Simulator;
    let nodeRed: RunningNodeRed;
    let spans: string;

    const node = (id: string, type: string, own: object): FlowNode => ({ id, type, z: 'tab', x: 1, y: 1, ...own });
    const flows = (): FlowNode[] => [
      { id: 'tab', type: 'tab', label: 'sms' },
      { id: 'gateway', type: 'dinstar-gateway', name: 'farm', url: simulator.url },
      node('in', 'http in', { url: '/send', method: 'post', wires: [['prepare']] }),
      node('prepare', 'function', {
        func: 'return { ...msg.payload, payload: msg.payload.text, req: msg.req, res: msg.res };',
        wires: [['send']],
      }),
      node('send', 'dinstar-send-sms', {
        ...{ gateway: 'gateway', until: 'delivered', wait: '60', wires: [['out'], ['out'], []] },
      }),
      node('out', 'http response', { statusCode: '200' }),
    ];
    before(async () => {
      const folder = temporaryFolder('tracing');
      spans = path.join(folder, 'spans.jsonl');
      const setup = path.join(folder, 'setup.cjs');
      writeFileSync(setup, exporter(spans));
      simulator = await startSimulator({ speed: 'fast' });
      const env = { NODE_OPTIONS: `--require=${setup}` };
      nodeRed = await startNodeRed({ version, install: 'link', flows: flows(), env });
    });
    after(async () => {
      await nodeRed?.stop();
      await simulator.close();
    });

    const send = async (message: object): Promise<void> => {
      const body = JSON.stringify({ to: NUMBER, text: TEXT, ...message });
      const headers = { 'Content-Type': 'application/json' };
      await (await fetch(`${nodeRed.url}/send`, { method: 'POST', headers, body })).text();
    };
    const exported = (): Exported[] =>
      existsSync(spans)
        ? readFileSync(spans, 'utf8')
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line) as Exported)
        : [];

    it('exports a span for each SMS, ended, in the trace that the message is part of, without number and text', async () => {
      await send({ traceparent: `00-${TRACE}-${PARENT}-01` });
      await send({ to: '+999000001' });
      const [first, second] = exported();
      should(exported()).have.length(2);
      should(first).match({
        ...{
          name: 'send sms',
          ended: true,
          traceId: TRACE,
          parentSpanContext: { spanId: PARENT },
          status: { code: 0 },
        },
        links: [{ context: { traceId: TRACE, spanId: PARENT } }],
        attributes: { 'sms.gateway': 'farm', 'sms.status': 'DELIVERED', 'sms.segments': 1, 'sms.encoding': 'gsm-7bit' },
      });
      const events = first?.events.map(({ name }) => name) ?? [];
      should(events[0]).equal('ACCEPTED');
      should(events.at(-1)).equal('DELIVERED');
      // What fails is an error in a trace of its own.
      should(second).match({
        status: { code: 2, message: 'FAILED' },
        attributes: { 'sms.status': 'FAILED' },
        links: [],
      });
      should(second?.traceId).not.equal(TRACE);
      should(second).not.have.property('parentSpanContext');
      const raw = readFileSync(spans, 'utf8');
      for (const secret of [NUMBER.slice(1), TEXT, '999000001', String(simulator.submitted[0]?.user_id)])
        should(raw).not.containEql(secret);
    });
  });
}
