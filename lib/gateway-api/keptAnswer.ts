import type { IncomingMessage } from 'node:http';
import { plainHeaders, type WireAnswer } from './wire';

const LONGEST = 512 * 1024;

/**
 * What came of an answer, for when it ends otherwise than its headers say: with a false Content-Length, without its last chunk,
 * or by a reset. Must be made before anybody else reads the answer.
 */
export class KeptAnswer {
  readonly #answer: IncomingMessage;
  /** Undefined when it can't serve: compressed, or too long. */
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
    const { statusCode: status, headers } = this.#answer;
    const text = Buffer.concat(this.#body ?? []).toString();
    return status !== undefined && isObject(text) ? { status, headers: plainHeaders(headers), text } : undefined;
  }

  #keep(part: Buffer): void {
    this.#length += part.length;
    if (this.#length > LONGEST) this.#body = undefined;
    this.#body?.push(part);
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
