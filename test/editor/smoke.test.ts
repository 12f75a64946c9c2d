import should from 'should';
import { textOf } from '../support/architecture/sources';
import { LAST, nodeTypes, type OpenEditor, oneOfEach, openEditor, RAW_KEY, SidebarPage } from '../support/browser';
import { versions } from '../support/node-red';
import { manifest } from '../support/repository';

/** By what somebody looks for a node that sends SMS. */
const WORDS = ['gsm', 'gateway', 'sim', 'phone', 'sms', 'dinstar'];

for (const version of versions) {
  describe(`in the editor of Node-RED ${version}`, function () {
    // The first run on a machine may have to install Chromium.
    this.timeout(300_000);
    let open: OpenEditor;

    before(async () => {
      open = await openEditor({ version, flows: oneOfEach() });
      await open.editor.load(LAST);
    });

    after(() => open?.close());

    it('the palette has every node, in its group and with its icon, and no config node', async () => {
      for (const { name, type, isConfig } of nodeTypes) {
        should(await open.canvas.entry(type).count()).equal(isConfig ? 0 : 1, type);
        if (isConfig) continue;
        should(await open.canvas.categoryOf(type)).equal('GSM gateway');
        should(await open.canvas.iconOf(type)).eql({
          url: `icons/${manifest().name}/${name}.svg`,
          file: textOf(`icons/${name}.svg`),
        });
      }
    });

    for (const word of WORDS) {
      it(`the palette finds what sends SMS by the word “${word}”`, async () => {
        should(await open.canvas.found(word)).containEql('dinstar-send-sms');
      });
    }

    it('so does the quick-add, by each of these words', async () => {
      should(await open.canvas.quickAddFinds('dinstar-send-sms', WORDS)).eql(WORDS.map(() => true));
    });

    it('every dialog opens with every text in place and nothing cut off', async () => {
      for (const { name } of nodeTypes) {
        await open.editor.edit(name);
        await open.editor.unfold();
        should(await open.editor.texts()).not.matchAny(RAW_KEY);
        should(await open.editor.cutOff()).eql([], name);
        await open.editor.cancel();
      }
    });

    it('send sms shows whom, what and how far first, and the rest folded', async () => {
      await open.editor.edit('send-sms');
      const labels = await open.page.locator('#dialog-form .form-row:visible > label').allInnerTexts();
      await open.editor.cancel();
      const [name, gateway, ...rows] = labels.map((label) => label.trim()).filter((label) => label !== '');
      should([name, gateway]).eql(['Name', 'Gateway']);
      should(rows.filter((label) => label !== 'Chosen by')).eql(['To', 'Text', 'Reached when']);
    });

    it('a node is dragged onto the canvas, an example is imported, and both are deployed', async () => {
      const id = await open.canvas.drag('dinstar-send-sms', 600, 400);
      await open.canvas.doubleClick(id);
      await open.editor.opened();
      await open.editor.field('gateway').selectOption('gateway');
      await open.editor.done();
      should(await open.editor.problems(id)).eql([]);
      await open.canvas.importExample(manifest().name, 'send-sms');
      should(await open.canvas.unknown()).equal(0);
      await open.editor.deploy();
      const deployed = (await (await open.nodeRed.admin('/flows')).json()) as { id: string }[];
      const example = JSON.parse(textOf('examples/send-sms.json')) as { id: string }[];
      should(deployed.map((node) => node.id)).containDeep([id, ...example.map((node) => node.id)]);
    });

    it('the sidebar shows the ports of each gateway', async () => {
      const sidebar = new SidebarPage(await open.page.context().newPage(), `${open.nodeRed.url}/`);
      await sidebar.open(LAST);
      await sidebar.port('simulator:', 7).waitFor();
      await sidebar.port('another gateway', 7).waitFor();
      should(sidebar.complaints).eql([]);
    });

    it('and the browser complains about nothing', () => {
      should(open.editor.complaints).eql([]);
    });
  });
}
