import should from 'should';
import { languages, MAIN_LANGUAGE, nodes } from '../../locales/catalogues';
import { LAST, type OpenEditor, oneOfEach, openEditor, RAW_KEY } from '../../support/browser';
import { versions } from '../../support/node-red';

for (const version of versions) {
  describe(`the dialogs of Node-RED ${version} speak`, function () {
    this.timeout(300_000);
    let open: OpenEditor;
    const english = new Map<string, string[]>();

    before(async () => {
      open = await openEditor({ version, flows: oneOfEach() });
    });

    after(() => open?.close());

    // English comes first: the others are compared with it.
    for (const language of [MAIN_LANGUAGE, ...languages.filter((one) => one !== MAIN_LANGUAGE)]) {
      it(`${language}, with no key to be seen and no label cut off`, async () => {
        const { editor, page } = await open.view({ language });
        await editor.load(LAST);
        for (const node of nodes) {
          await editor.edit(node);
          await editor.unfold();
          const texts = await editor.texts();
          should(texts).not.matchAny(RAW_KEY);
          should(await editor.cutOff()).eql([], node);
          if (language === MAIN_LANGUAGE) english.set(node, texts);
          else should(texts).not.eql(english.get(node));
          await editor.cancel();
        }
        should(editor.complaints).eql([]);
        await page.context().close();
      });
    }
  });
}
