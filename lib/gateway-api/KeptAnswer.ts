import type { IncomingMessage } from 'node:http';
import zlib from 'node:zlib';
import { LONGEST_ANSWER } from './answerLimits';
import { plainHeaders, type WireAnswer } from './wire';

/** What an answer that is too long is given up with. */
export const OVERSIZE = 'ERR_OVERSIZE';

/**
 * What comes of an answer: all of it, or as much as there was when it ended otherwise than its headers say (with a false
 * Content-Length, without its last chunk, or by a reset), and of one that is too long its beginning.
 */
export class KeptAnswer {
  readonly #answer: IncomingMessage;
  readonly #body: Buffer[] = [];
  /** By what its body is packed. */
  readonly #packing: string | undefined;
  #length = 0;

  constructor(answer: IncomingMessage) {
    this.#answer = answer;
    this.#packing = answer.headers['content-encoding'];
    answer.on('data', (part: Buffer) => this.#keep(part));
  }

  /** Resolves with all of it, unpacked. Rejects with an error whose `code` says why, for one that is too long {@link OVERSIZE}. */
  async read(): Promise<WireAnswer> {
    await new Promise<void>((resolve, reject) => {
      this.#answer.once('end', resolve).on('error', reject);
      this.#answer.on('data', () => {
        if (this.#length > LONGEST_ANSWER) reject(coded(OVERSIZE));
      });
    });
    const body = Buffer.concat(this.#body);
    const text = this.#packing === undefined ? body : await unpacked(body, this.#packing);
    return this.#wire(text.toString());
  }

  /** The answer, if what came of its body is a whole JSON object: half a one never is. */
  whole(): WireAnswer | undefined {
    return this.#length > LONGEST_ANSWER ? undefined : this.#answerIf(isObject);
  }

  /** The first 512 KB of an answer that is longer. */
  beginning(): WireAnswer | undefined {
    const answer = this.#length > LONGEST_ANSWER ? this.#answerIf(() => true) : undefined;
    return answer && { ...answer, isCut: true };
  }

  #answerIf(serves: (text: string) => boolean): WireAnswer | undefined {
    if (this.#packing !== undefined || this.#answer.statusCode === undefined) return undefined;
    const text = Buffer.concat(this.#body).toString();
    return serves(text) ? this.#wire(text) : undefined;
  }

  #wire(text: string): WireAnswer {
    const { statusCode: status = 0, headers } = this.#answer;
    return { status, headers: plainHeaders(headers), text };
  }

  #keep(part: Buffer): void {
    const room = LONGEST_ANSWER - this.#length;
    this.#length += part.length;
    if (room > 0) this.#body.push(part.subarray(0, room));
  }
}

// None is asked to pack its answers; some servers in front of one do.
async function unpacked(body: Buffer, packing: string): Promise<Buffer> {
  const isBrotli = packing.toLowerCase() === 'br';
  if (!isBrotli && !/^((x-)?gzip|deflate)$/i.test(packing)) return body;
  return await new Promise((resolve, reject) => {
    const limit = { maxOutputLength: LONGEST_ANSWER };
    const done = (error: Error | null, text: Buffer): void => {
      if (error === null) resolve(text);
      else reject(codeOf(error) === 'ERR_BUFFER_TOO_LARGE' ? coded(OVERSIZE) : error);
    };
    if (isBrotli) zlib.brotliDecompress(body, limit, done);
    else zlib.unzip(body, limit, done);
  });
}

const coded = (code: string): Error => Object.assign(new Error(code), { code });

/** Node's code of an error, for example ECONNREFUSED. */
export const codeOf = (error: unknown): string | undefined => {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
};

function isObject(text: string): boolean {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return false;
  try {
    JSON.parse(trimmed);
    return true;
  } catch {
    return false;
  }
}
