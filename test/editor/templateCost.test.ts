import should from 'should';
import { type TemplateCost, templateCost } from '../../lib/editor/texts/templateCost';
import { languageTag } from '../../lib/sms-text';

const MANNER = { encoding: 'auto', literal: false, transliterate: false };
const cost = (text: string | undefined, to?: unknown[], more: object = {}, texts: object = {}): TemplateCost => {
  const byLanguage = new Map(Object.entries(texts).map(([language, one]) => [languageTag(language), String(one)]));
  const found = templateCost({ ...(text !== undefined && { common: text }), byLanguage }, to, { ...MANNER, ...more });
  if (!found) throw new Error('there is no text');
  return found;
};
const sms = ({ least, most }: TemplateCost): number[] => [least.segments, most.segments];
const unfilled = (of: TemplateCost): string[] => of.unfilled.map(({ place, numbers }) => `${place} ${numbers.join()}`);
const anna = { number: '71', name: 'Anna', town: 'Graz' };

describe('the counter below a template', () => {
  it('counts what it costs those whom the form names, at least and at most', () => {
    const to = [anna, { ...anna, number: '72', name: 'x'.repeat(200) }];
    const counted = cost('Dear {{name}}', to);
    should(sms(counted)).eql([1, 2]);
    should(counted).match({ least: { bytes: 9 }, most: { bytes: 205 }, open: [], unfilled: [] });
    should(sms(cost('Dear {{name}}', [anna]))).eql([1, 1]);
    should(cost('{{name}}', [{ ...anna, name: 'Анна' }]).most).match({ encoding: 'unicode', foreign: 'А' });
  });

  it('counts from one letter a place to all that the gateway takes, where only the message will tell', () => {
    const counted = cost('Dear {{name}}, {{ town }}, {{name}}');
    should(sms(counted)).eql([1, 23]);
    should(counted.most).match({ encoding: 'unicode', bytes: 1500 });
    should(counted).match({ least: { bytes: 12 }, open: ['{{name}}', '{{town}}'], unfilled: [] });
    should(sms(cost('Dear {{name}}', undefined, { encoding: 'gsm-7bit' }))).eql([1, 20]);
    should(sms(cost('Dear #param#'))).eql([1, 23]);
    should(cost('Dear #param#').open).eql(['#param#']);
    should(sms(cost('x'.repeat(1500)))).eql([10, 10]);
    should(sms(cost(`${'x'.repeat(1500)}{{name}}`))).eql([10, 10]);
  });

  it('names the character that forces Unicode, and never one that was made up for the count', () => {
    for (const to of [['71'], undefined]) {
      should(cost('Dear {{name}}', to))
        .match({ most: { encoding: 'unicode' } })
        .and.not.have.property('foreign');
    }
    should(cost('“{{name}}”', ['71']).foreign).equal('“');
    should(cost('Hi {{name}}', undefined, {}, { fr: '{{name}} – ç' }).foreign).equal('–');
    should(cost('{{name}}', [{ ...anna, name: 'Анна' }]).foreign).equal('А');
  });

  it('marks what nothing fills, and for whom', () => {
    const to = [anna, { number: '72', name: '' }, { to: '73', name: 'Ben' }];
    should(unfilled(cost('{{name}} {{town}}', to))).eql(['{{name}} 72', '{{town}} 72,73']);
    should(unfilled(cost('{{name}}', ['71', 72]))).eql(['{{name}} 71,72']);
    should(unfilled(cost('{{name}} #param#', [anna]))).eql(['#param# 71']);
    should(unfilled(cost('#param# #param#', [{ ...anna, text_param: ['x'] }]))).eql(['#param# 71']);
    should(unfilled(cost('{{number}}', [anna]))).eql(['{{number}} 71']);
    for (const text of ['{{name', '{{}}', '{{{name}}}']) should(unfilled(cost(text))).have.length(1);
    should(unfilled(cost('name}}', [anna]))).eql(['}} ']);
  });

  it('leaves alone what is just text', () => {
    should(cost('Type #param# }}', ['71'])).match({ unfilled: [], least: { bytes: 15 }, most: { bytes: 15 } });
    should(cost('{{name}} #param#', [anna], { literal: true })).match({ unfilled: [], open: [], most: { bytes: 16 } });
    should(cost('{{name}}', undefined, { literal: true })).match({ open: [], most: { segments: 1 } });
    const asked = { ...anna, text_param: ['x'] };
    should(cost('{{name}} #param#', [asked], { literal: true })).match({ unfilled: [], most: { bytes: 10 } });
  });

  it('counts the texts by language, each for those who get it', () => {
    const texts = { de: 'Hallo {{name}}', PT: `Ola {{town}}${'x'.repeat(160)}` };
    const to = [
      { ...anna, language: 'de_AT' },
      { ...anna, language: 'pt' },
    ];
    should(sms(cost(undefined, to, {}, texts))).eql([1, 2]);
    should(unfilled(cost(undefined, [{ number: '71', name: 'x', language: 'DE' }], {}, texts))).eql([]);
    should(cost('Hi', undefined, {}, texts).open).eql(['{{name}}', '{{town}}']);
    should(cost('Hi {{name}}', [anna], {}, texts)).match({ most: { bytes: 7 }, unfilled: [] });
  });

  it('counts typographic characters as they will be sent', () => {
    should(cost('“{{name}}”', [anna]).most).match({ encoding: 'unicode', foreign: '“' });
    should(cost('“{{name}}”', [anna], { transliterate: true }).most).match({ encoding: 'gsm-7bit', bytes: 6 });
  });

  it('has nothing to say without a text', () => {
    should(templateCost({ byLanguage: new Map() }, [anna], MANNER)).be.undefined();
  });
});
