import should from 'should';
import {
  brightnessBehind,
  darkSettings,
  LAST,
  nodeTypes,
  type OpenEditor,
  oneOfEach,
  openEditor,
  seriousFindings,
} from '../../support/browser';
import { versions } from '../../support/node-red';

for (const version of versions) {
  for (const dark of [false, true]) {
    describe(`the dialogs of Node-RED ${version} in its ${dark ? 'dark' : 'light'} theme`, function () {
      this.timeout(300_000);
      let open: OpenEditor;

      before(async () => {
        open = await openEditor({ version, flows: oneOfEach(), settings: dark ? darkSettings(version) : {} });
      });

      after(() => open?.close());

      it('are dark where the theme is', async () => {
        const { editor, page } = await open.view({ dark });
        await editor.load(LAST);
        await editor.edit('send-sms');
        const brightness = await brightnessBehind(editor.form);
        if (dark) should(brightness).be.below(80);
        else should(brightness).be.above(200);
        await page.context().close();
      });

      it('can be read and used by everybody: axe finds nothing serious', async () => {
        const { editor, page } = await open.view({ dark });
        await editor.load(LAST);
        for (const { name } of nodeTypes) {
          await editor.edit(name);
          await editor.unfold();
          should(await seriousFindings(page, '.dinstar-form')).eql([], name);
          await editor.cancel();
        }
        should(editor.complaints).eql([]);
        await page.context().close();
      });
    });
  }
}
