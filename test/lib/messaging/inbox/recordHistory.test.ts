import fc from 'fast-check';
import should from 'should';
import type { IncomingSms } from '../../../../lib/gateway-api';
import type { ListedRecord } from '../../../../lib/messaging/inbox/fingerprint';
import { RecordHistory } from '../../../../lib/messaging/inbox/RecordHistory';

const START = Date.UTC(2024, 0, 15, 12);
const HOUR = 3600;

/** A record whose gateway shows `seconds` after the start. */
const record = (id: number, { text = `t${id}`, seconds = id }: { text?: string; seconds?: number } = {}) => {
  const timestamp = new Date(START + seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const sms: IncomingSms = { incoming_sms_id: id, port: 0, number: '1', smsc: '', text, timestamp };
  return { id, sms };
};
const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, place) => from + place);
const records = (from: number, to: number): ListedRecord[] => range(from, to).map((id) => record(id));
const historyOf = (...all: ListedRecord[][]): RecordHistory => {
  const history = new RecordHistory();
  for (const found of all) history.add(found);
  return history;
};
const stored = (history: RecordHistory): RecordHistory => new RecordHistory(JSON.parse(JSON.stringify(history)));

describe('what is known of a gateway’s records', () => {
  it('tells whether an id still means the same SMS', () => {
    const history = historyOf(records(5, 7));
    should(history.compare(record(6))).equal('same');
    should(history.compare(record(6, { text: 'x' }))).equal('different');
    should(history.compare(record(8))).be.undefined();
  });

  it('is neither shaken nor lost by a record that can’t be read', () => {
    const history = historyOf(records(5, 7), [{ id: 6 }, { id: 9 }]);
    should([history.compare({ id: 6 }), history.compare({ id: 8 })]).eql(['same', undefined]);
    should(history.compare(record(6))).equal('same');
    should(history.compare(record(9))).equal('different');
  });

  it('takes what the list says in the place of what a push said', () => {
    const history = new RecordHistory();
    history.add([record(5)], true);
    should(history.compare(record(5, { seconds: 20 }))).equal('same');
    history.add([record(5, { seconds: 20 })]);
    should(history.compare(record(5))).equal('different');
    should(history.compare(record(5, { seconds: 6 }), true)).equal('same');
  });

  it('knows a late push of an SMS whose id means another one by now', () => {
    const history = historyOf([record(5)], [record(5, { text: 'x' })]);
    should(history.compare(record(5), true)).equal('same');
    should(history.compare(record(5))).equal('different');
    should(history.compare(record(5, { text: 'x' }))).equal('same');
    // Of another id that text says nothing.
    history.add([record(6)]);
    should(history.compare({ ...record(5), id: 6 }, true)).equal('different');
  });

  it('is the same over a restart of Node-RED', () => {
    const history = new RecordHistory();
    should(JSON.parse(JSON.stringify(history))).eql({ prints: [], floor: 0, denseFrom: 0 });
    history.add([record(5), record(7)], true);
    history.add([record(6), record(8)]);
    history.restart(7, () => false, []);
    const again = stored(history);
    should(JSON.stringify(again)).equal(JSON.stringify(history));
    should(again.compare(record(5, { text: 'x' }))).equal('retold');
    should(again.compare(record(5, { text: 'x', seconds: 6 }))).equal('different');
    should(again.compare(record(5, { seconds: 9 }))).equal('same');
    should(again.compare(record(6, { seconds: 9 }))).equal('different');
    should(again.compare(record(8), true)).equal('same');
  });

  it('is read as an earlier version wrote it: number and text weren’t noted yet', () => {
    const note = historyOf([record(5)]).toJSON();
    const [[id, content, time] = [0, '', 0]] = note.prints;
    const former = new RecordHistory({ ...note, prints: [[id, content, time, 1]] });
    should(former.compare(record(5))).equal('same');
    should(former.compare({ id: 5, sms: { ...record(5).sms, text: 'x', number: '2' } })).equal('retold');
    should(former.toJSON().prints).eql([[id, content, time, 1]]);
  });
});

