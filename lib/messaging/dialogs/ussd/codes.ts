import { invalidInput } from '../../../gateway-api';
import { plain } from '../../../numbers/unseen';
import { utf8Bytes } from '../../../sms-text';

/** The manual's limit for what is sent at once (7.2). */
const MOST_BYTES = 60;
/** What is dialled is these and nothing that can't be seen; an answer in words goes out as it is. */
const CODE = /^[\s*#0-9+]+$/;

/**
 * The codes of a dialogue as a flow gives them: one, or an array of them in the order in which they are sent. Numbers become
 * texts, a Buffer is UTF-8. Throws `INVALID_INPUT` that names `text`, or `text[n]`.
 */
export function readCodes(given: unknown): string[] {
  if (!Array.isArray(given)) return [readCode(given, 'text')];
  if (given.length === 0) throw invalidInput('text', 'is an array without codes');
  return given.map((one: unknown, place) => readCode(one, `text[${place}]`));
}

/** The one code of a request that waits for no reply. Throws `INVALID_INPUT` that names `text`. */
export function readOneCode(given: unknown): string {
  const [code = '', ...more] = readCodes(given);
  if (more.length === 0) return code;
  throw invalidInput('text', 'must be one code: several need the replies in between, which action dialog waits for');
}

function readCode(given: unknown, field: string): string {
  const isNumber = typeof given === 'number' && Number.isFinite(given);
  const text = isNumber ? String(given) : Buffer.isBuffer(given) ? given.toString('utf8') : given;
  const code = typeof text === 'string' && CODE.test(plain(text)) ? plain(text) : text;
  if (typeof code !== 'string') throw invalidInput(field, 'must be a code such as "*100#", or an array of them');
  if (code.trim() === '') throw invalidInput(field, 'is empty');
  const bytes = utf8Bytes(code);
  if (bytes > MOST_BYTES) throw invalidInput(field, `has ${bytes} bytes, the gateway takes at most ${MOST_BYTES}`);
  return code;
}
