import { readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import should from 'should';
import { numberFrom, oneOf, type Rules, shaped, wholeFrom, wrongBy } from '../../../lib/properties/rules';
import { labelOf } from '../../../lib/runtime/fieldLabels';
import { root } from '../../support/repository';

describe('the rule of a saved property', () => {
  it('is one of some words, and says which', () => {
    const rule = oneOf('keep', 'withdraw');
    for (const value of ['keep', ' withdraw ', '', '  ', undefined, null]) should(wrongBy(rule, value)).be.undefined();
    for (const value of ['Keep', 'withdrawn', 0, true, ['keep', 'withdraw']]) {
      should(wrongBy(rule, value)).equal('one of keep, withdraw');
    }
  });

  it('is a number within bounds, also as a text, and says which', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -20, max: 80 })), (number) => {
        const isWithin = number >= 0 && number <= 60;
        for (const value of [number, String(number)]) {
          should(wrongBy(numberFrom(0, 60), value) === undefined).equal(isWithin);
          should(wrongBy(wholeFrom(0, 60), value) === undefined).equal(isWithin && Number.isInteger(number));
        }
      }),
    );
    for (const value of ['NaN', 'Infinity', '1e400', '5 s', 'x']) {
      should(wrongBy(numberFrom(0, 60), value)).equal('a number from 0 to 60');
    }
    should(wrongBy(wholeFrom(1), 0)).equal('a whole number from 1 on');
  });

  it('is a text of some shape, and says which', () => {
    const rule = shaped(/^[a-z]+$/, 'small letters');
    for (const value of ['abc', ' abc ', '', null]) should(wrongBy(rule, value)).be.undefined();
    for (const value of ['Abc', 'a b', 'a\nb', 5]) should(wrongBy(rule, value)).equal('small letters');
  });

  const nodes = readdirSync(path.join(root, 'nodes'));
  for (const name of nodes) {
    it(`is kept by the default of each property of ${name}, and an error about it says the dialog's label`, () => {
      const { defaults, rules = {} } = require(path.join(root, 'nodes', name, 'config.ts')) as {
        defaults: Record<string, unknown>;
        rules?: Rules;
      };
      for (const [property, rule] of Object.entries(rules)) {
        should(defaults).have.property(property);
        should(rule && wrongBy(rule, defaults[property])).be.undefined();
        should(labelOf(`dinstar-${name}`, property)).be.a.String();
      }
    });
  }
});
