import type { AxiosAdapter, AxiosInstance } from 'axios';
import type { ObservedTransport } from './ObservedTransport';
import type { WireAnswer, WireRequest } from './wire';

/** How one request is sent. */
interface Manner {
  /** Gives it up. */
  signal: AbortSignal;
  /** Whether to read an answer that breaks the rules of HTTP. */
  lenientHttp: boolean;
  /** Whether its connection is kept for the next one. */
  isKept: boolean;
}

/** Has axios make a request, and the passage carry it, which sees what becomes of each byte. Rejects as the passage does. */
export async function sendByAxios(
  request: WireRequest,
  passage: ObservedTransport,
  { signal, lenientHttp, isKept }: Manner,
): Promise<WireAnswer> {
  const { changes } = request;
  const adapter: AxiosAdapter = async (config) => {
    const { url = '', method = 'GET', data: body, headers } = config;
    const leaving = {
      url,
      method: method.toUpperCase(),
      headers: headers.toJSON(),
      body,
      lenientHttp,
      changes,
      signal,
    };
    const answer = await passage.exchange(leaving);
    return { data: answer, status: answer.status, statusText: '', headers: {}, config };
  };
  const { data } = await client().request<WireAnswer>({
    method: request.method,
    url: request.url.href,
    data: request.body,
    headers: { ...headersOf(request), ...(isKept ? {} : { Connection: 'close' }) },
    adapter,
  });
  return data;
}

type Client = Pick<AxiosInstance, 'request'>;

let made: Client | undefined;

/** An axios that adds nothing by itself. Required with the first request: who never sends one needn't have it. */
function client(): Client {
  if (made === undefined) {
    const { Axios } = require('./library') as typeof import('./library');
    made = new Axios({ headers: {}, transformRequest: [], transformResponse: [] });
  }
  return made;
}

function headersOf(request: WireRequest): Record<string, string> {
  const authorization = request.sign?.();
  return {
    Accept: 'application/json',
    'Accept-Encoding': 'identity',
    'User-Agent': 'node-red-dinstar',
    ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(authorization === undefined ? {} : { Authorization: authorization }),
  };
}
