import type { Clock } from '../../clock';
import type { PushRequest } from './answer';

/** How long a gateway may take to send its push, in ms. */
const PATIENCE = 15_000;

/** A pushed body: its bytes, or what a body parser before us has made of them. */
export type Body = { content: unknown } | 'too large' | 'cut short';

/**
 * Reads the body of a push, at most `limit` bytes. Node-RED's own parser may have come first (with the default
 * `httpAdminRoot` it sees every JSON body): then the stream is used up, and the size goes by Content-Length.
 */
export function readBody(request: PushRequest, limit: number, clock: Clock): Promise<Body> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > limit) return Promise.resolve('too large');
  if (isParsed(request))
    return Promise.resolve(bytesOf(request.body) > limit ? 'too large' : { content: request.body });
  return collect(request, limit, clock);
}

// A parsed body may have come in chunks, without a length.
const bytesOf = (parsed: unknown): number => Buffer.byteLength(JSON.stringify(parsed) ?? '');

// A parser that isn't for the content type leaves an empty object and the stream untouched.
const isParsed = ({ body, headers }: PushRequest): boolean =>
  body !== undefined && /[/+]json\b|x-www-form-urlencoded/i.test(String(headers['content-type'] ?? ''));

function collect(request: PushRequest, limit: number, clock: Clock): Promise<Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = clock.after(PATIENCE, () => resolve('cut short'));
    const end = (body: Body): void => {
      timer.cancel();
      resolve(body);
    };
    request.on('data', (chunk) => {
      size += chunk.length;
      if (size > limit) end('too large');
      else chunks.push(chunk);
    });
    request.on('end', () => end({ content: Buffer.concat(chunks) }));
    request.on('close', () => end('cut short'));
    request.on('error', () => end('cut short'));
  });
}
