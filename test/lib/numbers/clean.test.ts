import fc from 'fast-check';
import should from 'should';
import { cleanNumber, type NumberProblem, splitNumbers } from '../../../lib/numbers/clean';
import { named, plain, withoutUnseen } from '../../../lib/numbers/unseen';
import { anyCharacter } from '../../support/anyCharacter';

const why = (given: unknown): NumberProblem['why'] | undefined => {
  const cleaned = cleanNumber(given);
  return typeof cleaned === 'string' ? undefined : cleaned.why;
};

/** What comes along unseen when a number is copied from a chat, a web page or a table. */
const UNSEEN = [
  ...['\u202A', '\u202C', '\u200E', '\u2060', '\u00AD', '\uFE0F', '\u200B', '\u200D', '\u2066', '\u2069', '\u061C'],
  ...[
    '\uFEFF',
    '\u034F',
    '\u115F',
    '\u3164',
    '\u180E',
    '\u{E0101}',
    '\u{E0020}',
    '\u20E3',
    '\u2800',
    '\u0000',
    '\u0007',
  ],
];
const ZEROS = { fullWidth: 0xff10, arabic: 0x660, persian: 0x6f0, devanagari: 0x966, bold: 0x1d7ce, mono: 0x1d7f6 };

const digits = fc.stringMatching(/^[1-9][0-9]{5,13}$/);

