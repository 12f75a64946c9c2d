import { AdminError } from '../admin';
import type { Fact } from '../facts';
import type { EditorNode } from '../red';

/** What a person calls the codes of the contract that a gateway or the runtime may answer with. */
const TEXTS: Record<string, string> = {
  INVALID_INPUT: 'error.code.INVALID_INPUT',
  NOT_CONFIGURED: 'error.code.NOT_CONFIGURED',
  UNREACHABLE: 'error.code.UNREACHABLE',
  TIMEOUT: 'error.code.TIMEOUT',
  AUTH_REFUSED: 'error.code.AUTH_REFUSED',
  BAD_REPLY: 'error.code.BAD_REPLY',
  NO_PORT: 'error.code.NO_PORT',
  BUSY: 'error.code.BUSY',
  NOT_ALLOWED: 'error.code.NOT_ALLOWED',
  NO_ANSWER: 'error.code.NO_ANSWER',
};

export const problemText = (node: EditorNode, code: string): string => node._(TEXTS[code] ?? 'error.code.other');

/** A failure as a line of a report; the runtime's own words, where there are any, explain it. */
export function problemFact(node: EditorNode, reason: unknown): Fact {
  const error = reason instanceof AdminError ? reason : new AdminError('NO_ANSWER', '');
  return { mark: 'bad', text: problemText(node, error.code), detail: error.message };
}
