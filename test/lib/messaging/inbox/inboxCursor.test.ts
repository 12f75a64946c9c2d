import should from 'should';
import { InboxCursor } from '../../../../lib/messaging/inbox/InboxCursor';
import { CursorScene, range, sms } from '../../../support/core/CursorScene';

describe('what one node has had of a gateway’s incoming SMS', () => {
  let scene: CursorScene;

  describe('at the beginning', () => {
    it('is nothing, and with the backlog everything is new', () => {
      scene = new CursorScene(InboxCursor.beginning(true));
      should(scene.note).eql({ cursor: 0, ahead: [], known: { prints: [], floor: 0, denseFrom: 0 }, asked: [] });
      should([scene.cursor.begins, scene.cursor.needsAll, scene.cursor.from]).eql([false, false, 0]);
      scene.cursor.lookBegins();
      should(scene.page(3, 4)).eql(['t3', 't4']);
      should(scene.note).match({ cursor: 4, ahead: [] });
    });

    it('is all that the first look shows, without the backlog', () => {
      scene = new CursorScene(InboxCursor.beginning(false));
      should([scene.cursor.begins, scene.cursor.needsAll]).eql([true, true]);
      should(scene.all([3, 4])).eql([]);
      should([scene.cursor.begins, scene.cursor.needsAll, scene.cursor.from]).eql([false, false, 3]);
      scene.cursor.lookBegins();
      should(scene.page(4, 5)).eql(['t5']);
    });

    it('includes what was pushed before: it isn’t new a second time, though the first look didn’t show it yet', () => {
      scene = new CursorScene(InboxCursor.beginning(false));
      should(scene.pushed(5)).eql(['t5']);
      should(scene.pushed(5)).eql([]);
      should(scene.note.ahead).eql([[5, 5]]);
      should(scene.all([3])).eql([]);
      scene.cursor.lookBegins();
      should(scene.page(3, 5, 6)).eql(['t6']);
    });

    it('isn’t what a push tells only after the first look has shown it: that has come in since the start', () => {
      scene = new CursorScene(InboxCursor.beginning(false));
      should(scene.pushed(3)).eql(['t3']);
      should(scene.all([1, 2, 3, 4, 5])).eql([]);
      should(scene.pushed(3, 4)).eql(['t4']);
      scene.cursor.lookBegins();
      should(scene.page(5)).eql([]);
      should(scene.pushed(sms(5, 't5 in other words', 5))).eql(['t5 in other words']);
      should(scene.pushed(3, 4, 5)).eql([]);
      should(scene.page(5, 6)).eql(['t6']);
    });

    it('isn’t what a push tells only after the first look and a restart: that has come in since the start as well', () => {
      scene = new CursorScene(InboxCursor.beginning(false));
      should(scene.all([1, 2, 3])).eql([]);
      scene = new CursorScene(new InboxCursor(scene.note));
      should(scene.pushed(3)).eql(['t3']);
      should(scene.pushed(3)).eql([]);
    });

    it('is what no push has told of for thirty looks, or before ids started again', () => {
      scene = new CursorScene(InboxCursor.beginning(false));
      should(scene.all([1, 2, 3])).eql([]);
      for (let look = 1; look < 30; look++) {
        scene.cursor.lookBegins();
        should(scene.page(3)).eql([]);
      }
      should(scene.pushed(2)).eql(['t2']);
      scene.cursor.lookBegins();
      should(scene.pushed(3)).eql([]);
      scene = new CursorScene(InboxCursor.beginning(false));
      should(scene.all(range(1, 300))).eql([]);
      should(scene.pushed(200, 201)).eql(['t201']);
    });

    it('gives what a push has told in other words once more', () => {
      scene = new CursorScene(InboxCursor.beginning(false));
      should(scene.pushed(sms(4, 'invented', 4))).eql(['invented']);
      should(scene.all([3, 4])).eql(['t4?']);
    });

    it('may be far from 1', () => {
      scene = new CursorScene(InboxCursor.beginning(true));
      scene.cursor.lookBegins();
      should(scene.page(5000, 5001)).eql(['t5000', 't5001']);
      should(scene.note).match({ cursor: 5001, ahead: [] });
    });
  });

  describe('up to an id', () => {
    beforeEach(() => {
      scene = new CursorScene(InboxCursor.beginning(false));
      should(scene.all([1, 2, 3, 4, 5])).eql([]);
    });

    it('is asked for from just below it, also after a restart', () => {
      should(scene.cursor.from).equal(4);
      scene.restart();
      should([scene.cursor.needsAll, scene.cursor.from]).eql([false, 4]);
    });

    it('is followed by what lies above, once the newest known record was seen with what it was', () => {
      scene.cursor.lookBegins();
      should(scene.cursor.isTrusted).be.false();
      should(scene.page(5)).eql([]);
      should(scene.cursor.isTrusted).be.true();
      should(scene.page(6, 7)).eql(['t6', 't7']);
      should(scene.note).match({ cursor: 7 });
    });

    it('isn’t trusted by a page that shows no known record, one that can’t be read, or a pushed one above', () => {
      scene.cursor.lookBegins();
      should(scene.page(6)).be.undefined();
      should(scene.page({ id: 5 }, 6)).be.undefined();
      should(scene.pushed(6)).eql(['t6']);
      should(scene.page(6, 7)).be.undefined();
      should(scene.page()).eql([]);
    });

    it('isn’t believed by a page that shows another SMS under a known id', () => {
      scene.cursor.lookBegins();
      should(scene.page(4, sms(5, 'x'), 6)).be.undefined();
    });

    it('is gone when nothing known is left: then only the whole list will do', () => {
      should(scene.all([])).eql([]);
      should([scene.cursor.needsAll, scene.cursor.from]).eql([true, 0]);
      scene = new CursorScene(InboxCursor.beginning(true));
      should(scene.all([])).eql([]);
      should(scene.cursor.needsAll).be.false();
    });

    it('is looked for from the newest record that can be read', () => {
      scene.cursor.lookBegins();
      should(scene.page(5, { id: 6 })).eql([]);
      should([scene.note.cursor, scene.cursor.from]).eql([6, 4]);
    });

    it('isn’t trusted where a page shows an id that was missing: somebody else has it now', () => {
      scene = new CursorScene(InboxCursor.beginning(false));
      scene.all([1, 2, 4, 5]);
      scene.cursor.lookBegins();
      should(scene.page(3, 4, 5)).be.undefined();
      should(scene.all([1, 2, 3, 4, 5])).eql(['t3']);
    });
  });

  describe('with what pushes bring', () => {
    beforeEach(() => {
      scene = new CursorScene(InboxCursor.beginning(false));
      should(scene.all([1, 2, 4, 5])).eql([]);
    });

    it('is new above the cursor, and where an id was missing; the list brings it no second time', () => {
      should(scene.pushed(3, 7)).eql(['t3', 't7']);
      should(scene.note.ahead).eql([[7, 7]]);
      should(scene.cursor.needsAll).be.false();
      scene.cursor.lookBegins();
      should(scene.page(4, 5, 6, 7, 8)).eql(['t6', 't8']);
      should(scene.note).match({ cursor: 8, ahead: [] });
    });

    it('is nothing new when it is known, by a list or by a push', () => {
      scene.cursor.lookBegins();
      should(scene.page(4, 5, 6)).eql(['t6']);
      scene.restart();
      should(scene.pushed(7)).eql(['t7']);
      should(scene.pushed(6, 7)).eql([]);
      scene.restart();
      should(scene.pushed(6, 7)).eql([]);
      should(scene.cursor.needsAll).be.false();
    });

    it('waits for the whole list where it doesn’t fit what is known', () => {
      should(scene.pushed(sms(4, 'x', 90))).eql([]);
      should([scene.cursor.needsAll, scene.cursor.from]).eql([true, 0]);
      scene.restart();
      should(scene.cursor.needsAll).be.true();
    });

    it('waits for it as well where it says another thing under an id that was pushed before', () => {
      should(scene.pushed(7)).eql(['t7']);
      should(scene.pushed(sms(7, 'x', 90))).eql([]);
      should(scene.cursor.needsAll).be.true();
    });

    it('waits where it may be an old one that nobody remembers', () => {
      scene = new CursorScene(InboxCursor.beginning(false));
      scene.all([...range(1, 600)]);
      const ids = new Set(scene.note.known.prints.map(([id]) => id));
      const forgotten = range(17, 400).find((id) => !ids.has(id)) ?? 0;
      should(scene.pushed(forgotten)).eql([]);
      should(scene.cursor.needsAll).be.true();
      should(scene.all([...range(1, 600)])).eql([]);
      should(scene.cursor.needsAll).be.false();
    });

    it('waits beyond a thousand runs of ids: whoever pushes must not fill the memory', () => {
      for (let id = 10; id < 2010; id += 2) should(scene.pushed(id)).have.length(1);
      should(scene.note.ahead).have.length(1000);
      should(scene.pushed(5000)).eql([]);
      should(scene.cursor.needsAll).be.true();
    });

    it('comes once when the list shows it, though the two name times that are seconds apart', () => {
      should(scene.pushed(sms(4, 'x', 90))).eql([]);
      should(scene.all([1, 2, sms(4, 'x', 100), 5])).eql(['x']);
      should(scene.cursor.needsAll).be.false();
    });

    it('comes once though the list doesn’t show it, however often it is pushed', () => {
      should(scene.pushed(sms(4, 'x', 90))).eql([]);
      should(scene.all([1, 2, 4, 5])).eql(['x']);
      should(scene.pushed(sms(4, 'x', 90))).eql([]);
      should(scene.cursor.needsAll).be.false();
      should(scene.all([1, 2, 4, 5])).eql([]);
      scene.restart();
      should(scene.pushed(sms(4, 'x', 90))).eql([]);
      should(scene.cursor.needsAll).be.false();
    });

    it('comes marked where the list no longer shows it and nobody knows whether it is an old one', () => {
      scene = new CursorScene(InboxCursor.beginning(false));
      scene.all([...range(1, 600)]);
      const ids = new Set(scene.note.known.prints.map(([id]) => id));
      const [forgotten = 0] = range(17, 400).filter((id) => !ids.has(id));
      should(scene.pushed(forgotten)).eql([]);
      should(scene.all([...range(1, 600).filter((id) => id !== forgotten)])).eql([`t${forgotten}?`]);
      should(scene.pushed(forgotten)).eql([]);
      should(scene.cursor.needsAll).be.false();
    });

    it('is no news when a gateway has changed its zone, and the push is late', () => {
      const hour = 3600;
      scene.restart();
      should(scene.pushed(sms(4, 't4', 4 + hour))).eql([]);
      should(scene.all([sms(1, 't1', 1 + hour), sms(2, 't2', 2 + hour), sms(5, 't5', 5 + hour)])).eql([]);
    });

    it('is new where it came before the first look, and the list shows another SMS under its id by then', () => {
      scene = new CursorScene(InboxCursor.beginning(false));
      should(scene.pushed(9)).eql(['t9']);
      should(scene.pushed(sms(9, 'x', 90))).eql([]);
      should(scene.all([1, 2])).eql(['x']);
      scene.cursor.lookBegins();
      should(scene.page(1, 2, 9)).not.containEql('t9');
    });
  });

  it('is recognised by old records when the newest thousands are deleted, and the oldest have gone by themselves', () => {
    scene = new CursorScene(InboxCursor.beginning(false));
    scene.all([1]);
    for (let from = 1; from < 3000; from += 100) {
      scene.cursor.lookBegins();
      scene.page(...range(from, from + 100));
    }
    should(scene.note).match({ cursor: 3001 });
    should(scene.all([...range(900, 1500)])).eql([]);
    should(scene.cursor.needsAll).be.false();
  });
});