describe('an id that nothing is known of', () => {
  it('was never seen below the beginning and above the newest; between them it was missing', () => {
    const history = historyOf([record(5), record(7)]);
    should([4, 5, 6, 7, 8].map((id) => history.neverSeen(id))).eql([true, false, true, false, true]);
    should([4, 5, 6, 7, 8].map((id) => history.wasMissing(id))).eql([false, false, true, false, true]);
  });

  it('may have been seen between a lower beginning and what was known before', () => {
    const history = historyOf([record(5)], [record(2)], []);
    should([1, 3, 4].map((id) => history.neverSeen(id))).eql([true, false, false]);
    should([1, 3, 4].map((id) => history.wasMissing(id))).eql([false, false, false]);
  });

  it('isn’t known because a new one came below the beginning', () => {
    const history = historyOf([record(5)]);
    history.addAmongOld([record(2)]);
    should([1, 3, 4].map((id) => history.neverSeen(id))).eql([true, true, true]);
    const fresh = new RecordHistory();
    fresh.addAmongOld([record(5)]);
    should([fresh.neverSeen(4), fresh.wasMissing(4)]).eql([true, false]);
    should(fresh.toJSON()).match({ floor: 5, denseFrom: 5 });
  });
});

describe('what is kept of very many records', () => {
  const COUNT = 2500;
  const kept = (history: RecordHistory): Set<number> => new Set(history.toJSON().prints.map(([id]) => id));

  it('are the newest 128 and the lowest 16 all, and between them ever fewer with their age', () => {
    const history = new RecordHistory();
    for (let from = 1; from <= COUNT; from += 100) history.add(records(from, from + 99));
    const ids = kept(history);
    should(range(COUNT - 127, COUNT).every((id) => ids.has(id))).be.true();
    should(range(1, 16).every((id) => ids.has(id))).be.true();
    should(ids.size).be.within(128 + 16 + 10, 257);
    // Between the newest and the lowest none is much further from its neighbour than by its age.
    const old = [...ids].filter((id) => id >= 16 && id <= COUNT - 127).sort((one, other) => one - other);
    for (const [place, id] of old.slice(1).entries())
      should(id - (old[place] ?? 0)).be.belowOrEqual(Math.max(100, 0.3 * (COUNT - (old[place] ?? 0))));
    should(range(1000, 2000).some((id) => ids.has(id))).be.true();
  });

  it('are the newest ones in whatever order they came', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), (order) => {
        const history = new RecordHistory();
        for (const block of order) history.addAmongOld(records(60 * block + 1, 60 * block + 60));
        const ids = kept(history);
        should(range(301, 360).filter((id) => !ids.has(id))).eql([]);
        should(ids.size).be.belowOrEqual(256);
      }),
      { numRuns: 10 },
    );
  });

  it('leave a doubt of those that were forgotten, and none of newer ones that were missing', () => {
    const history = historyOf(records(1, 400).filter(({ id }) => id !== 390));
    const ids = kept(history);
    const forgotten = range(17, 270).find((id) => !ids.has(id)) ?? 0;
    should(forgotten).be.above(0);
    should([history.neverSeen(forgotten), history.wasMissing(forgotten)]).eql([false, false]);
    should([history.neverSeen(390), history.wasMissing(390)]).eql([true, true]);
  });
});

