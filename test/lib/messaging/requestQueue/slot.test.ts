import fc from 'fast-check';
import should from 'should';
import { KINDS, type Kind, nextPlace, theMoreUrgent, type Waiting } from '../../../../lib/messaging/requestQueue/slot';

const NOW = 1_000_000;
const waiting = (kind: Kind, waited = 0): Waiting => ({ slot: { kind }, since: NOW - waited, start: async () => {} });
const next = (...queue: Waiting[]): Waiting | undefined => queue[nextPlace(queue, NOW)];

/** What leaves one after the other while nothing is added and no time passes. */
function inOrder(queue: readonly Waiting[]): Waiting[] {
  const left = [...queue];
  return queue.map(() => left.splice(nextPlace(left, NOW), 1)[0] as Waiting);
}

describe('line: whose turn it is', () => {
  it('comes in the order of the kinds', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...KINDS], { minLength: 1 }), (kinds) => {
        const left = inOrder(kinds.map((kind) => waiting(kind)));
        should(left.map(({ slot }) => slot.kind)).deepEqual(KINDS.filter((kind) => kinds.includes(kind)));
      }),
    );
    should(KINDS).deepEqual(['stop', 'reconcile', 'sms-high', 'sms', 'ussd', 'command', 'result', 'poll', 'watch']);
  });

  it('comes to the first of a kind first', () => {
    const first = waiting('poll', 200);
    should(next(first, waiting('poll', 100))).equal(first);
  });

  it('comes to a read after 8 seconds, before the SMS that go on coming', () => {
    const read = (waited: number): Waiting => waiting('watch', waited);
    should(next(waiting('sms'), read(7999))?.slot.kind).equal('sms');
    should(next(waiting('sms'), read(8000))?.slot.kind).equal('watch');
    should(next(waiting('ussd', 7000), read(8000))?.slot.kind).equal('watch');
  });

  it('is never taken from an alarm, a stop or a search for what became of a request', () => {
    for (const kind of ['stop', 'reconcile', 'sms-high'] as const) {
      should(next(waiting('watch', 60_000), waiting('sms', 60_000), waiting(kind))?.slot.kind).equal(kind);
    }
  });

  it('comes to the longest wait among those that have waited too long', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...KINDS.slice(3)), fc.integer({ min: 8000, max: 90_000 }))),
        (all) => {
          // They stand in the queue in the order in which they came.
          const queue = all.sort((one, other) => other[1] - one[1]).map(([kind, waited]) => waiting(kind, waited));
          should(inOrder(queue)).deepEqual(queue);
        },
      ),
    );
  });

  it('comes to everybody, each once', () => {
    const anyone = fc.tuple(fc.constantFrom(...KINDS), fc.nat(20_000)).map(([kind, waited]) => waiting(kind, waited));
    fc.assert(
      fc.property(fc.array(anyone), (queue) => {
        should(new Set(inOrder(queue))).deepEqual(new Set(queue));
      }),
    );
  });

  it("is nobody's when nobody waits", () => {
    should(nextPlace([], NOW)).equal(-1);
  });
});

describe('line: the more urgent of two kinds', () => {
  it('is the one that comes first in the order, whichever is named first', () => {
    should(theMoreUrgent('watch', 'result')).equal('result');
    should(theMoreUrgent('stop', 'sms')).equal('stop');
    should(theMoreUrgent('poll', 'poll')).equal('poll');
  });
});
