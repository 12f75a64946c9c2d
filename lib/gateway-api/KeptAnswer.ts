import type { IncomingMessage } from 'node:http';
import { LONGEST_ANSWER } from './answerLimits';
import { plainHeaders, type WireAnswer } from './wire';

/**
 * What came of an answer, for when it ends otherwise than its headers say: with a false Content-Length, without its last chunk,
 * or by a reset; and of one that is too long its beginning. Must be made before anybody else reads the answer.
 */
export class KeptAnswer {
  readonly #answer: IncomingMessage;
  /** Undefined when it can't serve: compressed. */
  #body: Buffer[] | undefined;
  #length = 0;

  constructor(answer: IncomingMessage) {
    this.#answer = answer;
    if (answer.headers['content-encoding'] !== undefined) return;
    this.#body = [];
    answer.prependListener('data', (part: Buffer) => this.#keep(part));
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
    const { statusCode: status, headers } = this.#answer;
    if (this.#body === undefined || status === undefined) return undefined;
    const text = Buffer.concat(this.#body).toString();
    return serves(text) ? { status, headers: plainHeaders(headers), text } : undefined;
  }

  #keep(part: Buffer): void {
    const room = LONGEST_ANSWER - this.#length;
    this.#length += part.length;
    if (room > 0) this.#body?.push(part.subarray(0, room));
  }
}

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
