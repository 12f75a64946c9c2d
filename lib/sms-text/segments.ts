import { fitsGsm7, septetsOf } from './gsm7';
import { isPairAt } from './surrogates';

/** The wire's words for the two encodings (manual 2.2). */
export type SmsEncoding = 'unicode' | 'gsm-7bit';

/** What a flow may ask for. */
export type WantedEncoding = 'auto' | SmsEncoding;

/** How a text travels: `units` are septets (`gsm-7bit`) or UTF-16 units (`unicode`). */
export interface SegmentCount {
  encoding: SmsEncoding;
  /** SMS on the air, at least 1. */
  segments: number;
  /** Units of the text itself, without headers and without units that stay empty at a segment's end. */
  units: number;
  /** Units that a segment of this text can hold: 160 or 153, 70 or 67. */
  perSegment: number;
  /** Units left in the last segment. */
  left: number;
}

// Whole SMS of 140 octets, and what the 6 octets of the concatenation header leave of one (3GPP TS 23.040, 9.2.3.24.1).
const SINGLE = { 'gsm-7bit': 160, unicode: 70 } as const;
const CONCATENATED = { 'gsm-7bit': 153, unicode: 67 } as const;

/** The encoding to put on the wire: what was asked for, or with `auto` GSM 7 bit where the text fits it. */
export function chooseEncoding(text: string, wanted: WantedEncoding): SmsEncoding {
  if (wanted !== 'auto') return wanted;
  return fitsGsm7(text) ? 'gsm-7bit' : 'unicode';
}

/**
 * How many SMS the gateway makes of `text` (manual 1.4 b and c; 3GPP TS 23.038 and 23.040). Neither an extension
 * character nor a surrogate pair is split over two segments, so a segment's last unit may stay empty.
 * An empty text is 1 segment: the gateway sends one empty SMS. In `gsm-7bit` a character outside the alphabet counts
 * one septet, because it arrives as `?`.
 */
export function countSegments(text: string, encoding: SmsEncoding): SegmentCount {
  const unitsAt = encoding === 'gsm-7bit' ? septetsAt : utf16UnitsAt;
  let units = 0;
  let segments = 1;
  let inLast = 0;
  for (let index = 0; index < text.length; index += isPairAt(text, index) ? 2 : 1) {
    const needed = unitsAt(text, index);
    units += needed;
    inLast += needed;
    if (inLast > CONCATENATED[encoding]) {
      segments++;
      inLast = needed;
    }
  }
  // Only now is it known whether the text needs the concatenation header at all.
  const single = units <= SINGLE[encoding];
  const perSegment = (single ? SINGLE : CONCATENATED)[encoding];
  return { encoding, segments: single ? 1 : segments, units, perSegment, left: perSegment - (single ? units : inLast) };
}

function septetsAt(text: string, index: number): number {
  return septetsOf(text.charCodeAt(index)) || 1;
}

function utf16UnitsAt(text: string, index: number): number {
  return isPairAt(text, index) ? 2 : 1;
}
