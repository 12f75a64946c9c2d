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
  });
}
