import fc from 'fast-check';
import should from 'should';
import type { StkInputKind, StkView } from '../../../../../lib/gateway-api';
import { answerFor, readAnswer } from '../../../../../lib/messaging/dialogs/stk/answers';
import { findItem, readItemName } from '../../../../../lib/messaging/dialogs/stk/names';

const viewOf = (names: readonly string[], kind: StkInputKind = 'select', first = 1): StkView => ({
  ...{ port: 0, title: 'Menu', text: '', input_type: 2, input_kind: kind, frame_id: 1 },
  item: names.map((item_string, place) => ({ item_id: place + first, item_string })),
});
const found = (names: readonly string[], wanted: string | number, first?: number): number =>
  findItem(viewOf(names, 'select', first), wanted, 'item').item_id;
const INVALID = (field: string) => ({ code: 'INVALID_INPUT', cause: { field } });

describe('an item of a SIM’s menu', () => {
  const alike: [string, string][] = [
    ['Balance', ' BALANCE\t'],
    ['  Счёт ', 'счЁт'],
    ['ΟΔΟΣ', 'οδος'],
    ['Straße', 'STRASSE'],
    ['STRAẞE', 'straße'],
    ['余额查询', '\u3000余额查询 '],
    ['ＷｉＦｉ', 'wifi'],
    ['Café', 'CAFE\u0301'],
    ['رصيد', ' رصيد'],
    ['1) Credit', '1) credit'],
  ];
  for (const [name, wanted] of alike) {
    it(`"${name}" is found by "${wanted}"`, () => should(found(['Other', name], wanted)).equal(2));
  }

  it('is found by its id, as a number or in digits, unless an item has that name', () => {
    should(found(['a', 'b'], 2)).equal(2);
    should(found(['a', 'b'], ' 2 ')).equal(2);
    should(found(['2', 'b'], '2')).equal(1);
    should(found(['2', 'b'], 2)).equal(2);
    should(found(['a', 'b'], 0, 0)).equal(0);
  });

  it('is found by any writing of its name in case and spaces', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.normalize('NFKC').trim() !== '');
    fc.assert(
      fc.property(name, fc.constantFrom('', ' ', '\u3000\t'), (text, space) => {
        should(found([text], space + text + space)).equal(1);
        should(found([`${space}${text}`], text.toLowerCase())).equal(1);
      }),
    );
  });

  it('that isn’t there is NOT_FOUND, with those that are', () => {
    should(() => found(['Balance', ' Top up '], 'Weather')).throw(/"Weather"; it has "Balance" \(1\), "Top up" \(2\)/);
    should(() => found(['Balance'], 7)).throw({ code: 'NOT_FOUND', cause: { field: 'item', retryable: false } });
    should(() => findItem(viewOf([], 'digits_hidden'), 'secret', 'item')).throw(/nothing to select now/);
    should(() => findItem(viewOf([], 'digits_hidden'), 'secret', 'item')).not.throw(/secret/);
  });

  it('whose name several have must be named by its id, unless one is written just so', () => {
    should(() => found(['Info', 'INFO'], 'info')).throw(INVALID('item'));
    should(found(['Info', 'INFO'], 'INFO')).equal(2);
    should(() => found(['Info', 'Info'], 'Info')).throw(/1, 2/);
  });

  it('must be named', () => {
    for (const none of [undefined, null, '', '  ', -1, 1.5, Number.NaN, true, {}, ['a']]) {
      should(() => readItemName(none, 'item')).throw(INVALID('item'));
    }
    should(readItemName(0, 'item')).equal(0);
  });
});

describe('what is entered in a SIM’s menu', () => {
  const entered = (kind: StkInputKind, given: unknown): string =>
    answerFor(viewOf([], kind), readAnswer(given, 'param'), 'param');

  it('leaves as the menu wants it', () => {
    should(entered('confirm', true)).equal('yes');
    should(entered('confirm', false)).equal('no');
    should(entered('confirm', ' YES ')).equal('yes');
    should(entered('digit', 0)).equal('0');
    should(entered('digit', '#')).equal('#');
    should(entered('character', '𝄞')).equal('𝄞');
    should(entered('digits', '+43*1#')).equal('+43*1#');
    should(entered('digits_hidden', '0815')).equal('0815');
    should(entered('characters', ' two\nlines ')).equal(' two\nlines ');
    should(entered('characters', true)).equal('true');
    should(entered('unknown', 'anything')).equal('anything');
  });

  const wrong: [StkInputKind, unknown][] = [
    ...[
      ['confirm', 'maybe'],
      ['digit', '12'],
      ['digit', 'a'],
      ['character', 'ab'],
      ['digits', '1 2'],
    ].map((one) => one as [StkInputKind, unknown]),
    ['digits', -1],
    ['digits', 1.5],
    ['digits_hidden', 'pin'],
    ['display', 'x'],
    ['desktop', 'x'],
    ['select', 'x'],
    ['locked', 'x'],
  ];
  for (const [kind, given] of wrong) {
    it(`doesn’t leave as ${JSON.stringify(given)} for ${kind}`, () =>
      should(() => entered(kind, given)).throw(INVALID('param')));
  }

  it('is never told when it doesn’t fit', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8 }), (secret) => {
        let said = '';
        try {
          entered('digits_hidden', `x${secret}`);
        } catch (error) {
          said = JSON.stringify([(error as Error).message, (error as Error).cause]);
        }
        should(said).not.equal('').and.not.containEql(JSON.stringify(secret).slice(1, -1));
      }),
    );
  });

  it('must be something', () => {
    for (const none of [undefined, null, '', {}, [], Number.NaN]) {
      should(() => readAnswer(none, 'param')).throw(INVALID('param'));
    }
  });
});
