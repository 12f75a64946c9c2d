import { invalidInput } from '../../gateway-api';
import * as numbers from '../../numbers/clean';
import { named } from '../../numbers/unseen';

/** How a leading + is written for the gateway. */
export type Plus = 'keep' | 'strip' | '00';

/** A telephone number as a flow gave it. */
export interface Writings {
  /** As it is sent. */
  number: string;
  /** As it was given, cleaned: its + says that it is international, which what is sent may not say. */
  written: string;
}

/** Reads one telephone number. Throws `INVALID_INPUT` that names `field`. */
export function writings(given: unknown, plus: Plus, field: string): Writings {
  const written = readNumber(given, field);
  return { number: withPlus(written, plus, field), written };
}

/** Reads one telephone number and writes its + as the gateway wants it. Throws `INVALID_INPUT` that names `field`. */
export const cleanNumber = (given: unknown, plus: Plus, field: string): string =>
  withPlus(readNumber(given, field), plus, field);

function readNumber(given: unknown, field: string): string {
  const number = numbers.cleanNumber(given);
  if (typeof number === 'string') return number;
  throw invalidInput(field, `must be a telephone number, not ${shortened(given)}${REASONS[number.why](number)}`);
}

function withPlus(written: string, plus: Plus, field: string): string {
  const number = written.startsWith('+') ? { keep: '+', strip: '', '00': '00' }[plus] + written.slice(1) : written;
  if (number.length > numbers.LONGEST_NUMBER) {
    throw invalidInput(field, `is longer than ${numbers.LONGEST_NUMBER} digits`);
  }
  return number;
}

const REASONS: Record<numbers.NumberProblem['why'], (problem: numbers.NumberProblem) => string> = {
  none: () => '',
  character: ({ character, shown }) => `: ${shown ? `"${shown}" (${character})` : character} is no part of one`,
  plus: () => ': a + stands only at its beginning',
  zero: () => ': no country code begins with 0',
  dots: () => ': dots part groups of two and more digits, this reads as a decimal',
  several: () => ': it has more digits than one number; several are parted by commas, semicolons or lines',
  rounded: () => ': it has lost digits, give it as a text',
};

// A whole document that came by mistake needn't stand in the log.
function shortened(given: unknown): string {
  if (typeof given !== 'string' && typeof given !== 'number') return Array.isArray(given) ? 'an array' : typeof given;
  return `"${named(String(given)).replace(/^(.{40}).+$/su, '$1…')}"`;
}
