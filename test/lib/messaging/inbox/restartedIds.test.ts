import should from 'should';
import { InboxCursor } from '../../../../lib/messaging/inbox/InboxCursor';
import { CursorScene, range, sms } from '../../../support/core/CursorScene';

describe('what one node has had', () => {
  let scene: CursorScene;

  describe('when ids have started again', () => {
    beforeEach(() => {
      scene = new CursorScene(InboxCursor.beginning(false));
      scene.all([1, 2, 3, 4, 5]);
    });

    it('begins anew: all is new, and what comes then', () => {
      should(scene.all([sms(1, 'a', 90), sms(2, 'b', 91)])).eql(['a', 'b']);
      should(scene.note).match({ cursor: 2, ahead: [] });
      scene.cursor.lookBegins();
      should(scene.page(sms(2, 'b', 91), sms(3, 'c', 92))).eql(['c']);
      should(scene.pushed(sms(4, 'd', 93))).eql(['d']);
    });

    it('only above an id: what lies below is still had', () => {
      should(scene.all([1, 2, 3, sms(4, 'a', 90)])).eql(['a']);
      should(scene.note).match({ cursor: 4 });
    });

    it('still has what was pushed while the list was read', () => {
      const meanwhile = () => void should(scene.pushed(sms(9, 'new', 95))).eql(['new']);
      should(scene.all([sms(1, 'a', 90)], meanwhile)).eql(['a']);
      should(scene.note.ahead).eql([[9, 9]]);
      scene.cursor.lookBegins();
      should(scene.page(sms(1, 'a', 90), sms(9, 'new', 95), sms(10, 'b', 96))).eql(['b']);
    });

    it('has no more what was pushed before: that id is free for another SMS', () => {
      should(scene.pushed(9)).eql(['t9']);
      should(scene.all([sms(1, 'a', 90)])).eql(['a']);
      should(scene.note.ahead).eql([]);
      should(scene.pushed(sms(9, 'x', 99))).eql(['x']);
      should(scene.pushed(9)).eql([]);
      should(scene.cursor.needsAll).be.false();
    });
  });

  describe('of an id far above all others', () => {
    beforeEach(() => {
      scene = new CursorScene(InboxCursor.beginning(false));
      scene.all([1, 2, 3, 4, 5]);
    });

    it('is emitted at once, and believed when it is seen again', () => {
      for (const expected of [['t5000'], []]) {
        scene.cursor.lookBegins();
        should(scene.page(5, 5000)).eql(expected);
      }
      should(scene.note).match({ cursor: 5000, ahead: [] });
    });

    it('doesn’t move the cursor when the next look shows another SMS there, which is new', () => {
      scene.cursor.lookBegins();
      scene.page(5, 5000);
      should(scene.note).match({ cursor: 5, ahead: [[5000, 5000]] });
      scene.cursor.lookBegins();
      should(scene.page(5, sms(5000, 'x', 90))).be.undefined();
      should(scene.all([1, 2, 3, 4, 5, sms(5000, 'x', 90)])).eql(['x']);
      should(scene.pushed(6)).eql(['t6']);
    });

    it('is believed at once where the ids between them are shown', () => {
      scene.cursor.lookBegins();
      should(scene.page(5, ...range(6, 300))).have.length(295);
      should(scene.note).match({ cursor: 300 });
    });
  });
});
