import should from 'should';
import type { IncomingSms } from '../../../../lib/gateway-api';
import type { ListedRecord } from '../../../../lib/messaging/inbox/fingerprint';
import { InboxCursor, type NewRecord } from '../../../../lib/messaging/inbox/InboxCursor';

const START = Date.UTC(2024, 0, 15, 12);

/** The SMS with an id; the gateway shows `seconds` after the start. */
const sms = (id: number, text = `t${id}`, seconds = id): IncomingSms => ({
  ...{ incoming_sms_id: id, port: 0, number: '1', smsc: '', text },
  timestamp: new Date(START + seconds * 1000).toISOString().slice(0, 19).replace('T', ' '),
});
type Shown = number | IncomingSms | { id: number };
/** What a list shows: ids stand for their SMS, `{ id }` for one that can't be read. */
const list = (...shown: Shown[]): ListedRecord[] =>
  shown.map((one) => {
    if (typeof one === 'number') return { id: one, sms: sms(one) };
    return 'incoming_sms_id' in one ? { id: one.incoming_sms_id, sms: one } : one;
  });
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, place) => from + place);
/** The texts of what is new, with `?` where it may have been emitted before; undefined = only the whole list can tell. */
const texts = (fresh: readonly NewRecord[] | undefined): string[] | undefined =>
  fresh?.map((one) => one.sms.text + (one.doubtful ? '?' : ''));

