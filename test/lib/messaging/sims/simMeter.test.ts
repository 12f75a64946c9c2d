import fc from 'fast-check';
import should from 'should';
import { questionsOf } from '../../../../lib/messaging/sims/counters';
import { type Load, SimMeter } from '../../../../lib/messaging/sims/SimMeter';
import { type Plan, readPlans } from '../../../../lib/plans';
import type { Charge } from '../../../../lib/store';
import { CountedCards } from './CountedCards';

const ZONE = 'Europe/Vienna';
const NOON = Date.parse('2026-11-29T11:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const planOf = (row: object): Plan => readPlans([{ sticky: 'off', reserve: 0, ...row }], ZONE)[0] as Plan;
const load = (fields: Partial<Load> = {}): Load => ({ priority: 'normal', segments: 1, recipient: 'a', ...fields });

/** One card with a plan, as time goes by: each question is put to what was counted before. */
class Card {
  readonly counted = new CountedCards();

  constructor(
    readonly plan: Plan,
    private readonly random = () => 0.5,
  ) {}

  meter(now: number, ...recipients: string[]): SimMeter {
    const asked = questionsOf(this.plan, 'c', now);
    const usage = this.counted.usage(asked.questions, [...recipients, ...asked.recipients], now);
    return new SimMeter({ plan: this.plan, card: 'c', now, random: this.random, usage });
  }

  /** The charges, or when it may be sent. */
  send(now: number, fields: Partial<Load> = {}): Charge[] | number {
    const one = load(fields);
    const verdict = this.meter(now, one.recipient).admit(one);
    if (!('charges' in verdict)) return verdict.until;
    this.counted.use(verdict.charges);
    return verdict.charges;
  }

  /** How many of so many leave at once. */
  burst(now: number, count: number, fields: Partial<Load> = {}): number {
    const sent = Array.from({ length: count }, () => this.send(now, fields));
    return sent.filter((one) => typeof one !== 'number').length;
  }
}

describe('what a SIM may send by its plan', () => {
  it('ends with the day, and begins with the next by the clocks of the zone', () => {
    const card = new Card(planOf({ limits: [{ count: 'sms', per: 'day', max: 3 }] }));
    should(card.burst(NOON, 10)).equal(3);
    const midnight = Date.parse('2026-11-29T23:00:00Z');
    should(card.send(midnight - 1)).equal(midnight);
    should(card.burst(midnight, 10)).equal(3);
  });

  it('leaves the reserve to high SMS, and no more than the limit to all', () => {
    const card = new Card(planOf({ limits: [{ count: 'sms', per: 'day', max: 20 }], reserve: undefined }));
    should(card.burst(NOON, 30)).equal(18);
    should(card.burst(NOON, 30, { priority: 'low' })).equal(0);
    should(card.burst(NOON, 30, { priority: 'high' })).equal(2);
    should(card.burst(NOON, 30, { priority: 'high' })).equal(0);
  });

  it('keeps at least one back for high SMS, but never the only one', () => {
    const ofMax = (max: number) =>
      new Card(planOf({ limits: [{ count: 'sms', per: 'day', max }], reserve: undefined }));
    should(ofMax(3).burst(NOON, 9)).equal(2);
    should(ofMax(1).burst(NOON, 9)).equal(1);
    const alarmsOnly = new Card(planOf({ limits: [{ count: 'sms', per: 'day', max: 5 }], reserve: 100 }));
    should([alarmsOnly.burst(NOON, 9), alarmsOnly.burst(NOON, 9, { priority: 'high' })]).eql([0, 5]);
  });

  it('lets a few high SMS a day go beyond the limits, and no more', () => {
    const card = new Card(planOf({ limits: [{ count: 'sms', per: 'month', max: 3 }], overdraft: 2 }));
    should(card.burst(NOON, 9)).equal(3);
    should(card.burst(NOON, 9, { priority: 'high' })).equal(2);
    should(card.send(NOON, { priority: 'high' })).equal(Date.parse('2026-11-30T23:00:00Z'));
    should(card.burst(NOON + DAY / 2, 9, { priority: 'high' })).equal(2);
  });

  it('counts in a sliding hour what was sent within it, and says when the first of it is an hour old', () => {
    const card = new Card(planOf({ limits: [{ count: 'sms', per: 'hour', max: 2 }] }));
    card.send(NOON);
    card.send(NOON + 20 * MINUTE);
    should(card.send(NOON + 30 * MINUTE)).equal(NOON + HOUR);
    should(card.send(NOON + HOUR)).be.an.Array();
    should(card.send(NOON + HOUR)).equal(NOON + 80 * MINUTE);
  });

  it('keeps no more than sixty parts of a sliding window, and never lets more than the limit into it', () => {
    const plan = planOf({ limits: [{ count: 'sms', per: 'hour', max: 500 }] });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 100, maxLength: 1500 }), (gaps) => {
        const card = new Card(plan);
        const sent: number[] = [];
        let now = NOON;
        for (const gap of gaps) {
          now += gap;
          if (typeof card.send(now) === 'number') continue;
          sent.push(now);
          should(sent.filter((at) => at > now - HOUR).length <= 500).be.true();
        }
        should(card.counted.rows('c', now).length <= 62).be.true();
      }),
      { numRuns: 5 },
    );
  });

  it('counts segments as operators bill them, and says of what is longer than the limit that it never may', () => {
    const card = new Card(planOf({ limits: [{ count: 'segments', per: 'day', max: 5 }] }));
    should(card.burst(NOON, 3, { segments: 2 })).equal(2);
    should(card.burst(NOON, 3, { segments: 1 })).equal(1);
    should(card.send(NOON, { segments: 6 })).equal(8.64e15);
  });

  it('counts different recipients, to each of whom any number may go', () => {
    const card = new Card(planOf({ limits: [{ count: 'recipients', per: 'month', max: 2 }] }));
    for (const recipient of ['a', 'b', 'a', 'b']) should(card.send(NOON, { recipient })).be.an.Array();
    should(card.send(NOON, { recipient: 'c' })).equal(Date.parse('2026-11-30T23:00:00Z'));
    should(card.send(NOON, { recipient: 'a' })).be.an.Array();
  });

  it('counts a recipient of a sliding window as long as he was sent to within it', () => {
    const card = new Card(planOf({ limits: [{ count: 'recipients', per: 'day', max: 2, reset: 'sliding' }] }));
    card.send(NOON, { recipient: 'a' });
    card.send(NOON + HOUR, { recipient: 'b' });
    card.send(NOON + 2 * HOUR, { recipient: 'a' });
    should(card.send(NOON + 3 * HOUR, { recipient: 'c' })).equal(NOON + HOUR + DAY);
    should(card.send(NOON + HOUR + DAY, { recipient: 'c' })).be.an.Array();
  });

  it('keeps all limits of a plan together, and says when the last of them lets it', () => {
    const limits = [
      { count: 'sms', per: 'minute', max: 1 },
      { count: 'sms', per: 'day', max: 2 },
    ];
    const card = new Card(planOf({ limits }));
    card.send(NOON);
    should(card.send(NOON)).equal(NOON + MINUTE);
    card.send(NOON + MINUTE);
    should(card.send(NOON + MINUTE)).equal(Date.parse('2026-11-29T23:00:00Z'));
  });

  it('makes a pause between two SMS, drawn between its ends', () => {
    const card = new Card(planOf({ pause: { min: 10, max: 20 } }), () => 0.25);
    card.send(NOON);
    should(card.send(NOON + 1, { priority: 'high' })).equal(NOON + 12_500);
    should(card.send(NOON + 12_500)).be.an.Array();
  });

  it('lets a new card begin with a few, and by more on each day on which it has sent', () => {
    const row = { limits: [{ count: 'sms', per: 'day', max: 30 }], ramp: { start: 20, grow: 25 } };
    const card = new Card(planOf(row));
    const sent = [0, 1, 2, 3].map((day) => card.burst(NOON + day * DAY, 40));
    should(sent).eql([20, 25, 30, 30]);
  });

  it('begins one period where a clock crosses the reset, goes back and crosses it again', () => {
    const card = new Card(planOf({ limits: [{ count: 'sms', per: 'day', max: 3 }] }));
    const midnight = Date.parse('2026-11-29T23:00:00Z');
    const sent = [-1, 1, -1, 1].map((side) => card.burst(midnight + side * MINUTE, 9));
    should(sent).eql([3, 3, 0, 0]);
  });

  it('counts several that it lets go at once', () => {
    const card = new Card(planOf({ limits: [{ count: 'recipients', per: 'day', max: 2 }] }));
    const meter = card.meter(NOON, 'a', 'b', 'c');
    const may = ['a', 'b', 'a', 'c'].map((recipient) => 'charges' in meter.admit(load({ recipient })));
    should(may).eql([true, true, true, false]);
  });

  it('tells how each limit stands, and how much of the tightest is used', () => {
    const limits = [
      { count: 'sms', per: 'day', max: 4 },
      { count: 'sms', per: 'hour', max: 10 },
      { count: 'segments', per: 'card', max: 100 },
    ];
    const card = new Card(planOf({ limits }));
    card.burst(NOON, 3);
    const meter = card.meter(NOON + MINUTE);
    should(meter.share).equal(0.75);
    should(meter.states().map(({ used, resetsAt }) => [used, resetsAt])).eql([
      [3, Date.parse('2026-11-29T23:00:00Z')],
      [3, NOON + HOUR],
      [3, undefined],
    ]);
  });
});
