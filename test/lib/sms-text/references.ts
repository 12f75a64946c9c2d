import should from 'should';
import { SegmentedMessage } from 'sms-segments-calculator';
import splitSms from 'split-sms';
import type { Random } from '../../../lib/clock';
import { chooseEncoding, countSegments } from '../../../lib/sms-text';
import { packed } from './packed';

const PLAIN = [...'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABYZÄÖÑÜ§¿abyzäöñüà'];
const ESCAPED = [...'^{}\\[~]|€\f'];
const OTHERS = [...'漢字Жçń`“☎Ω\u00a0', ...'😀🚨🔥𝄞🧯'];
const JOINED = ['\u0301', '\u200d', '\ufe0f', '🇩', '🇪', '👍🏽', '\u001b', '\r\n', '\t'];
const LONE = ['\ud800', '\udc00', '\udfff'];

/** Each of which is more than the former; the length is up to three segments. */
const KINDS = [
  { sets: [PLAIN, PLAIN, ESCAPED], longest: 480 },
  { sets: [PLAIN, ESCAPED, OTHERS], longest: 210 },
  { sets: [PLAIN, ESCAPED, OTHERS, JOINED], longest: 210 },
  { sets: [PLAIN, ESCAPED, OTHERS, JOINED, LONE], longest: 210 },
];

/**
 * Counts `count` random texts, and has references count them: the standard's packing written out ({@link packed}) all of them;
 * split-sms 0.1.7 those without lone surrogates, which it takes for pairs; sms-segments-calculator 1.3.0 every `each`th (it
 * takes milliseconds) of those whose characters don't join, since it never parts a grapheme, as the standard does.
 */
export function compareCounts(count: number, each: number, random: Random): { split: number; calculator: number } {
  const compared = { split: 0, calculator: 0 };
  const below = (most: number): number => Math.floor(random() * most);
  for (let at = 0; at < count; at++) {
    const kind = below(KINDS.length);
    const { sets = [PLAIN], longest = 160 } = KINDS[kind] ?? {};
    let text = '';
    for (let left = below(longest); left > 0; left--) {
      const set = sets[below(sets.length)] ?? PLAIN;
      text += set[below(set.length)];
    }
    const encoding = chooseEncoding(text, 'auto');
    const { segments, left, units } = countSegments(text, encoding);
    const reference = packed(text);
    const ours = { text, encoding, segments, left };
    const agrees = (theirs: { encoding: string; segments: number; left: number }): void => {
      if (theirs.segments === segments && theirs.left === left && theirs.encoding === encoding) return;
      should(ours).eql({ text, ...theirs });
    };
    agrees({ encoding: reference.encoding, segments: reference.parts.length, left: reference.left });
    if (kind < 3) {
      const theirs = splitSms.split(text);
      const name = theirs.characterSet === 'GSM' ? 'gsm-7bit' : 'unicode';
      agrees({ encoding: name, segments: theirs.parts.length, left: theirs.remainingInPart });
      if (theirs.bytes !== units * (encoding === 'unicode' ? 2 : 1)) should(units).equal(theirs.bytes);
      compared.split += 1;
    }
    if (kind > 1 || at % each !== 0 || text === '' || text.includes('\r\n')) continue;
    const theirs = new SegmentedMessage(text, 'auto');
    agrees({
      encoding: theirs.encodingName === 'GSM-7' ? 'gsm-7bit' : 'unicode',
      segments: theirs.segmentsCount,
      left,
    });
    compared.calculator += 1;
  }
  return compared;
}
