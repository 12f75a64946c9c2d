import fc from 'fast-check';
import should from 'should';
import { atOnce } from '../../../../lib/concurrency';
import { cleanNumber, type Plus } from '../../../../lib/messaging/taking/number';
import * as steps from '../../../../lib/messaging/taking/recipients';
import { type GivenRecipient, readUserId } from '../../../../lib/messaging/taking/recipients';
import { refusalOf } from '../given';

const readRecipients = (to: unknown, plus: Plus): GivenRecipient[] => atOnce(steps.readRecipients(to, plus));
const userIdsOf = (...of: Parameters<typeof steps.userIdsOf>): (number | undefined)[] => atOnce(steps.userIdsOf(...of));

const numbersOf = (to: unknown, plus: Plus = 'keep'): string[] => readRecipients(to, plus).map(({ number }) => number);

const refusedField = (act: () => unknown): string | undefined => refusalOf(act).field;

describe('send sms: to', () => {
  describe('may be', () => {
    it('a number', () => {
      should(numbersOf('+491701234567')).deepEqual(['+491701234567']);
      should(numbersOf(491701234567)).deepEqual(['491701234567']);
    });

    it('several in one string, by commas, semicolons or lines', () => {
      should(numbersOf('10086, 10087;10088\n10089\r\n10090')).deepEqual(['10086', '10087', '10088', '10089', '10090']);
      should(numbersOf(',10086,, ;\n 10087 ;')).deepEqual(['10086', '10087']);
    });

    it('an array of numbers', () => {
      should(numbersOf(['10086', 10087])).deepEqual(['10086', '10087']);
    });

    it('an array of objects, or one object, with parameters, user_id and anything else', () => {
      const to = [{ number: '10086', text_param: ['John', 5, true], user_id: 0, customer: { id: 42 } }, { number: 1 }];
      should(readRecipients(to, 'keep')).deepEqual([
        {
          field: 'to[0]',
          number: '10086',
          written: '10086',
          text_param: ['John', '5', 'true'],
          user_id: 0,
          extra: { customer: { id: 42 } },
        },
        { field: 'to[1]', number: '1', written: '1' },
      ]);
      should(readRecipients(to[0], 'keep')).match([{ field: 'to', number: '10086', user_id: 0 }]);
    });

    it('rows of a database, where null means nothing', () => {
      should(readRecipients([{ number: '10086', text_param: null, user_id: null }], 'keep')).deepEqual([
        { field: 'to', number: '10086', written: '10086' },
      ]);
    });

    it('rows with whatever a store can keep: what is no JSON by itself becomes a text', () => {
      const odd = JSON.parse('{ "number": "1", "__proto__": "x", "constructor": 7 }');
      const [row] = readRecipients([{ ...odd, big: 12345678901234567890n, call: () => 1, at: new Date(0) }], 'keep');
      should(Object.keys(row?.extra ?? {})).eql(['__proto__', 'constructor', 'big', 'call', 'at']);
      should(JSON.parse(JSON.stringify(row?.extra))).eql(
        JSON.parse(
          '{ "__proto__": "x", "constructor": 7, "big": "12345678901234567890", "at": "1970-01-01T00:00:00.000Z" }',
        ),
      );
    });

    it('of any length', () => {
      should(numbersOf(Array.from({ length: 10_000 }, (_, place) => `${10_000 + place}`))).have.length(10_000);
    });
  });

  describe('is refused', () => {
    it('when it is empty', () => {
      for (const to of [undefined, null, '', '  ', ',;\n', []]) {
        should(refusedField(() => readRecipients(to, 'keep'))).equal('to');
      }
    });

    it('when it is no number', () => {
      for (const to of ['abc', '0170-CALL', '+', '++49170', '49+170', '*100#', '12a', true, Number.NaN]) {
        should(refusedField(() => readRecipients(to, 'keep'))).equal('to');
      }
      for (const to of [{}, { number: null }, { number: {} }, { number: '' }]) {
        should(refusedField(() => readRecipients(to, 'keep'))).equal('to.number');
      }
    });

    it('whole when one of many is bad, which is named', () => {
      should(refusedField(() => readRecipients('10086,x,10087', 'keep'))).equal('to[1]');
      should(refusedField(() => readRecipients(['10086', ''], 'keep'))).equal('to[1]');
      should(refusedField(() => readRecipients(['10086', ['10087']], 'keep'))).equal('to[1].number');
      should(refusedField(() => readRecipients([{ number: '1' }, { number: 'x' }], 'keep'))).equal('to[1].number');
    });

    it('when a JavaScript number is not one to call', () => {
      for (const to of [-49170, 12.5, 1e21, 2 ** 53, Number.POSITIVE_INFINITY]) {
        should(refusedField(() => readRecipients([to], 'keep'))).equal('to');
      }
    });

    it('when a number has more than 24 characters as it is sent', () => {
      const digits = '1'.repeat(24);
      should(numbersOf(digits)).deepEqual([digits]);
      should(refusedField(() => readRecipients(`${digits}1`, 'keep'))).equal('to');
      should(refusedField(() => readRecipients(`+${digits}`, 'keep'))).equal('to');
      should(numbersOf(`+${digits}`, 'strip')).deepEqual([digits]);
      should(refusedField(() => readRecipients(`+${'1'.repeat(23)}`, '00'))).equal('to');
    });

    it('when a row has what no store can keep, naming it: it would be tried again for ever', () => {
      const circle: Record<string, unknown> = { number: '1', name: 'Ann' };
      circle.self = circle;
      const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
      for (const [row, place] of [
        [circle, 'self'],
        [{ number: '1', a: { b: 1n } }, 'a'],
        [{ number: '1', 'odd name': deep }, '["odd name"]'],
      ] as const) {
        should(() => readRecipients([{ number: '2' }, row], 'keep')).throw({
          code: 'INVALID_INPUT',
          message: /can't be kept, as it is no JSON/,
          cause: { field: place.startsWith('[') ? `to[1]${place}` : `to[1].${place}` },
        });
      }
    });

    it('when the parameters are not texts', () => {
      const withParams = (text_param: unknown): unknown => [{ number: '1' }, { number: '2', text_param }];
      should(refusedField(() => readRecipients(withParams('John'), 'keep'))).equal('to[1].text_param');
      should(refusedField(() => readRecipients(withParams(['a', {}]), 'keep'))).equal('to[1].text_param[1]');
      should(refusedField(() => readRecipients(withParams([undefined]), 'keep'))).equal('to[1].text_param[0]');
    });

    it('when a user_id is outside of 0 to 2^30 - 1', () => {
      const withId = (user_id: unknown): unknown => [{ number: '1' }, { number: '2', user_id }];
      for (const bad of [-1, 2 ** 30, 1.5, 'x', '', {}, true, Number.NaN]) {
        should(refusedField(() => readRecipients(withId(bad), 'keep'))).equal('to[1].user_id');
      }
      should(readRecipients(withId(2 ** 30 - 1), 'keep')[1]?.user_id).equal(2 ** 30 - 1);
      should(readRecipients(withId('7'), 'keep')[1]?.user_id).equal(7);
    });

    it('in words that quote the number, but no whole document', () => {
      should(() => readRecipients('0170-CALL', 'keep')).throw(/to: must be a telephone number, not "0170-CALL"/);
      should(() => readRecipients('x'.repeat(100_000), 'keep')).throw(/^.{1,120}$/);
    });
  });
});

