import type { DeliveryStatus, GatewayClient, GatewayStatus, SmsFilter, SmsResult } from '../../gateway-api';
import type { RequestQueue } from '../requestQueue/RequestQueue';
import type { Kind } from '../requestQueue/slot';
import { inQueries } from './smsFilter';

type Api = Pick<GatewayClient, 'querySmsResult' | 'querySmsDeliverStatus' | 'querySmsInQueue' | 'getStatus'>;

/**
 * Asks one gateway what became of SMS (manual 3 and 4), how many wait in it (manual 5) and how it does. Each question takes
 * its turn, and rejects as the client does, with `STOPPED` where its signal aborts first, and with `BUSY` where too many wait.
 */
export class QueryReader {
  constructor(private readonly requests: Pick<RequestQueue<Api>, 'run'>) {}

  /** Resolves with the results of the SMS that a filter chooses, asked for in as many queries as it takes. */
  results(filter: SmsFilter, signal?: AbortSignal): Promise<SmsResult[]> {
    return this.each(filter, signal, (api, part) => api.querySmsResult(part, { signal }));
  }

  /** Resolves with the delivery reports of the SMS that a filter chooses, asked for in as many queries as it takes. */
  deliveryReports(filter: SmsFilter, signal?: AbortSignal): Promise<DeliveryStatus[]> {
    return this.each(filter, signal, (api, part) => api.querySmsDeliverStatus(part, { signal }));
  }

  /** Resolves with how many SMS wait in the gateway. */
  async smsInQueue({ kind = 'poll', signal }: { kind?: Kind; signal?: AbortSignal } = {}): Promise<number> {
    return (await this.requests.run({ kind, signal }, (api) => api.querySmsInQueue({ signal }))).in_queue;
  }

  /** Resolves with the device's own state (later firmware). */
  status(signal?: AbortSignal): Promise<GatewayStatus> {
    return this.requests.run({ kind: 'poll', signal }, (api) => api.getStatus(undefined, { signal }));
  }

  private async each<T>(
    filter: SmsFilter,
    signal: AbortSignal | undefined,
    query: (api: Api, part: SmsFilter) => Promise<{ result: T[] }>,
  ): Promise<T[]> {
    const answers: T[][] = [];
    for (const part of inQueries(filter))
      answers.push((await this.requests.run({ kind: 'poll', signal }, (api) => query(api, part))).result);
    return answers.length > 1 ? withoutDoubles(answers.flat()) : answers.flat();
  }
}

// An answer may hold rows outside its filter (manual 3.4), so that two parts of one question may bring the same row.
function withoutDoubles<T>(records: T[]): T[] {
  const seen = new Map(records.map((record) => [JSON.stringify(record), record]));
  return [...seen.values()];
}
