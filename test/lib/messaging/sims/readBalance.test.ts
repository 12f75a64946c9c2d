import fc from 'fast-check';
import should from 'should';
import { amountOf, readBalance } from '../../../../lib/messaging/sims/readBalance';

const noJsonata = async (): Promise<unknown> => undefined;
const byPattern = (text: string, read = String.raw`(-?\d[\d.,']*)`) =>
  readBalance(text, { read, readType: 're' }, noJsonata);

describe('a balance', () => {
  it('is read as operators write amounts', () => {
    const amounts: [string, number][] = [
      ['12', 12],
      ['12.34', 12.34],
      ['12,34', 12.34],
      ['1.234,56', 1234.56],
      ['1,234.56', 1234.56],
      ["1'234.50", 1234.5],
      ['1 234,50', 1234.5],
      ['1.234.567', 1234567],
      ['-0,05', -0.05],
      ['7.', 7],
    ];
    for (const [text, amount] of amounts) should(amountOf(text)).equal(amount, text);
  });

  it('is null where it is no amount', () => {
    for (const text of ['', 'none', '1e5', '0x10', '12-3', '..', undefined, null, {}, [], Number.NaN, true]) {
      should(amountOf(text)).be.null();
    }
  });

  it('is read back from whatever writing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999_999 }),
        fc.constantFrom('en-US', 'de-DE', 'de-CH', 'fr-FR'),
        (cents, locale) => {
          const text = (cents / 100).toLocaleString(locale, { minimumFractionDigits: 2 });
          should(amountOf(text)).equal(cents / 100);
        },
      ),
    );
  });

  it('is found in a text by a pattern with one group, by default the first number', async () => {
    should(await byPattern('Your credit is 12.34 EUR.')).equal(12.34);
    should(await byPattern('Hallo! Guthaben: 5,50 EUR bis 3.12.', 'Guthaben: ([0-9,]+)')).equal(5.5);
    should(await byPattern('Try again later')).be.null();
    should(await byPattern('No number 5 here', '(credit)')).be.null();
  });

  it('is null, and in time, by a pattern that would take forever', async () => {
    should(await byPattern(`${'a'.repeat(400)}!`, '(a+)+$')).be.null();
  });

  it('is looked for in no more than 500 characters', async () => {
    should(await byPattern(`${' '.repeat(600)}5`)).be.null();
  });

  it('is what an expression makes of it, and null where that fails', async () => {
    const read = { read: '$number($match(payload, /\\d+/).match)', readType: 'jsonata' as const };
    should(await readBalance('5 EUR', read, async (_, text) => Number.parseInt(text, 10))).equal(5);
    should(await readBalance('5 EUR', read, async () => Promise.reject(new Error('no')))).be.null();
    should(await readBalance('5 EUR', read, async () => undefined)).be.null();
  });
});
