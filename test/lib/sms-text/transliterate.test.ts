import fc from 'fast-check';
import should from 'should';
import { fitsGsm7, gsm7Form, utf8Bytes } from '../../../lib/sms-text';
import { transliterated } from '../../../lib/sms-text/transliterate';

/** What a word processor, a telephone or a web page writes, and what it becomes. */
const TYPOGRAPHIC: [given: string, plain: string][] = [
  ['“Hello”, ‘you’', '"Hello", \'you\''],
  ['„Hallo“ ‚du‘ ‟x‛', '"Hallo" \'du\' "x\''],
  ['«Bonjour» ‹toi›', '"Bonjour" \'toi\''],
  ['it’s, it`s, it´s, itʼs, 5′ 6″', "it's, it's, it's, it's, 5' 6\""],
  ['a–b—c‒d‐e‑f―g−5', 'a-b-c-d-e-f-g-5'],
  ['10\u00a0000\u202f€\u2009a\u3000b\u2003c\td', '10 000 € a b c d'],
  ['one\u2028two\u2029three\u0085four\u000bfive', 'one\ntwo\nthree\nfour\nfive'],
  ['wait… ‥', 'wait... ..'],
  ['oﬃce, ﬁn, ﬂat', 'office, fin, flat'],
  ['\ufeffso\u00adft zero\u200bwidth \u200e\u202a©'.slice(0, -1), 'soft zerowidth '],
  ['A\u030angstro\u0308m, cafe\u0301', 'Ångström, café'],
];

describe('sms-text: typographic characters', () => {
  for (const [given, plain] of TYPOGRAPHIC) {
    it(`become plain ones: ${JSON.stringify(given)}`, () => {
      should(transliterated(given)).equal(plain);
      should(fitsGsm7(plain)).be.true();
      should(gsm7Form(given, true)).equal(plain);
    });
  }

  it('never take more bytes than what was given: a text that isn’t too long for the gateway doesn’t become so', () => {
    const written = fc.constantFrom(...TYPOGRAPHIC.map(([given]) => given));
    const text = fc
      .array(fc.oneof(written, fc.string({ unit: 'grapheme' })), { maxLength: 6 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(text, fc.boolean(), (given, mayTransliterate) => {
        should(utf8Bytes(gsm7Form(given, mayTransliterate))).be.belowOrEqual(utf8Bytes(given));
      }),
    );
    for (let code = 0; code < 0x2_0000; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const given = String.fromCodePoint(code);
      const bytes = utf8Bytes(gsm7Form(given, true));
      if (bytes > utf8Bytes(given)) throw new Error(`U+${code.toString(16)} becomes longer`);
    }
  });

  it('stay where the text is Unicode all the same: nothing is gained then', () => {
    for (const text of ['“Привет” – мир', '‘好’…', '“OK” 👍🏽\u200d', 'Łódź – “here”', 'ç “façade”']) {
      should(gsm7Form(text, true)).equal(text);
    }
  });

  it('stay in a text that GSM 7 bit carries, and where it is not asked for', () => {
    should(gsm7Form('plain\r\n\f text', true)).equal('plain\r\n\f text');
    should(gsm7Form('“Hello”', false)).equal('“Hello”');
  });

  it('leave every character of the alphabet as it is, and never make a place', () => {
    const typographic = fc.constantFrom(...'“”’–\u00a0\u00ad\u200b…ﬁ{}#'.split(''), 'param', 'a');
    fc.assert(
      fc.property(fc.array(typographic), (parts) => {
        const text = parts.join('');
        const count = (of: string, mark: string): number => of.split(mark).length;
        for (const mark of ['{', '}', '#']) should(count(transliterated(text), mark)).equal(count(text, mark));
      }),
    );
    for (let code = 0; code < 0x20ad; code++) {
      const character = String.fromCharCode(code);
      if (fitsGsm7(character)) should(transliterated(character)).equal(character);
    }
  });
});
