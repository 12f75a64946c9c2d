import should from 'should';
import { LAST, type OpenEditor, oneOfEach, openEditor } from '../../support/browser';
import { versions } from '../../support/node-red';

interface Held {
  nodes: { node(id: string): { credentials?: { token?: string; has_token?: boolean } } | null };
}
declare const RED: Held;

for (const version of versions) {
  describe(`a push receiver in the editor of Node-RED ${version}`, function () {
    this.timeout(300_000);
    let open: OpenEditor;
    before(async () => {
      open = await openEditor({ version, flows: oneOfEach() });
    });
    beforeEach(() => open.editor.load(LAST));
    after(() => open?.close());

    const tokenOf = (id: string): Promise<string | undefined> =>
      open.page.evaluate((node) => RED.nodes.node(node)?.credentials?.token, id);
    const added = () => open.canvas.drag('dinstar-push-receiver', 560, 300);

    it('that comes from the palette has a token of its own, shown in the address to copy', async () => {
      const one = await added();
      const token = (await tokenOf(one)) ?? '';
      should(token).match(/^[\w-]{24}$/);
      await open.canvas.doubleClick(one);
      await open.editor.opened();
      await open.editor.shows('.dinstar-push-url', new RegExp(`/dinstar/push/${token}$`));
      await open.editor.cancel();
      should(await tokenOf(await added())).not.equal(token);
      should(open.editor.complaints).eql([]);
    });

    it('keeps that token when it is deployed without having been opened', async () => {
      const id = await added();
      await open.editor.deploy();
      await open.editor.load(id);
      await open.canvas.doubleClick(id);
      await open.editor.opened();
      await open.editor.shows('.dinstar-push-url', /\/dinstar\/push\/<token>$/);
      await open.editor.cancel();
    });

    it('that is imported or was saved without a token has none', async () => {
      await open.canvas.importExample('@gsm-gateway/node-red-dinstar', 'push-receiver');
      const imported = (await open.canvas.nodes()).filter(({ type }) => type === 'dinstar-push-receiver');
      for (const { id } of imported) should(await tokenOf(id)).be.undefined();
      should(imported.length).be.above(0);
    });
  });
}
