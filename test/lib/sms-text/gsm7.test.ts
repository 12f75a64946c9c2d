import fc from 'fast-check';
import should from 'should';
import { SegmentedMessage } from 'sms-segments-calculator';
import splitSms from 'split-sms';
import { fitsGsm7, gsm7Form } from '../../../lib/sms-text';
import { firstNonGsm7 } from '../../../lib/sms-text/gsm7';
import { anyUnits, gsmText } from './texts';

describe('sms-text: the GSM 7 bit alphabet', () => {
  it('has the 127 characters of the default alphabet and the 10 of the extension table, no other', () => {
    const characters = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(fitsGsm7);
    should(characters).have.length(137);
    should(characters.join('')).containEql('€').and.containEql('\f').and.containEql('Ç').and.containEql('¤');
    should(characters.join('')).not.containEql('ç').and.not.containEql('`').and.not.containEql('\u001b');
  });

  it('agrees with split-sms on every character of the basic plane', () => {
    for (let code = 0; code < 0x10000; code++) {
      const character = String.fromCharCode(code);
      should(fitsGsm7(character)).equal(splitSms.split(character).characterSet === 'GSM', `U+${code.toString(16)}`);
    }
  });

  it('agrees with sms-segments-calculator on any mixture', () => {
    fc.assert(
      fc.property(fc.oneof(gsmText, anyUnits), (text) => {
        // It takes a carriage return with its line feed for one character, which the alphabet doesn't have.
        const apart = text.replace(/\r\n/g, '\n');
        should(fitsGsm7(apart)).equal(new SegmentedMessage(apart).encodingName === 'GSM-7');
      }),
    );
  });

  it('names the first character that does not fit, whole, and where it stands', () => {
    should(firstNonGsm7('Alarm 🚨 in hall ç')).deepEqual({ character: '🚨', index: 6 });
    should(firstNonGsm7('[€] naïve')).deepEqual({ character: 'ï', index: 6 });
    should(firstNonGsm7('lone \ud83d here')).deepEqual({ character: '\ud83d', index: 5 });
    should(firstNonGsm7('Grüße, 5 € {ok}')).be.undefined();
    should(firstNonGsm7('')).be.undefined();
  });

  it('has letters and accents put together where it then carries the whole text, and changes nothing else', () => {
    should(gsm7Form('Cafe\u0301', false)).equal('Café');
    should(gsm7Form('50 \u2126, A\u030a, n\u0303', false)).equal('50 Ω, Å, ñ');
    should(gsm7Form('Cafe\u0301 ☺', false)).equal('Cafe\u0301 ☺');
    should(gsm7Form('c\u0327a', false)).equal('c\u0327a');
    fc.assert(
      fc.property(gsmText, (text) => {
        should(gsm7Form(text, false)).equal(text);
        should(gsm7Form(text.normalize('NFD'), false)).equal(text);
      }),
    );
  });
});
