import should from 'should';
import { type OpenEditor, openEditor } from '../../support/browser';
import { plainExamples } from '../../support/examples';
import { versions } from '../../support/node-red';
import { manifest } from '../../support/repository';

// The editor says when its flow has come by the first node in it.
const FIRST = { id: 'first', type: 'comment', z: 'tab', name: '', x: 200, y: 60, wires: [] };

for (const version of versions) {
  describe(`the import dialog of Node-RED ${version}`, function () {
    this.timeout(300_000);
    let open: OpenEditor;

    before(async () => {
      open = await openEditor({ version, flows: [{ id: 'tab', type: 'tab', label: 'first' }, FIRST] });
      await open.editor.load(FIRST.id);
    });

    after(() => open?.close());

    for (const { name, nodes } of plainExamples) {
      it(`brings the example ${name}, whole and valid, and it is deployed`, async () => {
        await open.canvas.importExample(manifest().name, name);
        should(await open.canvas.unknown()).equal(0);
        const drawn = (await open.canvas.nodes()).map(({ id }) => id);
        should(drawn).containDeep(nodes.filter(({ x }) => x !== undefined).map(({ id }) => id));
        should(await open.canvas.overlaps()).eql([]);
        for (const { id } of nodes) should(await open.editor.problems(id)).eql([], `${name}: ${id}`);
        should(await open.canvas.notifications()).not.matchAny(/error|unknown|invalid|missing|conflict/i);
        await open.editor.deploy();
        should(open.editor.complaints).eql([]);
      });
    }
  });
}
