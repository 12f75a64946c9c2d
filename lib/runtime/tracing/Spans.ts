import type * as OpenTelemetry from '@opentelemetry/api';
import { OldestOut } from '../../bounded/OldestOut';
import { isFailure, type StoredInput, type StoredSms } from '../../store';
import { parentOf } from './parentOf';

type Api = typeof OpenTelemetry;
type SpanContext = OpenTelemetry.SpanContext;

export interface SpansOptions {
  /** Asked once, with the first SMS that is final: OpenTelemetry's API where somebody has installed it. */
  getApi: () => Api | undefined;
  /** Asked for a gateway node's name. */
  getName: (gateway: string) => string;
}

const TRACER = '@gsm-gateway/node-red-dinstar';
/** SMS whose span has left. */
const MOST_ENDED = 1000;
/** Inputs whose parent is remembered: of ten thousand recipients the message is read once. */
const MOST_PARENTS = 16;

/**
 * Tells OpenTelemetry of each SMS as a span, from its taking until it is final, in the trace of its `msg.traceparent` and linked
 * to that. It is made at its end, so that nothing is kept meanwhile and a restart loses none. No number and no text is in it.
 */
export class Spans {
  private api: Api | undefined | 'not asked' = 'not asked';
  private readonly ended = new OldestOut<number, true>(MOST_ENDED);
  private readonly parents = new OldestOut<string, SpanContext | null>(MOST_PARENTS);

  constructor(private readonly options: SpansOptions) {}

  /** An SMS has changed. */
  changed(input: StoredInput, sms: StoredSms): void {
    // Another number whose turn never came has no history.
    if (sms.stage !== 'done' || sms.history.length === 0 || this.ended.get(sms.id)) return;
    this.ended.set(sms.id, true);
    if (this.api === 'not asked') this.api = this.options.getApi();
    if (this.api) this.tell(this.api, input, sms);
  }

  private tell(api: Api, input: StoredInput, sms: StoredSms): void {
    const { trace, ROOT_CONTEXT, SpanKind, SpanStatusCode } = api;
    const parent = this.parentOf(input);
    const span = trace.getTracer(TRACER).startSpan(
      'send sms',
      {
        kind: SpanKind.PRODUCER,
        // A number may be taken for one that counts from the start of the process.
        startTime: new Date(input.taken_at),
        attributes: this.attributesOf(input, sms),
        links: parent ? [{ context: parent }] : [],
      },
      parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT,
    );
    for (const { status, at, by } of sms.history) span.addEvent(status, { by }, new Date(at));
    if (isFailure(sms)) span.setStatus({ code: SpanStatusCode.ERROR, message: sms.error?.code ?? sms.status });
    span.end(new Date(sms.history.at(-1)?.at ?? input.taken_at));
  }

  private attributesOf({ gateway }: StoredInput, sms: StoredSms): Record<string, string | number> {
    const { status, priority, encoding, port, count, error } = sms;
    const known = {
      'messaging.system': 'sms',
      'messaging.operation.type': 'send',
      'sms.gateway': this.options.getName(gateway),
      'sms.status': status,
      'sms.priority': priority,
      'sms.encoding': encoding,
      'sms.port': port,
      'sms.segments': count,
      'sms.error_code': error?.code,
    };
    const there = Object.entries(known).filter(([, value]) => value !== undefined);
    return Object.fromEntries(there) as Record<string, string | number>;
  }

  private parentOf({ id, msg }: StoredInput): SpanContext | undefined {
    const known = this.parents.get(id);
    if (known !== undefined) return known ?? undefined;
    const parent = parentOf(msg);
    this.parents.set(id, parent ?? null);
    return parent;
  }
}
