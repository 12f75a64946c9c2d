import { TextDecoder } from 'node:util';
import { unzipSync } from 'node:zlib';
import type { Clock } from '../../clock';
import type { HttpRequest } from '../red';

/** A request with or without Express around it. */
export type PushRequest = Omit<HttpRequest, 'params'>;

/** How long a gateway may take to send its push, in ms. */
const PUSH_BODY_TIMEOUT_MS = 15_000;

/** A pushed body: its bytes, or what a body parser before us has made of them. */
export type Body = { content: unknown } | 'too large' | 'cut short' | 'mangled';

/**
 * Reads the body of a push, at most `limit` bytes. Node-RED's own parser may have come first (with the default
 * `httpAdminRoot` it sees every body, and reads JSON and forms): then the stream is used up, and the size goes by
 * Content-Length. What nobody has read is read here, whatever it is called.
 */
export function readBody(request: PushRequest, limit: number, clock: Clock): Promise<Body> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > limit) return Promise.resolve('too large');
  if (isUsedUp(request))
    return Promise.resolve(sizeOf(request, announced) > limit ? 'too large' : whatParserLeft(request, announced));
  return collect(request, limit, clock).then((body) => (Buffer.isBuffer(body) ? textOf(body, request, limit) : body));
}

const FORM = /x-www-form-urlencoded/i;

/** Bytes in which an empty object may be written, with blanks and a line's end. */
const EMPTY_OBJECT_BYTES = 8;

/**
 * Of JSON that says it is a form, as curl's does without being told, the form's parser keeps a key. It has made a space of
 * each plus, and has dropped what stands behind a bracket: only where neither can be was nothing lost. An empty object is
 * also what parsers leave of a body that somebody else has used up: as good as none, unless it says no more itself.
 */
function whatParserLeft({ body, headers }: PushRequest, announced: number): Body {
  if (body instanceof Uint8Array) return { content: decoderFor(headers['content-type']).decode(body) };
  if (isEmpty(body)) return { content: announced > 0 && announced <= EMPTY_OBJECT_BYTES ? {} : '' };
  if (!FORM.test(String(headers['content-type']))) return { content: body };
  const [[text, value] = ['', undefined], ...more] = Object.entries(body as object);
  const isWhole = more.length === 0 && value === '' && Buffer.byteLength(text) === announced && !text.includes(' ');
  return isWhole ? { content: text } : 'mangled';
}

/** Returns a body's text, unpacked and by its character set, which is UTF-8 unless it says another. */
function textOf(bytes: Buffer, { headers }: PushRequest, limit: number): Body {
  try {
    const isPacked = /^((x-)?gzip|deflate)$/i.test(String(headers['content-encoding'] ?? ''));
    const plain = isPacked ? unzipSync(bytes, { maxOutputLength: limit }) : bytes;
    return { content: decoderFor(headers['content-type']).decode(plain) };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : 'cut short';
  }
}

function decoderFor(contentType: string | string[] | undefined): TextDecoder {
  const charset = /charset="?([\w.:-]+)/i.exec(String(contentType ?? ''))?.[1];
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}

/** A parsed body may have come in chunks, without a length, or packed; only then it is written again to be measured. */
const sizeOf = ({ body, headers }: PushRequest, announced: number): number =>
  announced > 0 && headers['content-encoding'] === undefined
    ? announced
    : Buffer.byteLength(JSON.stringify(body) ?? '');

// A parser that isn't for the content type may leave an empty object (body-parser 1) or none (2), and the stream untouched:
// neither the label nor that object says that anybody has read it.
const isUsedUp = ({ readableDidRead, readableEnded }: PushRequest): boolean =>
  readableDidRead === true || readableEnded === true;

const isEmpty = (body: unknown): boolean =>
  body === undefined || (typeof body === 'object' && Object.keys(body ?? {}).length === 0);

function collect(request: PushRequest, limit: number, clock: Clock): Promise<Buffer | 'too large' | 'cut short'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = clock.after(PUSH_BODY_TIMEOUT_MS, () => resolve('cut short'));
    const end = (body: Buffer | 'too large' | 'cut short'): void => {
      timer.cancel();
      resolve(body);
    };
    request.on('data', (chunk) => {
      size += chunk.length;
      if (size > limit) end('too large');
      else chunks.push(chunk);
    });
    request.on('end', () => end(Buffer.concat(chunks)));
    request.on('close', () => end('cut short'));
    request.on('error', () => end('cut short'));
  });
}
