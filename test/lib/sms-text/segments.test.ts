import fc from 'fast-check';
import should from 'should';
import { SegmentedMessage } from 'sms-segments-calculator';
import splitSms from 'split-sms';
import { chooseEncoding, countSegments } from '../../../lib/sms-text';
import { anyText, anyUnits, gsmText } from './texts';

describe('sms-text: the encoding', () => {
  it('is GSM 7 bit with auto where the text fits it, else unicode', () => {
    should(chooseEncoding('Hello, 5 €', 'auto')).equal('gsm-7bit');
    should(chooseEncoding('Привет', 'auto')).equal('unicode');
    should(chooseEncoding('', 'auto')).equal('gsm-7bit');
  });

  it('is what was asked for when it was not auto', () => {
    should(chooseEncoding('Hello', 'unicode')).equal('unicode');
    should(chooseEncoding('Привет', 'gsm-7bit')).equal('gsm-7bit');
  });
});

describe('sms-text: the segments of a text', () => {
  const septets = (text: string) => countSegments(text, 'gsm-7bit');
  const ucs2 = (text: string) => countSegments(text, 'unicode');

  it('is one for up to 160 septets, then 153 in each', () => {
    should(septets('a'.repeat(160))).deepEqual({
      encoding: 'gsm-7bit',
      segments: 1,
      units: 160,
      perSegment: 160,
      left: 0,
    });
    should(septets('a'.repeat(161))).match({ segments: 2, units: 161, perSegment: 153, left: 145 });
    should(septets('a'.repeat(306))).match({ segments: 2, left: 0 });
    should(septets('a'.repeat(307))).match({ segments: 3, left: 152 });
  });

  it('is one for up to 70 UTF-16 units, then 67 in each', () => {
    should(ucs2('漢'.repeat(70))).deepEqual({ encoding: 'unicode', segments: 1, units: 70, perSegment: 70, left: 0 });
    should(ucs2('漢'.repeat(71))).match({ segments: 2, units: 71, perSegment: 67, left: 63 });
    should(ucs2('漢'.repeat(135))).match({ segments: 3, left: 66 });
    should(ucs2('😀'.repeat(35))).match({ segments: 1, units: 70 });
  });

  it('leaves a septet empty rather than splitting an extension character', () => {
    should(septets(`${'a'.repeat(152)}€${'a'.repeat(152)}`)).match({ segments: 3, units: 306, left: 152 });
    should(septets(`${'a'.repeat(152)}€${'a'.repeat(6)}`)).match({ segments: 1, units: 160, left: 0 });
  });

  it('leaves a unit empty rather than splitting an emoji', () => {
    should(ucs2(`${'a'.repeat(66)}😀${'a'.repeat(66)}`)).match({ segments: 3, units: 134, left: 66 });
    should(ucs2(`${'a'.repeat(66)}😀aa`)).match({ segments: 1, units: 70, left: 0 });
  });

  it('is one for an empty text, since the gateway sends one SMS', () => {
    should(septets('')).match({ segments: 1, units: 0, left: 160 });
    should(ucs2('')).match({ segments: 1, units: 0, left: 70 });
    should(splitSms.split('').parts).have.length(1);
  });

  it('counts a character that a forced GSM 7 bit turns into ? as one septet', () => {
    should(septets('漢🚨')).match({ encoding: 'gsm-7bit', units: 2, left: 158 });
  });

  it('agrees with split-sms, also on what is left in the last segment', () => {
    fc.assert(
      fc.property(fc.oneof(gsmText, anyText), (text) => {
        const ours = countSegments(text, chooseEncoding(text, 'auto'));
        const theirs = splitSms.split(text);
        should(ours.encoding).equal(theirs.characterSet === 'GSM' ? 'gsm-7bit' : 'unicode');
        should(ours.segments).equal(theirs.parts.length);
        should(ours.left).equal(theirs.remainingInPart);
        should(ours.units * (ours.encoding === 'unicode' ? 2 : 1)).equal(theirs.bytes);
      }),
      { numRuns: 400 },
    );
  });

  it('agrees with sms-segments-calculator', () => {
    fc.assert(
      fc.property(fc.oneof(gsmText, anyText), fc.boolean(), (text, forceUnicode) => {
        const encoding = chooseEncoding(text, forceUnicode ? 'unicode' : 'auto');
        const theirs = new SegmentedMessage(text, encoding === 'unicode' ? 'UCS-2' : 'GSM-7');
        should(countSegments(text, encoding).segments).equal(Math.max(1, theirs.segmentsCount));
      }),
      { numRuns: 400 },
    );
  });

  it('are never more units than fit, whatever the text holds', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, anyUnits), fc.constantFrom('unicode', 'gsm-7bit'), (text, encoding) => {
        const { segments, units, perSegment, left } = countSegments(text, encoding);
        should(left).be.within(0, perSegment);
        should(segments * perSegment).be.aboveOrEqual(units + left);
        should(encoding === 'unicode' ? units : text.length).equal(text.length);
      }),
    );
  });
});
