import fc from 'fast-check';
import should from 'should';
import { jointText } from '../../../../../lib/messaging/sms/collecting/jointText';
import { chooseEncoding, countSegments, fitsGsm7, utf8Bytes } from '../../../../../lib/sms-text';

const joint = (text: string, more: number, mayBeUnicode = true) =>
  jointText({ text, encoding: chooseEncoding(text, 'auto') }, more, mayBeUnicode);

describe('the text of SMS that have become one', () => {
  it('is the newest and how many more there were, alone the newest', () => {
    should(joint('Pump 3 failed', 38)).eql({ text: 'Pump 3 failed… and 38 more', encoding: 'unicode' });
    should(joint('Pump 3 failed', 0)).eql({ text: 'Pump 3 failed', encoding: 'gsm-7bit' });
    should(joint('Насос 3', 1)).eql({ text: 'Насос 3… and 1 more', encoding: 'unicode' });
  });

  it('stays in GSM 7 bit where it was asked for, and where Unicode would take more segments', () => {
    should(joint('Pump 3 failed', 38, false)).eql({ text: 'Pump 3 failed... and 38 more', encoding: 'gsm-7bit' });
    const long = 'x'.repeat(100);
    should(joint(long, 38)).eql({ text: `${long}... and 38 more`, encoding: 'gsm-7bit' });
  });

  it('is cut where the newest fills its segments, between characters and without a blank before its end', () => {
    should(joint('y'.repeat(160), 9)).eql({ text: `${'y'.repeat(146)}... and 9 more`, encoding: 'gsm-7bit' });
    should(joint('😀'.repeat(35), 9).text).match(/^(😀)+… and 9 more$/u);
    should(joint(`${'z'.repeat(145)} ${'z'.repeat(14)}`, 9).text).equal(`${'z'.repeat(145)}... and 9 more`);
  });

  it('takes no more segments than the newest, no more bytes than the gateway takes, and fits its encoding', () => {
    const text = fc.oneof(
      fc.string({ minLength: 1, maxLength: 400 }),
      fc.string({ minLength: 1, maxLength: 400, unit: 'grapheme' }),
      fc
        .array(fc.constantFrom('a', 'ä', '€', 'ж', '😀', ' '), { minLength: 1, maxLength: 400 })
        .map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9999 }), fc.boolean(), (newest, more, mayBeUnicode) => {
        fc.pre(utf8Bytes(newest) <= 1500);
        const before = countSegments(newest, chooseEncoding(newest, 'auto')).segments;
        const { text: after, encoding } = joint(newest, more, mayBeUnicode);
        should(countSegments(after, encoding).segments).be.belowOrEqual(before);
        should(utf8Bytes(after)).be.belowOrEqual(1500);
        should(after.endsWith(` and ${more} more`)).be.true();
        if (encoding === 'gsm-7bit') should(fitsGsm7(after)).be.true();
        const kept = after.slice(0, -` and ${more} more`.length).replace(/(?:…|\.\.\.)$/, '');
        should(newest.startsWith(kept)).be.true();
      }),
    );
  });
});
