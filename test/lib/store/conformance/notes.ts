import should from 'should';
import type { Store } from '../../../../lib/store';

export function describeNotes(store: () => Store): void {
  describe('notes', () => {
    it('are kept by key until they are replaced', async () => {
      await store().putNotes(
        new Map([
          ['cursor/n1', '17'],
          ['cursor/n2', ''],
        ]),
      );
      await store().putNotes(
        new Map([
          ['cursor/n1', '18'],
          ["it's", '{"epoch":3,"text":"漢😀"}'],
        ]),
      );
      should(await store().notes(['cursor/n1', 'cursor/n2', 'x', "it's"])).deepEqual(
        new Map([
          ['cursor/n1', '18'],
          ['cursor/n2', ''],
          ["it's", '{"epoch":3,"text":"漢😀"}'],
        ]),
      );
      should((await store().notes([])).size).equal(0);
    });

    it('are listed by their keys, and forgotten by them, other notes not', async () => {
      should(await store().noteKeys()).eql([]);
      const odd = "it's %_\u0000\ud800";
      await store().putNotes(new Map([odd, 'it', 'a/1', 'a/2'].map((key) => [key, key])));
      should((await store().noteKeys()).sort()).eql(['a/1', 'a/2', 'it', odd].sort());
      await store().forgetNotes(['a/1', 'a', odd]);
      should((await store().noteKeys()).sort()).eql(['a/2', 'it']);
      should(await store().notes([odd, 'a/1', 'it'])).deepEqual(new Map([['it', 'it']]));
      await store().forgetNotes([]);
      should((await store().noteKeys()).length).equal(2);
    });
  });
}
