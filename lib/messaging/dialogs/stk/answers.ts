import { invalidInput, type StkInputKind, type StkView } from '../../../gateway-api';

/** What a flow gives a menu that asks for something; booleans are a yes or a no. */
export type Answer = string | boolean;

/** What is asked for, in words, and what fits it. Digits are those of a telephone (3GPP TS 31.111, GET INKEY and GET INPUT). */
const ASKED: Partial<Record<StkInputKind, { what: string; fits: RegExp }>> = {
  confirm: { what: '"yes" or "no"', fits: /^(?:yes|no)$/ },
  digit: { what: 'one digit', fits: /^[0-9*#+]$/ },
  character: { what: 'one character', fits: /^.$/su },
  digits: { what: 'digits only', fits: /^[0-9*#+]+$/ },
  digits_hidden: { what: 'digits only', fits: /^[0-9*#+]+$/ },
  characters: { what: 'a text', fits: /^.+$/su },
  characters_hidden: { what: 'a text', fits: /^.+$/su },
};

/** Reads what is to be entered. Throws `INVALID_INPUT` that names `field`; the value itself may be secret and is never told. */
export function readAnswer(given: unknown, field: string): Answer {
  if (given === undefined || given === null || given === '')
    throw invalidInput(field, 'is missing: what is to be entered');
  if (typeof given === 'string' || typeof given === 'boolean') return given;
  if (typeof given === 'number' && Number.isFinite(given)) return String(given);
  throw invalidInput(field, 'must be a text, a number, or true or false');
}

/**
 * The answer as the gateway takes it (manual 14.2, `param`), checked by what the menu asks for (13.3, `input_type`).
 * Throws `INVALID_INPUT` that names `field` and never tells the value. Of a kind that the manual doesn't have anything goes.
 */
export function answerFor({ input_kind, input_type }: StkView, given: Answer, field: string): string {
  const answer = worded(given, input_kind);
  if (input_kind === 'unknown') return answer;
  const asked = ASKED[input_kind];
  if (!asked)
    throw invalidInput(field, `the menu asks for nothing now: it shows ${input_kind} (input_type ${input_type})`);
  if (asked.fits.test(answer)) return answer;
  throw invalidInput(field, `must be ${asked.what}: the menu asks for ${input_kind} (input_type ${input_type})`);
}

function worded(given: Answer, kind: StkInputKind): string {
  if (kind !== 'confirm') return String(given);
  return typeof given === 'boolean' ? (given ? 'yes' : 'no') : given.trim().toLowerCase();
}
