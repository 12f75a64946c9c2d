import fc from 'fast-check';
import should from 'should';
import { finalText } from '../../../../lib/messaging/finalText';
import type { RawOptions } from '../../../../lib/messaging/taking/validateRequest';
import { refusalOf } from '../given';
import { said, validated } from './given';

const anna = { number: '71', name: 'Anna', town: 'Graz', age: 41 };
const ben = { number: '72', name: 'Ben', town: 'Linz', age: 7 };

describe('send sms: a text with fields of its recipients', () => {
  it('is filled for each with his own', () => {
    should(said({ to: [anna, ben], text: 'Dear {{name}} of {{ town }}, {{age}}!' })).eql([
      'Dear Anna of Graz, 41!',
      'Dear Ben of Linz, 7!',
    ]);
  });

  it('travels as the template that the gateway fills, so that many share a request', () => {
    const { sms, text } = validated({ to: [anna, ben], text: 'Dear {{name}} of {{town}}' });
    should(sms.map((one) => [one.text, one.text_param])).eql([
      ['Dear #param# of #param#', ['Anna', 'Graz']],
      ['Dear #param# of #param#', ['Ben', 'Linz']],
    ]);
    should(text).equal('Dear {{name}} of {{town}}');
  });

  it('travels filled where the gateway would misread it, or nothing but a field stands in it', () => {
    for (const text of ['{{name}}', '#param{{name}}#']) {
      const [sms] = validated({ to: [anna], text }).sms;
      should(sms).match({ text: text.replace('{{name}}', 'Anna'), own_text: true });
      should(sms).not.have.property('text_param');
    }
  });

  it('has places for text_param and for fields, each filled by its own', () => {
    const to = { ...anna, text_param: ['1', '{{town}}'] };
    const [sms] = validated({ to, text: '#param# {{name}} #param#' }).sms;
    should(sms).match({ text: '#param# #param# #param#', text_param: ['1', 'Anna', '{{town}}'] });
  });

  it("doesn't expand a field's text again", () => {
    const to = [{ ...anna, name: '{{town}} #param# $&' }];
    should(said({ to, text: 'Dear {{name}}, {{town}}' })).eql(['Dear {{town}} #param# $&, Graz']);
  });

  it('hands all fields back, and fills with those that a recipient of an outcome would have, too', () => {
    const to = [{ number: '71', text: 'Hi', time: '10:15', status: 'gold', port: 3 }];
    const { sms } = validated({ to, text: '{{text}} {{status}} at {{time}}, gate {{port}}' });
    should(sms.map(finalText)).eql(['Hi gold at 10:15, gate 3']);
    should(sms[0]?.extra).eql({ text: 'Hi', time: '10:15', status: 'gold', port: 3 });
  });

  it('may be longer than an SMS may be, as long as what it makes is not', () => {
    const name = 'n'.repeat(1490);
    should(said({ to: { number: '71', [name]: 'Anna' }, text: `Dear {{${name}}}` })).eql(['Dear Anna']);
    const many = '{{a}}'.repeat(290);
    const [sms] = validated({ to: { number: '71', a: 'x' }, text: many }).sms;
    should(sms).match({ text: 'x'.repeat(290), own_text: true });
  });

  it('goes once to a number that is there twice with what is used, and twice where that differs', () => {
    const again = { ...anna, town: 'Wels', number: '7-1' };
    should(validated({ to: [anna, again], text: 'Dear {{name}}' })).match({ duplicates: 1, sms: { length: 1 } });
    should(said({ to: [anna, again], text: '{{town}}' })).eql(['Graz', 'Wels']);
    should(said({ to: [anna, again], text: 'In {{town}}' })).eql(['In Graz', 'In Wels']);
  });

  it('has the encoding that each one needs', () => {
    const to = [anna, { ...ben, name: 'Бен' }];
    should(validated({ to, text: 'Dear {{name}}' }).sms.map(({ encoding }) => encoding)).eql(['gsm-7bit', 'unicode']);
  });

  it('says what it says, whatever stands in its fields', () => {
    const value = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(value, value, (name, town) => {
        const to = { number: '71', name, town };
        should(said({ to, text: '<{{name}}|{{town}}>', encoding: 'unicode' })).eql([`<${name}|${town}>`]);
      }),
    );
  });
});