describe('ids that have started again', () => {
  it('mean nothing any more above where they did, but for those that were pushed meanwhile', () => {
    const history = historyOf(records(1, 8));
    history.restart(4, (id) => id === 7, [record(5, { text: 'x' })]);
    should(range(1, 4).map((id) => history.compare(record(id)))).eql(['same', 'same', 'same', 'same']);
    should(history.compare(record(5, { text: 'x' }))).equal('same');
    should(history.compare(record(6))).be.undefined();
    should(history.compare(record(7))).equal('same');
    // Late pushes of what they meant before are no news.
    should([5, 6, 8].map((id) => history.compare(record(id), true))).eql(['same', 'same', 'same']);
    should(history.wasMissing(6)).be.true();
  });

  it('begin where the list begins when all of them have', () => {
    const history = historyOf(records(100, 110));
    history.restart(0, () => false, [record(3, { text: 'x' }), record(4, { text: 'x' })]);
    should(history.toJSON()).match({ floor: 3, denseFrom: 1 });
    should([2, 5].map((id) => history.neverSeen(id))).eql([true, true]);
    should([2, 5].map((id) => history.wasMissing(id))).eql([false, true]);
  });

  it('begin no lower when only some of them have', () => {
    const history = historyOf(records(100, 400));
    history.restart(150, () => false, [record(100), record(151, { text: 'x' })]);
    should(history.toJSON()).match({ floor: 100, denseFrom: 151 });
    should(history.wasMissing(152)).be.true();
    should(history.neverSeen(99)).be.true();
    should(history.compare(record(150)) ?? 'unsure').not.equal('different');
  });

  it('leave 64 memories at most, the newest', () => {
    const history = historyOf(records(1, 100));
    history.restart(0, () => false, []);
    should([36, 37, 100].map((id) => history.compare(record(id), true))).eql([undefined, 'same', 'same']);
    for (const id of range(201, 264)) history.retireAlso(record(id));
    should([100, 201, 264].map((id) => history.compare(record(id), true))).eql([undefined, 'same', 'same']);
    should(history.toJSON().former).have.length(64);
    // It was known by a push.
    should(history.compare(record(201, { seconds: 202 }), true)).be.undefined();
  });
});

describe('a gateway that prints all its times in another zone', () => {
  const moved = (from: number, to: number, step: number): ListedRecord[] =>
    range(from, to).map((id) => record(id, { seconds: id + step }));
  const isFollowed = (found: ListedRecord[], step: number, history = historyOf(records(1, 5))): boolean => {
    history.followClock(found, 5);
    return history.compare(record(1, { seconds: 1 + step })) === 'same';
  };

  for (const step of [HOUR, -2 * HOUR, HOUR / 4, 26 * HOUR, -26 * HOUR])
    it(`is followed when all known records have moved by the same quarters of an hour (${step} s)`, () => {
      should(isFollowed(moved(2, 5, step), step)).be.true();
    });

  it('is followed though some say nothing: unreadable ones, their times, and what is new', () => {
    const history = historyOf(records(1, 5), [{ id: 6 }]);
    history.add([{ id: 4, sms: { ...record(4).sms, timestamp: 'odd' } }]);
    const found = [...moved(1, 3, HOUR), { id: 4, sms: { ...record(4).sms, timestamp: 'odd' } }, ...moved(5, 5, HOUR)];
    history.followClock([...found, { id: 6 }, record(7, { seconds: 7 + HOUR })], 6);
    should(history.compare(record(1, { seconds: 1 + HOUR }))).equal('same');
    should(history.compare({ id: 4, sms: { ...record(4).sms, timestamp: 'odd' } })).equal('same');
    should(history.compare(record(5, { seconds: 5 + HOUR }))).equal('same');
  });

  it('isn’t where the newest one isn’t shown, times moved by other steps, or one has become another SMS', () => {
    should(isFollowed(moved(1, 4, HOUR), HOUR)).be.false();
    should(isFollowed([...moved(1, 4, HOUR), record(5)], HOUR)).be.false();
    should(isFollowed([...moved(1, 4, HOUR), ...moved(5, 5, 2 * HOUR)], HOUR)).be.false();
    should(isFollowed([...moved(1, 4, HOUR), record(5, { text: 'x', seconds: 5 + HOUR })], HOUR)).be.false();
  });

  for (const step of [60, HOUR + 1, 26 * HOUR + 900, -27 * HOUR])
    it(`isn’t by what no two zones are apart (${step} s)`, () => {
      should(isFollowed(moved(1, 5, step), step)).be.false();
    });
});
