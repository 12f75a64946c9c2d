import { filled, utf8Bytes } from '../../sms-text';
import { MOST_BYTES } from '../checks/sms';
import { type Sending, sizeOf, type TextSize } from './textSize';
import { type FixedTexts, fillFor, type Parsed, parsedTexts, shownPlace } from './unfilled';

/** What the texts of a form cost its recipients. */
export interface TemplateCost {
  least: TextSize;
  most: TextSize;
  /** The first character of the texts, or of what fills them, that GSM 7 bit doesn't have; never one of a made-up filling. */
  foreign?: string;
  /** Places that the recipients of a message will fill. */
  open: string[];
  /** Places that nothing fills, as they stand in the text, and the numbers of those for whom. */
  unfilled: { place: string; numbers: string[] }[];
}

/**
 * What texts cost at least and at most, and what of them isn't filled. With recipients: by those for whom they are filled.
 * Without (only the message will tell them): each place with one letter, and with as much as the gateway takes. Undefined
 * without a text.
 */
export function templateCost(
  texts: FixedTexts,
  recipients: readonly unknown[] | undefined,
  { literal, ...sending }: Sending & { literal: boolean },
): TemplateCost | undefined {
  const parsed = parsedTexts(texts, literal);
  if (parsed.size === 0) return undefined;
  const known = fillFor(recipients ?? [], texts, parsed, literal);
  const real = known.texts.length > 0 ? known.texts : [...parsed.values()].map(shortest);
  const sizes = real.map((text) => sizeOf(text, sending));
  const foreign = sizes.find((size) => size.foreign !== undefined)?.foreign;
  if (known.texts.length === 0) sizes.push(...[...parsed.values()].flatMap((text) => longest(text, sending)));
  sizes.sort(bySize);
  const places = [...parsed.values()].flatMap(({ pieces }) =>
    pieces.flatMap((piece) => ('text' in piece ? [] : shownPlace(piece))),
  );
  return {
    least: sizes[0] as TextSize,
    most: sizes[sizes.length - 1] as TextSize,
    ...(foreign !== undefined && { foreign }),
    open: recipients === undefined ? [...new Set(places)] : [],
    unfilled: [...known.unfilled].map(([place, numbers]) => ({ place, numbers })),
  };
}

const placesOf = ({ pieces }: Parsed): number => pieces.filter((piece) => !('text' in piece)).length;

/** A text whose places hold one letter each. */
const shortest = (text: Parsed): string => filled(text.pieces, Array(placesOf(text)).fill('x'));

/** The size of a text whose first place holds all that the gateway takes; nothing where there is no place, or no room. */
function longest(text: Parsed, sending: Sending): TextSize[] {
  const places = placesOf(text);
  const left = MOST_BYTES - utf8Bytes(shortest(text));
  if (places === 0 || left <= 0) return [];
  const values = [dearest(left + 1, sending), ...Array(places - 1).fill('x')];
  return [sizeOf(filled(text.pieces, values), sending)];
}

/** The text of so many bytes that takes the most SMS: brackets are two septets each, and one Cyrillic letter makes all Unicode. */
const dearest = (bytes: number, { encoding }: Sending): string =>
  encoding === 'gsm-7bit' || bytes < 2 ? '['.repeat(bytes) : `я${'x'.repeat(bytes - 2)}`;

const bySize = (one: TextSize, other: TextSize): number => one.segments - other.segments || one.units - other.units;
