import fc from 'fast-check';
import should from 'should';
import { Operator } from '../../../../simulator/network/operator/Operator';
import type { OperatorRule } from '../../../../simulator/network/operator/rules';
import { simCardFor } from '../../../../simulator/network/simCard';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const vienna = (text: string): number => Date.parse(text);

/** An operator with its own clock, and what one card of it sends. */
function operatorWith(...rules: OperatorRule[]) {
  const world = { at: vienna('2026-03-01T12:00:00+01:00') };
  const operator = new Operator(() => world.at);
  operator.setTerms({ rules });
  const card = simCardFor(3, 0);
  const send = (number = '99970200011', isFirst = true) => operator.transmit(card, 3, { number, isFirst });
  return { world, operator, card, send };
}

describe('the operator of the simulated network', () => {
  it('bars the card that breaks a rule, and says when and why', () => {
    const { world, operator, card, send } = operatorWith({ count: 'sms', per: 'day', max: 2, zone: 'Europe/Vienna' });
    should([send(), send(), send(), send()]).eql([true, true, false, false]);
    should(card.barred).match({ how: 'sms', at: world.at });
    should(operator.log).match([{ at: world.at, iccid: card.iccid, port: 3, value: 3, rule: { max: 2 } }]);
    should(operator.log).have.length(1);
    should(operator.log[0]?.text).match(/port 3 is barred: 3 sms per day \(calendar\), allowed are 2$/);
  });

  it('never bars a card that keeps its plan, and always one that does not, whatever is counted', () => {
    const spans = { minute: MINUTE, hour: HOUR, day: DAY, week: 7 * DAY, month: 30 * DAY };
    const rule = fc.record({
      count: fc.constantFrom('sms', 'segments', 'recipients'),
      per: fc.constantFrom('minute', 'hour', 'day', 'week', 'month'),
      max: fc.integer({ min: 0, max: 5 }),
      window: fc.constant('sliding'),
    }) as fc.Arbitrary<OperatorRule>;
    const sent = fc.record({
      after: fc.double({ min: 0, max: 1, noNaN: true }),
      to: fc.integer({ min: 1, max: 4 }),
      isFirst: fc.boolean(),
    });
    fc.assert(
      fc.property(rule, fc.array(sent, { maxLength: 30 }), (one, all) => {
        const { world, send, card } = operatorWith(one);
        const taken: { at: number; to: number; isFirst: boolean }[] = [];
        for (const { after, to, isFirst } of all) {
          world.at += after * spans[one.per];
          const recent = [...taken, { at: world.at, to, isFirst }].filter(({ at }) => at > world.at - spans[one.per]);
          const used = {
            sms: recent.filter((each) => each.isFirst).length,
            segments: recent.length,
            recipients: new Set(recent.filter((each) => each.isFirst).map((each) => each.to)).size,
          }[one.count];
          const mayGo = used <= one.max || (one.count !== 'segments' && !isFirst);
          should(send(String(to), isFirst)).equal(mayGo);
          if (card.barred) return;
          taken.push({ at: world.at, to, isFirst });
        }
      }),
    );
  });

  it('counts a recipient once, however the number is written', () => {
    const { send } = operatorWith({ count: 'recipients', per: 'week', max: 1 });
    should(['+99970200011', '0099970200011', '99970200011', '99970200012'].map((to) => send(to))).eql([
      true,
      true,
      true,
      false,
    ]);
  });

  it('begins each day anew at its hour in its zone, once in the night that has that hour twice', () => {
    const rule = { count: 'sms', per: 'day', max: 1, at: '02:30', zone: 'Europe/Vienna' } as const;
    const { world, send, card } = operatorWith(rule);
    const at = (text: string) => {
      world.at = vienna(text);
      return send();
    };
    should(at('2026-10-24T12:00:00+02:00')).be.true();
    should(at('2026-10-25T02:31:00+02:00')).be.true();
    should(at('2026-10-25T02:29:00+01:00')).be.false();
    card.barred = undefined;
    should(at('2026-10-25T02:31:00+01:00')).be.false();
    card.barred = undefined;
    should(at('2026-10-26T02:30:00+01:00')).be.true();
  });

  it('begins a week and a month on their day; a month that is shorter on its last one', () => {
    for (const [rule, before, reset] of [
      [{ per: 'week', day: 7 }, '2026-03-07T23:59', '2026-03-08T00:00'],
      [{ per: 'week' }, '2026-03-08T23:59', '2026-03-09T00:00'],
      [{ per: 'month', day: 31 }, '2026-04-29T23:59', '2026-04-30T00:00'],
      [{ per: 'month', day: 15, at: '06:00' }, '2026-03-15T05:59', '2026-03-15T06:00'],
      [{ per: 'hour' }, '2026-03-01T12:59', '2026-03-01T13:00'],
      [{ per: 'minute' }, '2026-03-01T12:00:59', '2026-03-01T12:01'],
    ] as const) {
      const { world, send, card } = operatorWith({ count: 'sms', max: 1, zone: 'UTC', window: 'calendar', ...rule });
      world.at = Date.parse(`${before}Z`) - 30_000;
      should(send()).be.true();
      world.at = Date.parse(`${before}Z`);
      should(send()).be.false();
      card.barred = undefined;
      world.at = Date.parse(`${reset}Z`);
      should(send()).be.true();
    }
  });

  it('takes the price of each segment off the card, which sends nothing when it is empty', () => {
    const { operator, card, send } = operatorWith();
    operator.setTerms({ price: 0.1 });
    card.balance = 0.3;
    should([send(), send('1', false), send(), send()]).eql([true, true, true, false]);
    should(card).match({ balance: 0 });
    should(card.barred).be.undefined();
    card.balance = 1;
    should(send()).be.true();
  });

  it('has rules for one card only, and counts each card for itself', () => {
    const [one, two] = [simCardFor(0, 0), simCardFor(1, 0)];
    const operator = new Operator(() => 0);
    operator.setTerms({ rules: [{ count: 'sms', per: 'day', max: 1, iccid: two.iccid }] });
    const send = (card: typeof one) => operator.transmit(card, 0, { number: '1', isFirst: true });
    should([send(one), send(one), send(two), send(two)]).eql([true, true, true, false]);
    should(operator.usedOf(two)).match([{ max: 1, value: 1 }]);
    should(operator.usedOf(one)).eql([]);
  });

  it('refuses terms that can not be read, naming the field', () => {
    const { operator } = operatorWith();
    const good = { count: 'sms', per: 'day', max: 1 };
    for (const [terms, what] of [
      [{ rules: {} }, /^rules must be an array/],
      [{ rules: Array(21).fill(good) }, /^rules must be at most 20/],
      [{ rules: [good, { ...good, count: 'calls' }] }, /^rules\[1\]\.count must be one of sms, segments, recipients/],
      [{ rules: [{ ...good, per: 'year' }] }, /^rules\[0\]\.per must be one of/],
      [{ rules: [{ ...good, max: -1 }] }, /^rules\[0\]\.max must be/],
      [{ rules: [{ ...good, max: 1.5 }] }, /^rules\[0\]\.max must be/],
      [{ rules: [{ ...good, window: 'open' }] }, /^rules\[0\]\.window must be/],
      [{ rules: [{ ...good, at: '24:00' }] }, /^rules\[0\]\.at must be/],
      [{ rules: [{ ...good, per: 'week', day: 8 }] }, /^rules\[0\]\.day must be .* to 7/],
      [{ rules: [{ ...good, zone: 'Mars/Olympus' }] }, /^rules\[0\]\.zone must be/],
      [{ rules: [null] }, /^rules\[0\]\.a rule must be/],
      [{ bars: 'all' }, /^bars must be/],
      [{ price: -1 }, /^price must be/],
      [null, /^terms must be/],
    ] as const) {
      should(() => operator.setTerms(terms as never)).throw(what);
    }
    should(operator.terms).eql({ rules: [], bars: 'sms', price: 0 });
  });
});