describe('what one node has had of a gateway’s incoming SMS', () => {
  let cursor: InboxCursor;
  const pushed = (...all: Shown[]) => texts(cursor.pushed(list(...all).flatMap((one) => one.sms ?? [])).fresh);
  const page = (...shown: Shown[]) => texts(cursor.page(list(...shown)));
  const all = (...shown: Shown[]) => {
    cursor.lookBegins();
    return texts(cursor.all(list(...shown)));
  };
  /** Another process goes on. */
  const restart = (): void => {
    cursor = new InboxCursor(JSON.parse(JSON.stringify(cursor)));
  };
  const note = () => cursor.toJSON();

  describe('at the beginning', () => {
    it('is nothing, and with the backlog everything is new', () => {
      cursor = InboxCursor.beginning(true);
      should(note()).eql({ cursor: 0, ahead: [], known: { prints: [], floor: 0, denseFrom: 0 }, asked: [] });
      should([cursor.begins, cursor.needsAll, cursor.from]).eql([false, false, 0]);
      cursor.lookBegins();
      should(page(3, 4)).eql(['t3', 't4']);
      should(note()).match({ cursor: 4, ahead: [] });
    });

    it('is all that the first look shows, without the backlog', () => {
      cursor = InboxCursor.beginning(false);
      should([cursor.begins, cursor.needsAll]).eql([true, true]);
      should(all(3, 4)).eql([]);
      should([cursor.begins, cursor.needsAll, cursor.from]).eql([false, false, 3]);
      cursor.lookBegins();
      should(page(4, 5)).eql(['t5']);
    });

    it('includes what was pushed before: it isn’t new a second time, though the first look didn’t show it yet', () => {
      cursor = InboxCursor.beginning(false);
      should(pushed(5)).eql(['t5']);
      should(pushed(5)).eql([]);
      should(note().ahead).eql([[5, 5]]);
      should(all(3)).eql([]);
      cursor.lookBegins();
      should(page(3, 5, 6)).eql(['t6']);
    });

    it('gives what a push has told in other words once more', () => {
      cursor = InboxCursor.beginning(false);
      should(pushed(sms(4, 'invented', 4))).eql(['invented']);
      should(all(3, 4)).eql(['t4?']);
    });

    it('may be far from 1', () => {
      cursor = InboxCursor.beginning(true);
      cursor.lookBegins();
      should(page(5000, 5001)).eql(['t5000', 't5001']);
      should(note()).match({ cursor: 5001, ahead: [] });
    });
  });

  describe('up to an id', () => {
    beforeEach(() => {
      cursor = InboxCursor.beginning(false);
      should(all(1, 2, 3, 4, 5)).eql([]);
    });

    it('is asked for from just below it, also after a restart', () => {
      should(cursor.from).equal(4);
      restart();
      should([cursor.needsAll, cursor.from]).eql([false, 4]);
    });

    it('is followed by what lies above, once the newest known record was seen with what it was', () => {
      cursor.lookBegins();
      should(cursor.isTrusted).be.false();
      should(page(5)).eql([]);
      should(cursor.isTrusted).be.true();
      should(page(6, 7)).eql(['t6', 't7']);
      should(note()).match({ cursor: 7 });
    });

    it('isn’t trusted by a page that shows no known record, one that can’t be read, or a pushed one above', () => {
      cursor.lookBegins();
      should(page(6)).be.undefined();
      should(page({ id: 5 }, 6)).be.undefined();
      should(pushed(6)).eql(['t6']);
      should(page(6, 7)).be.undefined();
      should(page()).eql([]);
    });

    it('isn’t believed by a page that shows another SMS under a known id', () => {
      cursor.lookBegins();
      should(page(4, sms(5, 'x'), 6)).be.undefined();
    });

    it('is gone when nothing known is left: then only the whole list will do', () => {
      should(all()).eql([]);
      should([cursor.needsAll, cursor.from]).eql([true, 0]);
      cursor = InboxCursor.beginning(true);
      should(all()).eql([]);
      should(cursor.needsAll).be.false();
    });

    it('is looked for from the newest record that can be read', () => {
      cursor.lookBegins();
      should(page(5, { id: 6 })).eql([]);
      should([note().cursor, cursor.from]).eql([6, 4]);
    });

    it('isn’t trusted where a page shows an id that was missing: somebody else has it now', () => {
      cursor = InboxCursor.beginning(false);
      all(1, 2, 4, 5);
      cursor.lookBegins();
      should(page(3, 4, 5)).be.undefined();
      should(all(1, 2, 3, 4, 5)).eql(['t3']);
    });
  });

  describe('with what pushes bring', () => {
    beforeEach(() => {
      cursor = InboxCursor.beginning(false);
      should(all(1, 2, 4, 5)).eql([]);
    });

    it('is new above the cursor, and where an id was missing; the list brings it no second time', () => {
      should(pushed(3, 7)).eql(['t3', 't7']);
      should(note().ahead).eql([[7, 7]]);
      should(cursor.needsAll).be.false();
      cursor.lookBegins();
      should(page(4, 5, 6, 7, 8)).eql(['t6', 't8']);
      should(note()).match({ cursor: 8, ahead: [] });
    });

    it('is nothing new when it is known, by a list or by a push', () => {
      should(pushed(7)).eql(['t7']);
      should(pushed(4, 7)).eql([]);
      restart();
      should(pushed(4, 7)).eql([]);
      should(cursor.needsAll).be.false();
    });

    it('waits for the whole list where it doesn’t fit what is known', () => {
      should(pushed(sms(4, 'x', 90))).eql([]);
      should([cursor.needsAll, cursor.from]).eql([true, 0]);
      restart();
      should(cursor.needsAll).be.true();
    });

    it('waits for it as well where it says another thing under an id that was pushed before', () => {
      should(pushed(7)).eql(['t7']);
      should(pushed(sms(7, 'x', 90))).eql([]);
      should(cursor.needsAll).be.true();
    });

    it('waits where it may be an old one that nobody remembers', () => {
      cursor = InboxCursor.beginning(false);
      all(...range(1, 600));
      const ids = new Set(note().known.prints.map(([id]) => id));
      const forgotten = range(17, 400).find((id) => !ids.has(id)) ?? 0;
      should(pushed(forgotten)).eql([]);
      should(cursor.needsAll).be.true();
      should(all(...range(1, 600))).eql([]);
      should(cursor.needsAll).be.false();
    });

    it('waits beyond a thousand runs of ids: whoever pushes must not fill the memory', () => {
      for (let id = 10; id < 2010; id += 2) should(pushed(id)).have.length(1);
      should(note().ahead).have.length(1000);
      should(pushed(5000)).eql([]);
      should(cursor.needsAll).be.true();
    });

    it('comes once when the list shows it, though the two name times that are seconds apart', () => {
      should(pushed(sms(4, 'x', 90))).eql([]);
      should(all(1, 2, sms(4, 'x', 100), 5)).eql(['x']);
      should(cursor.needsAll).be.false();
    });

    it('comes once though the list doesn’t show it, however often it is pushed', () => {
      should(pushed(sms(4, 'x', 90))).eql([]);
      should(all(1, 2, 4, 5)).eql(['x']);
      should(pushed(sms(4, 'x', 90))).eql([]);
      should(cursor.needsAll).be.false();
      should(all(1, 2, 4, 5)).eql([]);
      restart();
      should(pushed(sms(4, 'x', 90))).eql([]);
      should(cursor.needsAll).be.false();
    });

    it('comes marked where the list no longer shows it and nobody knows whether it is an old one', () => {
      cursor = InboxCursor.beginning(false);
      all(...range(1, 600));
      const ids = new Set(note().known.prints.map(([id]) => id));
      const [forgotten = 0] = range(17, 400).filter((id) => !ids.has(id));
      should(pushed(forgotten)).eql([]);
      should(all(...range(1, 600).filter((id) => id !== forgotten))).eql([`t${forgotten}?`]);
      should(pushed(forgotten)).eql([]);
      should(cursor.needsAll).be.false();
    });

    it('is no news when a gateway has changed its zone, and the push is late', () => {
      const hour = 3600;
      should(pushed(sms(4, 't4', 4 + hour))).eql([]);
      should(all(sms(1, 't1', 1 + hour), sms(2, 't2', 2 + hour), sms(5, 't5', 5 + hour))).eql([]);
    });

    it('is new where it came before the first look, and the list shows another SMS under its id by then', () => {
      cursor = InboxCursor.beginning(false);
      should(pushed(9)).eql(['t9']);
      should(pushed(sms(9, 'x', 90))).eql([]);
      should(all(1, 2)).eql(['x']);
      cursor.lookBegins();
      should(page(1, 2, 9)).not.containEql('t9');
    });
  });

  it('is recognised by old records when the newest thousands are deleted, and the oldest have gone by themselves', () => {
    cursor = InboxCursor.beginning(false);
    all(1);
    for (let from = 1; from < 3000; from += 100) {
      cursor.lookBegins();
      page(...range(from, from + 100));
    }
    should(note()).match({ cursor: 3001 });
    should(all(...range(900, 1500))).eql([]);
    should(cursor.needsAll).be.false();
  });

  describe('when ids have started again', () => {
    beforeEach(() => {
      cursor = InboxCursor.beginning(false);
      all(1, 2, 3, 4, 5);
    });

    it('begins anew: all is new, and what comes then', () => {
      should(all(sms(1, 'a', 90), sms(2, 'b', 91))).eql(['a', 'b']);
      should(note()).match({ cursor: 2, ahead: [] });
      cursor.lookBegins();
      should(page(sms(2, 'b', 91), sms(3, 'c', 92))).eql(['c']);
      should(pushed(sms(4, 'd', 93))).eql(['d']);
    });

    it('only above an id: what lies below is still had', () => {
      should(all(1, 2, 3, sms(4, 'a', 90))).eql(['a']);
      should(note()).match({ cursor: 4 });
    });

    it('still has what was pushed while the list was read', () => {
      cursor.lookBegins();
      should(pushed(sms(9, 'new', 95))).eql(['new']);
      should(texts(cursor.all(list(sms(1, 'a', 90))))).eql(['a']);
      should(note().ahead).eql([[9, 9]]);
      cursor.lookBegins();
      should(page(sms(1, 'a', 90), sms(9, 'new', 95), sms(10, 'b', 96))).eql(['b']);
    });

    it('has no more what was pushed before: that id is free for another SMS', () => {
      should(pushed(9)).eql(['t9']);
      should(all(sms(1, 'a', 90))).eql(['a']);
      should(note().ahead).eql([]);
      should(pushed(sms(9, 'x', 99))).eql(['x']);
      should(pushed(9)).eql([]);
      should(cursor.needsAll).be.false();
    });
  });

  describe('of an id far above all others', () => {
    beforeEach(() => {
      cursor = InboxCursor.beginning(false);
      all(1, 2, 3, 4, 5);
    });

    it('is emitted at once, and believed when it is seen again', () => {
      for (const expected of [['t5000'], []]) {
        cursor.lookBegins();
        should(page(5, 5000)).eql(expected);
      }
      should(note()).match({ cursor: 5000, ahead: [] });
    });

    it('doesn’t move the cursor when the next look shows another SMS there, which is new', () => {
      cursor.lookBegins();
      page(5, 5000);
      should(note()).match({ cursor: 5, ahead: [[5000, 5000]] });
      cursor.lookBegins();
      should(page(5, sms(5000, 'x', 90))).be.undefined();
      should(all(1, 2, 3, 4, 5, sms(5000, 'x', 90))).eql(['x']);
      should(pushed(6)).eql(['t6']);
    });

    it('is believed at once where the ids between them are shown', () => {
      cursor.lookBegins();
      should(page(5, ...range(6, 300))).have.length(295);
      should(note()).match({ cursor: 300 });
    });
  });
});
