import should from 'should';
import { finalText } from '../../../../lib/messaging/finalText';
import type { RawOptions } from '../../../../lib/messaging/taking/validateRequest';
import { refusalOf } from '../given';
import { said, validated } from './given';

const anna = { number: '71', name: 'Anna', town: 'Graz', age: 41 };

describe('send sms: a text by language', () => {
  const texts = { de: 'Hallo {{name}}', 'pt-BR': 'Oi', PT: 'Olá', en_GB: 'Hello', 'zh-Hant': '您好' };
  const speaking = (language: unknown): object => ({ number: '71', name: 'Anna', language });

  it('is that of the whole tag, else of what stands before its last dash, else the common one', () => {
    const spoken = ['de', 'DE-at', 'pt-BR', 'pt-PT', 'en-GB', 'en', 'zh-Hant-TW', 'fr', '', null, undefined, 5];
    const said = spoken.map(
      (language) => validated({ to: speaking(language), text: 'Hi', texts }).sms.map(finalText)[0],
    );
    should(said).eql([
      ...['Hallo Anna', 'Hallo Anna', 'Oi', 'Olá', 'Hello', 'Hi', '您好', 'Hi'],
      ...['Hi', 'Hi', 'Hi', 'Hi'],
    ]);
  });

  it('needs no common one where everybody has his', () => {
    const { text, sms } = validated({
      to: [speaking('de'), { ...speaking('pt'), number: '72' }],
      text: undefined,
      texts,
    });
    should(text).equal('');
    should(sms.map((one) => [finalText(one), one.own_text])).eql([
      ['Hallo Anna', undefined],
      ['Olá', true],
    ]);
  });

  it('goes twice to a number with two languages, once to one with one', () => {
    const to = ['pt', 'pt-PT', 'en-GB'].map(speaking);
    should(validated({ to, text: 'Hi', texts })).match({ duplicates: 1, sms: { length: 2 } });
  });

  it('may be anything that a text may be, and is nothing where it is absent', () => {
    should(said({ to: speaking('de'), text: 'Hi', texts: { de: 5 } })).eql(['5']);
    for (const none of [undefined, null, '', {}]) should(said({ text: 'Hi', texts: none })).eql(['Hi']);
  });

  const REFUSED_TEXTS: [what: string, fields: Partial<RawOptions>, field: string, words: RegExp][] = [
    [
      'no text for a language',
      { to: [anna, speaking('fr')], text: undefined },
      'to[0].language',
      /nothing.*text: must/,
    ],
    ['an empty common one', { to: speaking('fr'), text: '' }, 'to.language', /"fr".*text: is empty/],
    ['a list', { texts: ['Hi'] }, 'texts', /object with a text for each/],
    ['a text', { texts: 'Hi' }, 'texts', /object with a text for each/],
    ['an empty text', { texts: { de: '' } }, 'texts.de', /is empty/],
    ['no text', { texts: { de: {} } }, 'texts.de', /must be a text/],
    ['two spellings', { texts: { de: 'a', DE: 'b' } }, 'texts.DE', /twice/],
    ['no language', { texts: { ' ': 'a' } }, 'texts', /without a language/],
    ['an odd one that nobody gets', { texts: { de: '{{' } }, 'texts.de', /which no/],
    ['too long a one', { texts: { de: 'x'.repeat(1501) } }, 'texts.de', /1501 bytes/],
    ['an unfilled one', { to: { ...speaking('de'), name: '' } }, 'to.name', /is empty/],
  ];
  for (const [what, fields, field, words] of REFUSED_TEXTS) {
    it(`is refused with ${what}`, () => {
      const refusal = refusalOf(() => validated({ texts, ...fields }));
      should(refusal.field).equal(field);
      should(refusal.message).match(words);
    });
  }
});

describe('send sms: typographic characters', () => {
  const curly = { number: '71', name: '“Ann–Marie”' };

  it('become plain ones where they alone force Unicode, in the text and in what fills it', () => {
    const typographic = { to: [curly, { number: '72', name: 'Анна' }], text: '„Hallo“ {{name}}…' };
    should(validated({ ...typographic, transliterate: true }).sms.map((one) => [finalText(one), one.encoding])).eql([
      ['"Hallo" "Ann-Marie"...', 'gsm-7bit'],
      ['„Hallo“ Анна…', 'unicode'],
    ]);
    should(validated(typographic).sms.map(({ encoding }) => encoding)).eql(['unicode', 'unicode']);
    should(validated({ ...typographic, transliterate: true }).text).equal('„Hallo“ {{name}}…');
  });

  it('stay under forced Unicode, and are let through by a forced GSM 7 bit', () => {
    const asked = { to: curly, text: '“{{name}}”', transliterate: true };
    should(said({ ...asked, encoding: 'unicode' })).eql(['““Ann–Marie””']);
    should(said({ ...asked, encoding: 'gsm-7bit' })).eql(['""Ann-Marie""']);
    should(refusalOf(() => validated({ ...asked, encoding: 'gsm-7bit', transliterate: false })).field).equal('text');
    const refusal = refusalOf(() => validated({ ...asked, to: { number: '1', name: '–Ж' }, encoding: 'gsm-7bit' }));
    should(refusal).match({ field: 'to.name', message: /"Ж"/ });
  });

  it('never make a place of what was none', () => {
    const [sms] = validated({ to: curly, text: 'Type #pa\u00adram#, {{name}}', transliterate: true }).sms;
    should(sms).match({ text: 'Type #param#, "Ann-Marie"', own_text: true });
    should(sms).not.have.property('text_param');
  });
});