describe('send sms: a number', () => {
  it('is cleaned of spaces, dashes, dots and brackets', () => {
    for (const written of ['+49 170 1234567', '+49-170-1234567', '+49.170.1234567', '(+49) (170) 1234567']) {
      should(cleanNumber(written, 'keep', 'to')).equal('+491701234567');
    }
    should(cleanNumber(' +49\u00a0170\u2009123\u20134567\t', 'keep', 'to')).equal('+491701234567');
  });

  it('keeps its +, loses it, or has 00 instead, as the gateway wants it', () => {
    should(cleanNumber('+49 170', 'keep', 'to')).equal('+49170');
    should(cleanNumber('+49 170', 'strip', 'to')).equal('49170');
    should(cleanNumber('+49 170', '00', 'to')).equal('0049170');
  });

  it('stays as it is without a +: short codes and numbers of the country', () => {
    for (const plus of ['keep', 'strip', '00'] as const) {
      for (const number of ['100', '112', '10086', '0170123', '0049170']) {
        should(cleanNumber(number, plus, 'to')).equal(number);
      }
    }
  });

  it('has the digits that were given, in their order, whatever stands between them', () => {
    const between = fc.constantFrom('', '', ' ', '-', '/', '(', ')', '\u00a0', '\u2013');
    const digit = fc.integer({ min: 0, max: 9 }).map(String);
    fc.assert(
      fc.property(fc.array(fc.tuple(between, digit), { minLength: 1, maxLength: 15 }), fc.boolean(), (parts, plus) => {
        const digits = parts.map(([, each]) => each).join('');
        const written = (plus ? '+' : '') + parts.flat().join('');
        // No country code begins with 0, a zero in brackets is left out behind one, and zeros alone are no number.
        fc.pre(/[1-9]/.test(digits) && !(plus && digits.startsWith('0')) && !/\(0\)/.test(written));
        should(cleanNumber(written, 'keep', 'to')).equal((plus ? '+' : '') + digits);
      }),
    );
  });
});

describe('send sms: userId', () => {
  const given = (...user_ids: (number | undefined)[]) =>
    user_ids.map((user_id, place) => ({
      field: `to[${place}]`,
      number: '1',
      ...(user_id !== undefined && { user_id }),
    }));

  it('counts up over the recipients', () => {
    should(userIdsOf(given(undefined, undefined, undefined), '7')).deepEqual([7, 8, 9]);
    should(userIdsOf(given(undefined), 0)).deepEqual([0]);
  });

  it('leaves a recipient its own', () => {
    should(userIdsOf(given(undefined, 100, undefined), 7)).deepEqual([7, 100, 9]);
    should(userIdsOf(given(5, undefined), undefined)).deepEqual([5, undefined]);
  });

  it('is refused where it would pass 2^30 - 1', () => {
    should(refusedField(() => userIdsOf(given(undefined, undefined), 2 ** 30 - 1))).equal('userId');
    should(refusedField(() => userIdsOf(given(undefined), 'x'))).equal('userId');
    should(readUserId(' 12 ', 'userId')).equal(12);
  });

  it('is refused where one occurs twice, naming whose it is', () => {
    should(refusedField(() => userIdsOf(given(undefined, 5, 5), undefined))).equal('to[2].user_id');
    should(refusedField(() => userIdsOf(given(8, undefined), 7))).equal('userId');
    should(refusedField(() => userIdsOf(given(undefined, 7), 7))).equal('to[1].user_id');
  });
});