describe('a telephone number', () => {
  it('loses what cannot be seen', () => {
    for (const unseen of UNSEEN) {
      should(cleanNumber(`${unseen}+49${unseen}1701${unseen}${unseen}234567${unseen}`)).equal('+491701234567');
    }
  });

  it('may have the digits of any script', () => {
    for (const zero of Object.values(ZEROS)) {
      const written = [...'01701234589'].map((digit) => String.fromCodePoint(zero + Number(digit))).join('');
      should(cleanNumber(written)).equal('01701234589');
    }
    should(cleanNumber('＋４９ １７０')).equal('+49170');
  });

  it('is the same with whatever people part it by, between any of its digits', () => {
    const part = fc.constantFrom(' ', '-', '/', '(', ')', '–', '\u00A0', '\u202F', '−', '／', '[', ...UNSEEN);
    fc.assert(
      fc.property(digits, fc.array(fc.tuple(fc.nat(14), part)), fc.boolean(), (number, parts, isInternational) => {
        const written = [...number];
        for (const [place, sign] of parts) written.splice(Math.min(place, written.length), 0, sign);
        // "(0)" is a way of writing of its own.
        fc.pre(!/[(（]\s*0\s*[)）]/.test(plain(written.join(''))));
        const plus = isInternational ? '+' : '';
        should(cleanNumber(plus + written.join(''))).equal(plus + number);
      }),
    );
  });

  it('loses the decimal zeros of a table or a script', () => {
    should(cleanNumber('491701234567.0')).equal('491701234567');
    should(cleanNumber('+491701234567.00')).equal('+491701234567');
  });

  it('isn’t what a table writes of a short number or with more decimals', () => {
    for (const decimal of [
      '491701234567.000',
      '+491701234567.000',
      '10086.0',
      '10086.00',
      '112.0',
      '4917012 34567.0000',
    ])
      should(why(decimal)).equal('dots', decimal);
  });

  it('has another digit than zeros: in a list with decimal commas they are none', () => {
    for (const zeros of ['0', '00', '000', '+', 0]) should(why(zeros)).equal('none', String(zeros));
    for (const list of ['491701234567,0; 491701234568,0', '491701234567,000', '491.701.234.567,00'])
      should(splitNumbers(list).map(why)).containEql('none');
    should(splitNumbers(' 491701234567,0 ')).eql([' 491701234567']);
  });

  it('is one: two with a slash, a blank or a tab between are refused', () => {
    for (const two of ['0170 1234567 / 0171 7654321', '0170 1234567 0171 7654321', '01701234567\t01717654321'])
      should(why(two)).equal('several', two);
    for (const one of ['0011 49 170 1234567890', '00 49 170 1234567890', '+49 170 1234567890', '1'.repeat(24)])
      should(cleanNumber(one)).equal(one.replace(/ /g, ''));
  });

  it('may be parted by dots into groups of two and more digits', () => {
    should(cleanNumber('0170.123.45.67')).equal('01701234567');
    should(cleanNumber('+49.170.1234567')).equal('+491701234567');
    should(cleanNumber('+1.212.555.1234')).equal('+12125551234');
    should(cleanNumber('Call'.slice(4).concat('0170 1234567.'))).equal('01701234567');
    for (const decimal of ['4917012345.5', '0170.1.234567', '4.91701234567', '491701234567.1', '0170..123', '.0170']) {
      should(why(decimal)).equal('dots', decimal);
    }
  });

  it('leaves out the zero in brackets that is dialled only without the country code', () => {
    should(cleanNumber('+49 (0)171 1234567')).equal('+491711234567');
    should(cleanNumber('0044 (0) 7911 123456')).equal('00447911123456');
    should(cleanNumber('+49(0)171-1234567')).equal('+491711234567');
    should(cleanNumber('(0171) 1234567')).equal('01711234567');
    should(cleanNumber('(0)171 1234567')).equal('01711234567');
    // In Italy it is a part of the number.
    should(cleanNumber('+39 (0)6 12345678')).equal('+390612345678');
  });

  it('may come as a link, in quotes, or as a text that a table was told to leave alone', () => {
    should(cleanNumber('tel:+49-170-1234567')).equal('+491701234567');
    should(cleanNumber('"+491701234567"')).equal('+491701234567');
    should(cleanNumber("'01701234567")).equal('01701234567');
  });

  it('may be a number of JavaScript, as long as that has kept its digits', () => {
    should(cleanNumber(491701234567)).equal('491701234567');
    should(cleanNumber(491701234567n)).equal('491701234567');
    for (const lost of [4.91e22, 491701234567.5, Number.NaN, 2 ** 53]) should(why(lost)).equal('rounded');
    should(why('4.9e11')).equal('rounded');
    should(why('4.91701234567E+11')).equal('rounded');
  });

  it('is refused with a country code that begins with 0, and with a + elsewhere than at its beginning', () => {
    should(why('+01701234567')).equal('zero');
    should(why('++491701234567')).equal('plus');
    should(why('+49+1701234567')).equal('plus');
    should(why('491701234567+')).equal('plus');
  });

  it('is refused when nothing is in it', () => {
    for (const nothing of ['', ' ', '+', '()', '\u200B', null, undefined, {}, true]) {
      should(why(nothing)).equal('none');
    }
  });

  it('is refused with the code point that is no part of one', () => {
    should(cleanNumber('О1701234567')).eql({ why: 'character', character: 'U+041E', shown: 'О' });
    should(cleanNumber('0170 1234567 x12')).match({ why: 'character', character: 'U+0078' });
    should(cleanNumber('0170\u{1F4DE}1234567')).eql({ why: 'character', character: 'U+1F4DE' });
    should(cleanNumber('0170①')).match({ why: 'character', character: 'U+2460' });
    should(cleanNumber('*100#')).match({ why: 'character', character: 'U+002A' });
  });

  it('is digits with a + before them at most, or refused, whatever the text', () => {
    const odd = fc.oneof(
      fc.string(),
      fc.string({ unit: anyCharacter }),
      fc.constantFrom(...UNSEEN, '+', '.', '0', '(0)'),
    );
    fc.assert(
      fc.property(
        fc.array(odd).map((parts) => parts.join('')),
        (text) => {
          const cleaned = cleanNumber(text);
          if (typeof cleaned === 'string') {
            should(cleaned).match(/^\+?[0-9]+$/);
            should(cleanNumber(cleaned)).equal(cleaned);
          } else if (cleaned.why === 'character') {
            should(cleaned.character).match(/^U\+[0-9A-F]{4,6}$/);
          }
        },
      ),
    );
  });
});

describe('several numbers in one text', () => {
  it('are parted by the commas and semicolons of all scripts, and by lines', () => {
    should(splitNumbers('1,2;3\n4\r\n5，6、7；8،9؛10\u20281')).deepEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
      '9',
      '10',
      '1',
    ]);
    should(splitNumbers('491701234567,0')).deepEqual(['491701234567']);
    should(splitNumbers('10086,0')).deepEqual(['10086', '0']);
    should(splitNumbers(' ,\u200B, 5')).deepEqual([' 5']);
  });
});

describe('what is refused', () => {
  it('never looks right: all but plain ASCII is named', () => {
    should(named('hi\u200Bgh')).equal('hi<U+200B>gh');
    should(named('０1\u{1F4DE}')).equal('<U+FF10>1<U+1F4DE>');
    should(named('12\n3')).equal('12<U+000A>3');
    fc.assert(fc.property(fc.string({ unit: anyCharacter }), (text) => /^[ -~]*$/.test(named(text))));
  });

  it('keeps white space and letters where only the unseen goes', () => {
    should(withoutUnseen('a\tb\nc é \u200Bd')).equal('a\tb\nc é d');
    should(plain('٣ ports')).equal('3 ports');
  });
});
