import type { Clock } from '../../clock';
import { pause } from '../../concurrency';
import { type GatewayClient, GatewayError, type IncomingSmsReply } from '../../gateway-api';
import type { RequestQueue } from '../requestQueue/RequestQueue';
import type { ListedRecord } from './fingerprint';

/** Some records of the gateway's list of incoming SMS (manual 6.3), ascending by id. */
export interface Page {
  found: ListedRecord[];
  /** The gateway's serial number, where the reply has it. */
  sn?: string;
  /** How many SMS the gateway has in all, where the reply says so. */
  total?: number;
}

export interface PagesOptions {
  requests: RequestQueue<GatewayClient>;
  clock: Clock;
  signal?: AbortSignal;
  /** Whether its first page leaves before SMS that wait: what comes in until then wouldn't be new. */
  isUrgent?: boolean;
  /** Called when a reading takes more than one page. */
  onNextPage?: () => void;
}

/** Between two pages, in ms: hours of messages are no burst of requests, and SMS to send come in between. */
const PAGE_PAUSE_MS = 200;
/** How often a page is asked for that gets no good answer: a long list must not begin anew because of one. */
const MAX_TRIES_PER_PAGE = 3;

/**
 * Reads the gateway's list above an id, page by page until nothing more comes: some models cut a reply at about 8 KB.
 * Rejects with what the queue or the gateway says, and with `STOPPED` when the signal aborts, also between two pages.
 */
export async function* pages(after: number, options: PagesOptions): AsyncGenerator<Page> {
  let last = after;
  for (let count = 0; ; count++) {
    if (count > 0) {
      if (count > 1) options.onNextPage?.();
      await pause(options.clock, PAGE_PAUSE_MS, options.signal);
    }
    const page = toPage(await askFor(last, count, options));
    const isFurther = (page.found.at(-1)?.id ?? 0) > last;
    // A gateway that ignores the id answers with the same again and again.
    const found = count === 0 ? page.found : page.found.filter(({ id }) => id > last);
    if (count === 0 || isFurther) yield { ...page, found };
    if (!isFurther) return;
    last = page.found.at(-1)?.id ?? last;
  }
}

async function askFor(after: number, count: number, options: PagesOptions): Promise<IncomingSmsReply> {
  const { requests, clock, signal } = options;
  const kind = options.isUrgent && count === 0 ? 'sms-high' : 'poll';
  // The manual wants an id above 0; without one the list begins at its beginning.
  const query = { flag: 'all' as const, ...(after > 0 && { incoming_sms_id: after }) };
  for (let tries = 1; ; tries++) {
    try {
      return await requests.run({ kind, signal }, (api) => api.queryIncomingSms(query, { signal }));
    } catch (error) {
      const mayWork = error instanceof GatewayError && ['TIMEOUT', 'BAD_REPLY'].includes(error.code);
      if (count === 0 || tries === MAX_TRIES_PER_PAGE || !mayWork) throw error;
      await pause(clock, PAGE_PAUSE_MS, signal);
    }
  }
}

function toPage({ sms, unreadable = [], sn, read, unread }: IncomingSmsReply): Page {
  const byId = new Map<number, ListedRecord>();
  for (const one of unreadable) {
    if (one.incoming_sms_id !== undefined) byId.set(one.incoming_sms_id, { id: one.incoming_sms_id });
  }
  for (const one of sms) byId.set(one.incoming_sms_id, { id: one.incoming_sms_id, sms: one });
  const found = [...byId.values()].filter(({ id }) => id > 0).sort((one, other) => one.id - other.id);
  const total = read === undefined || unread === undefined ? undefined : read + unread;
  return { found, ...(sn && { sn }), ...(total !== undefined && { total }) };
}
