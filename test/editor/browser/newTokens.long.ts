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

  describe(`the metrics in the editor of Node-RED ${version}`, function () {
    this.timeout(300_000);
    let open: OpenEditor;
    before(async () => {
      open = await openEditor({ version, flows: oneOfEach() });
    });
    beforeEach(() => open.editor.load(LAST));
    after(() => open?.close());

    it('that are made in the dialog of watch have a token of their own, and keep it', async () => {
      const { editor, page, nodeRed } = open;
      await editor.edit('watch');
      await page.locator('#node-input-btn-metrics-add').click();
      await editor.opened(true);
      // Other metrics have the usual path here.
      await editor.fill('path', '/own');
      await editor.shows('.dinstar-metrics-url', /\/own\/[\w-]{24}\/metrics$/);
      const shown = (await page.locator('.dinstar-metrics-url').innerText()).replace('<host>', '127.0.0.1');
      await page.locator('#node-config-dialog-ok').click();
      await page.locator('#node-dialog-ok').click();
      await editor.form.waitFor({ state: 'detached' });
      await editor.deploy();
      should((await fetch(shown)).status).equal(200);
      should((await fetch(shown.replace(/[\w-]{24}/, 'x'.repeat(24)))).status).equal(404);
      const made = ((await (await nodeRed.admin('/flows')).json()) as { id: string; type: string }[]).filter(
        ({ type, id }) => type === 'dinstar-metrics' && id !== 'metrics',
      );
      should(made).have.length(1);
    });

    it('that were saved without a token have none', async () => {
      await open.editor.edit('metrics');
      await open.editor.shows('.dinstar-metrics-url', /\/dinstar\/metrics$/);
      await open.editor.cancel();
    });
  });
}
