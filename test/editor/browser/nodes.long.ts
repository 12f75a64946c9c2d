import should from 'should';
import { LAST, nodeTypes, type OpenEditor, oneOfEach, openEditor } from '../../support/browser';
import { versions } from '../../support/node-red';

const SAVED_SECRET = '__PWRD__';

for (const version of versions) {
  describe(`every node in the editor of Node-RED ${version}`, function () {
    this.timeout(300_000);
    let open: OpenEditor;

    before(async () => {
      open = await openEditor({ version, flows: oneOfEach() });
    });

    // Each test begins with what is deployed.
    beforeEach(() => open.editor.load(LAST));

    after(() => open?.close());

    it('is dragged onto the canvas and opened there, and has the label and the ports of its kind', async () => {
      for (const { type } of nodeTypes.filter(({ isConfig }) => !isConfig)) {
        const id = await open.canvas.drag(type, 560, 300);
        await open.canvas.doubleClick(id);
        await open.editor.opened();
        await open.editor.cancel();
        should(await open.canvas.labelOf(id))
          .match(/\S/)
          .and.not.match(/dinstar-|^\w+\.\w/);
        await open.page.keyboard.press('Delete');
      }
      should(open.editor.complaints).eql([]);
    });

    for (const { name } of nodeTypes) {
      it(`keeps everything that is set in its dialog: ${name}`, async () => {
        await open.editor.edit(name);
        await open.editor.unfold();
        const { changed, left } = await open.editor.fillAll(name);
        should(changed).containEql('name');
        should(left).eql([]);
        const set = await open.editor.held();
        await open.editor.done();
        should(await open.editor.problems(name)).eql([]);
        await open.editor.deploy();
        await open.editor.load(LAST);
        await open.editor.edit(name);
        should(without(await open.editor.held(), set)).eql(set);
        await open.editor.cancel();
        should(await open.editor.problems(name)).eql([]);
        should(open.editor.complaints).eql([]);
      });
    }
  });
}

/** A password that was saved never comes back: a place-holder stands for what was set. */
function without(shown: Record<string, string | boolean>, set: Record<string, string | boolean>): typeof shown {
  const entries = Object.entries(shown).map(([key, value]) => [key, value === SAVED_SECRET ? set[key] : value]);
  return Object.fromEntries(entries) as typeof shown;
}
