import * as api from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import should from 'should';
import { findApi } from '../../../../lib/runtime/tracing/findApi';
import { Spans } from '../../../../lib/runtime/tracing/Spans';
import type { SmsStatus, StoredInput, StoredSms } from '../../../../lib/store';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const TAKEN = 1_000_000;

describe('spans of OpenTelemetry', () => {
  const exporter = new InMemorySpanExporter();
  let asked: number;
  let spans: Spans;
  before(() => {
    api.trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  });
  after(() => api.trace.disable());
  beforeEach(() => {
    exporter.reset();
    asked = 0;
    const getApi = (): typeof api => {
      asked += 1;
      return api;
    };
    spans = new Spans({ getApi, getName: () => 'farm' });
  });

  const input = (msg: object = {}, id = 'i'): StoredInput =>
    ({ id, gateway: 'g1', taken_at: TAKEN, msg: JSON.stringify(msg) }) as StoredInput;
  const sms = (statuses: SmsStatus[], own: Partial<StoredSms> = {}): StoredSms =>
    ({
      ...{ id: 1, number: '+4366412345678', text: 'The secret', user_id: 4711, stage: 'done', priority: 'high' },
      ...{ encoding: 'gsm-7bit', status: statuses.at(-1), port: 3, count: 2 },
      history: statuses.map((status, place) => ({ status, at: TAKEN + (place + 1) * 500, by: 'push' })),
      ...own,
    }) as StoredSms;
  const told = () => exporter.getFinishedSpans();
  const ms = ([seconds, nanos]: readonly [number, number]): number => seconds * 1000 + nanos / 1e6;

  it('are one an SMS, from its taking until it is final, with what it came to on the way', () => {
    spans.changed(input(), sms(['ACCEPTED'], { stage: 'gateway' }));
    spans.changed(input(), sms(['ACCEPTED', 'SENT_OK'], { stage: 'sent' }));
    should(told()).have.length(0);
    spans.changed(input(), sms(['ACCEPTED', 'SENT_OK', 'DELIVERED']));
    spans.changed(input(), sms(['ACCEPTED', 'SENT_OK', 'DELIVERED']));
    should(told()).have.length(1);
    const [span] = told();
    should(span?.name).equal('send sms');
    should(ms(span?.startTime ?? [0, 0])).equal(TAKEN);
    should(ms(span?.endTime ?? [0, 0])).equal(TAKEN + 1500);
    should(span?.events.map(({ name }) => name)).eql(['ACCEPTED', 'SENT_OK', 'DELIVERED']);
    should(span?.status.code).equal(api.SpanStatusCode.UNSET);
    should(span?.parentSpanContext).be.undefined();
  });

  it('belong to the trace of msg.traceparent and are linked to it', () => {
    spans.changed(input({ traceparent: `00-${TRACE}-${SPAN}-01` }), sms(['DELIVERED']));
    const [span] = told();
    should(span?.spanContext().traceId).equal(TRACE);
    should(span?.parentSpanContext?.spanId).equal(SPAN);
    should(span?.links.map(({ context }) => context.spanId)).eql([SPAN]);
  });

  it('begin a trace of their own where there is no traceparent, or one that is none', () => {
    const wrong = [
      ...['', 'nonsense', `00-${TRACE}-${SPAN}`, `00-${TRACE.toUpperCase()}-${SPAN}-01`, `ff-${TRACE}-${SPAN}-01`],
      ...[`00-${'0'.repeat(32)}-${SPAN}-01`, `00-${TRACE}-${'0'.repeat(16)}-01`, `00-${TRACE}-${SPAN}-01-more`],
      ...[7, null, { traceId: TRACE }, { toString: 1, valueOf: 1 } as object, [[`00-${TRACE}-${SPAN}-01`]]],
    ];
    for (const [place, traceparent] of wrong.entries())
      spans.changed(input({ traceparent }, `i${place}`), sms(['DELIVERED'], { id: place + 10 }));
    should(told()).have.length(wrong.length);
    for (const span of told()) should(span.parentSpanContext).be.undefined();
  });

  it('say that an SMS failed, and hold neither its number nor its text nor its user_id', () => {
    const error = { code: 'SIM_LIMIT', message: 'no SIM may send to +4366412345678' };
    spans.changed(input({ payload: 'The secret' }), sms(['WITHHELD'], { error }));
    const [span] = told();
    should(span?.status).eql({ code: api.SpanStatusCode.ERROR, message: 'SIM_LIMIT' });
    should(span?.attributes).eql({
      ...{ 'messaging.system': 'sms', 'messaging.operation.type': 'send', 'sms.gateway': 'farm', 'sms.port': 3 },
      ...{ 'sms.status': 'WITHHELD', 'sms.priority': 'high', 'sms.encoding': 'gsm-7bit', 'sms.segments': 2 },
      'sms.error_code': 'SIM_LIMIT',
    });
    const { attributes, events, links, name, status } = span ?? {};
    should(JSON.stringify({ attributes, events, links, name, status })).not.match(/4366412345678|secret|4711/);
  });

  it('are none of a number whose turn never came', () => {
    spans.changed(input(), sms([], { status: 'QUEUED' }));
    should(told()).have.length(0);
    should(asked).equal(0);
  });

  it('ask for the API once, and do without where nobody has installed it', () => {
    for (let id = 1; id < 4; id++) spans.changed(input(), sms(['DELIVERED'], { id }));
    should(asked).equal(1);
    const without = new Spans({ getApi: () => undefined, getName: () => '' });
    without.changed(input(), sms(['DELIVERED']));
    should(told()).have.length(3);
  });

  it('are told by the API that is installed beside us', () => {
    should(findApi(undefined)?.trace).be.an.Object();
  });
});
