import { countSegments, type SmsEncoding, utf8Bytes } from '../../../sms-text';

/** What an SMS says, and how that travels. */
export interface Worded {
  text: string;
  encoding: SmsEncoding;
}

/** The most that the gateway takes (manual 2.3, error 413). */
const MOST_BYTES = 1500;

/** How the end of a joint text is written: the ellipsis isn't in GSM 7 bit. */
const ENDS: Record<SmsEncoding, (more: number) => string> = {
  unicode: (more) => `… and ${more} more`,
  'gsm-7bit': (more) => `... and ${more} more`,
};

/**
 * The text of SMS that have become one: the newest, and how many more there were. It takes no more segments than the newest
 * alone, which is shortened where it has to be.
 * @param mayBeUnicode whether a text in GSM 7 bit may become Unicode where that costs nothing
 */
export function jointText({ text, encoding }: Worded, more: number, mayBeUnicode: boolean): Worded {
  if (more === 0) return { text, encoding };
  const most = countSegments(text, encoding).segments;
  const plain = `${text}${ENDS.unicode(more)}`;
  if (encoding === 'gsm-7bit' && mayBeUnicode && fits(plain, 'unicode', most))
    return { text: plain, encoding: 'unicode' };
  return { text: shortened(text, ENDS[encoding](more), encoding, most), encoding };
}

const fits = (text: string, encoding: SmsEncoding, segments: number): boolean =>
  countSegments(text, encoding).segments <= segments && utf8Bytes(text) <= MOST_BYTES;

/** As much of the beginning of a text as leaves room for its end, cut between characters. */
function shortened(text: string, end: string, encoding: SmsEncoding, segments: number): string {
  const characters = Array.from(text);
  let [least, most] = [0, characters.length];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (fits(characters.slice(0, middle).join('') + end, encoding, segments)) least = middle;
    else most = middle - 1;
  }
  const kept = characters.slice(0, least).join('');
  return (least < characters.length ? kept.trimEnd() : kept) + end;
}
