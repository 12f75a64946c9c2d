import fc from 'fast-check';
import should from 'should';
import type { Cdr } from '../../../../../lib/gateway-api';
import { SeenCdrs } from '../../../../../lib/messaging/watching/cdr/SeenCdrs';

const HOUR = 3_600_000;
const call = (second: number, more: object = {}): Cdr => ({
  port: 0,
  start_date: `2026-07-12 12:00:${String(second).padStart(2, '0')}`,
  answer_date: '',
  answered: false,
  ...more,
});

function take(seen: SeenCdrs, list: readonly Cdr[]): Cdr[] {
  const fresh = seen.newOf(list);
  seen.add(list);
  return fresh;
}

function takePushed(seen: SeenCdrs, list: readonly Cdr[]): Cdr[] {
  const fresh = seen.newOfPushed(list);
  seen.addPushed(fresh);
  return fresh;
}

const empty = (): SeenCdrs => new SeenCdrs('cdr/', new Map());

/** As the next process finds it. */
function restarted(seen: SeenCdrs, notes: Map<string, string>): SeenCdrs {
  for (const [key, note] of seen.changes()) notes.set(key, note);
  return new SeenCdrs('cdr/', notes);
}

describe('what a node has seen of call records', () => {
  it('lets each through once, equal ones as often as there are', () => {
    const seen = empty();
    should(take(seen, [call(1), call(2)])).eql([call(1), call(2)]);
    should(take(seen, [call(1), call(2), call(2), call(3)])).eql([call(2), call(3)]);
    should(take(seen, [call(1), call(2), call(2), call(3)])).be.empty();
  });

  it('doesn’t mind that a shorter list shows fewer', () => {
    const seen = empty();
    take(seen, [call(1), call(1), call(2)]);
    should(take(seen, [call(1)])).be.empty();
    should(take(seen, [])).be.empty();
    should(take(seen, [call(1), call(1), call(2)])).be.empty();
  });

  it('knows a pushed one in the list, whatever else that says of it, and the other way round', () => {
    const seen = empty();
    should(takePushed(seen, [call(1, { imsi: '1' })])).have.length(1);
    should(take(seen, [call(1, { duration: 5, sn: 'x' })])).be.empty();
    take(seen, [call(2)]);
    should(takePushed(seen, [call(2, { imsi: '1' })])).be.empty();
  });

  it('takes a push that comes twice, or has a record twice, for one call, until the list shows two', () => {
    const seen = empty();
    should(takePushed(seen, [call(1), call(1)])).have.length(1);
    should(takePushed(seen, [call(1)])).be.empty();
    should(take(seen, [call(1), call(1)])).have.length(1);
  });

  it('finds the right one of two that only later firmware’s fields tell apart, in any order', () => {
    for (const order of [0, 1]) {
      const [first, second] = [call(1, { destination_number: '1' }), call(1, { destination_number: '2' })];
      const seen = empty();
      take(seen, [first]);
      should(take(seen, order === 0 ? [first, second] : [second, first])).eql([second]);
    }
  });

  it('doesn’t take the zone of the gateway node for a part of a record', () => {
    const seen = empty();
    take(seen, [call(1, { start_date_iso: '2026-07-12T12:00:01.000Z' })]);
    should(take(seen, [call(1, { start_date_iso: '2026-07-12T10:00:01.000Z' })])).be.empty();
  });

  it('forgets what the gateway hasn’t listed for a day and a half, not what was away for a while', () => {
    const seen = empty();
    take(seen, [call(1), call(2)]);
    seen.listed([call(1), call(2)], 0, undefined);
    seen.listed([call(1)], HOUR, undefined);
    seen.listed([call(1)], 30 * HOUR, undefined);
    should(take(seen, [call(2)])).be.empty();
    seen.listed([call(1), call(2)], 36 * HOUR, undefined);
    seen.listed([call(1)], 37 * HOUR, undefined);
    seen.listed([call(1)], 72 * HOUR, undefined);
    should(take(seen, [call(2)])).be.empty();
    seen.listed([call(1)], 73 * HOUR, undefined);
    should(take(seen, [call(1), call(2)])).eql([call(2)]);
  });

  it('notices another gateway by its serial number, where both are known', () => {
    const seen = empty();
    seen.listed([], 0, undefined);
    should(seen.isOf('a')).be.true();
    seen.listed([], 0, 'a');
    should(seen.isOf('a') && seen.isOf(undefined)).be.true();
    should(seen.isOf('b')).be.false();
  });

  it('changes few of its notes for a new record, and says again what couldn’t be kept', () => {
    const seen = empty();
    for (let second = 0; second < 60; second++) take(seen, [call(second)]);
    seen.changes();
    take(seen, [call(1, { port: 9 })]);
    const changes = seen.changes();
    should(changes.size).equal(1);
    should(seen.changes().size).equal(0);
    seen.keepTrying(changes.keys());
    should(seen.changes()).eql(changes);
  });

  it('emits as many of each as the gateway has ever listed at a time, over any lists, pushes and restarts', () => {
    const second = fc.integer({ min: 0, max: 3 });
    const step = fc.oneof(
      fc.record({ kind: fc.constant('list' as const), more: fc.array(second, { maxLength: 4 }) }),
      fc.record({ kind: fc.constant('push' as const), second, more: fc.constant([]) }),
      fc.record({ kind: fc.constant('restart' as const), more: fc.constant([]) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let seen = empty();
        const notes = new Map<string, string>();
        const list: number[] = [];
        const listed = (): Cdr[] => list.map((each) => call(each));
        const emitted = new Map<number, number>();
        const count = (records: Cdr[]): void => {
          for (const { start_date } of records) {
            const key = Number(start_date?.slice(-2));
            emitted.set(key, (emitted.get(key) ?? 0) + 1);
          }
        };
        for (const one of steps) {
          if (one.kind === 'restart') seen = restarted(seen, notes);
          // A call that is pushed is listed from then on.
          if (one.kind === 'push') {
            list.push(one.second);
            count(takePushed(seen, [call(one.second, { imsi: '1' })]));
          }
          if (one.kind === 'list') {
            list.push(...one.more);
            count(take(seen, listed()));
          }
        }
        count(take(seen, listed()));
        for (const each of [0, 1, 2, 3]) {
          should(emitted.get(each) ?? 0).equal(list.filter((one) => one === each).length);
        }
      }),
    );
  });
});