describe('send sms: a literal text', () => {
  it('has braces and #param# in it as they are', () => {
    for (const text of ['Use {{name}}', '{{', '}} {{}}', '{{{x}}} #PARAM#', 'Type #param#']) {
      for (const to of ['71', [anna, ben]]) {
        should(said({ to, text, literal: true }).every((one) => one === text)).be.true();
      }
    }
  });

  it('is a template all the same where recipients have text_param, as ever', () => {
    should(said({ to: { ...anna, text_param: ['x'] }, text: '#param# {{name}}', literal: true })).eql(['x {{name}}']);
  });

  it("is what a text without places is: a #param# for numbers without anything, the end of a program's braces", () => {
    should(said({ text: 'Type #param#' })).eql(['Type #param#']);
    should(said({ to: [{ number: '71' }], text: '{"a":{"b":1}} #PARAM#' })).eql(['{"a":{"b":1}} #PARAM#']);
  });
});

/** What is refused, the field that the refusal names, and a part of its words. */
const REFUSED: [what: string, fields: Partial<RawOptions>, field: string, words: RegExp][] = [
  ['a field that nobody has', { to: [anna], text: 'Dear {{nmae}}' }, 'to.nmae', /missing.*\{\{nmae\}\}.*recipient 71/],
  ['a field that one of many lacks', { to: [anna, { number: '72' }], text: '{{name}}' }, 'to[1].name', /recipient 72/],
  ['an empty cell', { to: [{ ...anna, name: '' }], text: 'Dear {{name}}' }, 'to.name', /is empty/],
  ['a cell with blanks', { to: [{ ...anna, name: ' \t\u00a0' }], text: 'Dear {{name}}' }, 'to.name', /is empty/],
  ['a null', { to: [{ ...anna, name: null }], text: 'Dear {{name}}' }, 'to.name', /missing/],
  ['an undefined', { to: [{ ...anna, name: undefined }], text: 'Dear {{name}}' }, 'to.name', /missing/],
  ['an object', { to: [{ ...anna, name: { first: 'A' } }], text: 'Dear {{name}}' }, 'to.name', /text or a number/],
  ['a list', { to: [{ ...anna, name: ['A'] }], text: 'Dear {{name}}' }, 'to.name', /text or a number/],
  ['no number', { to: [{ ...anna, age: Number.NaN }], text: '{{age}}' }, 'to.age', /text or a number/],
  ['a path', { to: [{ ...anna, a: { b: 1 } }], text: '{{a.b}}' }, 'to["a.b"]', /missing/],
  ['other capitals', { to: [anna], text: 'Dear {{Name}}' }, 'to.Name', /missing/],
  ['a number', { text: 'Dear {{name}}' }, 'to.name', /missing.*recipient 10086/],
  ['many numbers', { to: '71,72', text: 'Dear {{name}}' }, 'to[0].name', /recipient 71/],
  ['the number itself', { to: [anna], text: '{{number}}' }, 'to.number', /no field/],
  ['to', { to: [{ ...anna, to: '5' }], text: '{{to}}' }, 'to.to', /no field/],
  ['user_id', { to: [{ ...anna, user_id: 5 }], text: '{{user_id}}' }, 'to.user_id', /no field/],
  ['text_param', { to: [{ ...anna, text_param: ['x'] }], text: '#param# {{text_param}}' }, 'to.text_param', /no field/],
  ['else', { to: [{ ...anna, else: '5' }], text: '{{else}}' }, 'to.else', /no field/],
  ['after', { to: [{ ...anna, after: 5 }], text: '{{after}}' }, 'to.after', /no field/],
  ['what every object inherits', { to: [anna], text: '{{constructor}}' }, 'to.constructor', /missing/],
  ['its prototype', { to: [anna], text: '{{__proto__}}' }, 'to.__proto__', /missing/],
  ['a section', { to: [anna], text: '{{#name}}x{{/name}}' }, 'to["#name"]', /missing/],
  ['a filter', { to: [anna], text: '{{name | upper}}' }, 'to["name | upper"]', /missing/],
  ['a list of two', { to: [anna], text: '{{name, town}}' }, 'to["name, town"]', /missing/],
  ['no end', { to: [anna], text: 'Dear {{name' }, 'text', /"\{\{name", which no \}\} ends/],
  ['no end, for a number', { text: 'Dear {{name}' }, 'text', /which no \}\} ends/],
  ['no beginning', { to: [anna], text: 'Dear name}}' }, 'text', /without a \{\{ before it/],
  ['no name', { to: [anna], text: 'Dear {{}}' }, 'text', /names no field/],
  ['a blank name', { text: 'Dear {{ }}' }, 'text', /names no field/],
  ['three braces', { to: [anna], text: 'Dear {{{name}}}' }, 'text', /no brackets/],
  ['nested ones', { to: [anna], text: '{{ {{name}} }}' }, 'text', /no brackets/],
  ['a single one for two', { to: [anna], text: '{{name} and {{town}}' }, 'text', /no brackets/],
  ['a #param# beside fields', { to: [anna], text: 'Dear #param#' }, 'to.text_param', /nothing else fills/],
  ['one for him without', { to: [{ number: '1' }, anna], text: '#param#' }, 'to[0].text_param', /nothing else fills/],
  ['#PARAM#', { to: [anna], text: 'Dear #PARAM#' }, 'text', /"#PARAM#".*only as #param#/],
  [
    'fewer text_param than places',
    { to: { ...anna, text_param: ['x'] }, text: '#param# #param# {{name}}' },
    'to.text_param',
    /has 1 texts, the text has 2/,
  ],
  [
    'more text_param than places',
    { to: { ...anna, text_param: ['x'] }, text: '{{name}}' },
    'to.text_param',
    /has 1 texts, the text has 0/,
  ],
  [
    'one without text_param',
    { to: [{ ...anna, text_param: ['x'] }, ben], text: '#param# {{name}}' },
    'to[1].text_param',
    /other recipients have one/,
  ],
  ['nothing at all', { to: { number: '71', text_param: [''] }, text: '#param#' }, 'to', /empty text/],
  [
    'too much',
    { to: [{ ...anna, name: 'x'.repeat(1500) }], text: 'Dear {{name}}' },
    'to',
    /too long \(recipient .*has 1505 bytes.*1500/,
  ],
  ['too much text', { to: [anna], text: `{{name}}${'x'.repeat(15_000)}` }, 'text', /15008 bytes.*at most 15000/],
  [
    'a character of a field that GSM 7 bit lacks',
    { to: [{ ...anna, name: 'Бен' }], text: '{{name}}', encoding: 'gsm-7bit' },
    'to.name',
    /"Б" is not in/,
  ],
  ['one of the text', { to: [anna], text: '– {{name}}', encoding: 'gsm-7bit' }, 'text', /"–" is not in/],
];

describe('send sms: a text that is not filled', () => {
  for (const [what, fields, field, words] of REFUSED) {
    it(`is refused with ${what}: ${JSON.stringify(fields.text).slice(0, 40)}`, () => {
      const refusal = refusalOf(() => validated(fields));
      should(refusal.field).equal(field);
      should(refusal.message).match(words);
      should(refusal.message).startWith(`${field}: `);
    });
  }

  it('is refused whole, the first recipient to blame by name', () => {
    const to = [anna, { ...ben, number: '+49 170 1', name: '' }, { number: '3' }];
    should(refusalOf(() => validated({ to, text: 'Dear {{name}}' })).message).equal(
      'to[1].name: is empty, and the text has {{name}} (recipient +491701); switch on "Literal" if the text shall say so',
    );
  });
});

describe("send sms: a table's rows", () => {
  it('have their number as number or as to; number comes first, unless it is empty', () => {
    const rows = [
      { number: '71', name: 'A' },
      { to: '72', name: 'B' },
      { number: '73', to: '9', name: 'C' },
      { number: '', to: 74, name: 'D' },
      { number: null, to: '75', name: 'E' },
    ];
    const { sms } = validated({ to: rows, text: 'Dear {{name}}' });
    should(sms.map(({ number, extra }) => [number, extra])).eql([
      ['71', { name: 'A' }],
      ['72', { name: 'B' }],
      ['73', { to: '9', name: 'C' }],
      ['74', { name: 'D' }],
      ['75', { name: 'E' }],
    ]);
  });

  it('may come from a file with a byte order mark, loose accents and blanks in its heading', () => {
    const rows = [{ '\ufeffnumber': '71', ' Stra\u00dfe': 'Ring', 'Gro\u0308\u00dfe': 'XL' }];
    should(said({ to: rows, text: '{{Straße}} {{Größe}}' })).eql(['Ring XL']);
    should(said({ to: [{ '\ufeffname': 'A', number: '1' }], text: 'Dear {{name}}' })).eql(['Dear A']);
  });

  it('are refused without a number, by the columns that they have', () => {
    const refusal = refusalOf(() => validated({ to: [{ phone: '71', name: 'A' }] }));
    should(refusal.field).equal('to.number');
    should(refusal.message).match(/needs a number, as number or to; it has phone, name$/);
    should(refusalOf(() => validated({ to: [anna, { to: 'x' }] })).field).equal('to[1].to');
  });
});
