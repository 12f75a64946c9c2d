// PICTURES: a folder for a picture of the dialog of each version.
import path from 'node:path';
import should from 'should';
import { type OpenEditor, openEditor } from '../../support/browser';
import { type FlowNode, versions } from '../../support/node-red';

const { PICTURES } = process.env;
const STORE = '[data-condition=store-not-durable]';
const watch = (id: string, own: object): FlowNode => ({
  ...{ id, type: 'dinstar-watch', z: 'tab', x: 200, y: 80, gateways: [], conditions: [], metrics: '', wires: [[], []] },
  ...own,
});

for (const version of versions) {
  describe(`the dialog of watch, in the editor of Node-RED ${version}`, function () {
    this.timeout(300_000);
    let open: OpenEditor;
    before(async () => {
      const flows: FlowNode[] = [
        { id: 'tab', type: 'tab', label: 'watch' },
        { id: 'gateway', type: 'dinstar-gateway', name: 'farm', url: 'simulator:' },
        watch('former', {}),
        watch('wrong', { canary: '0.1', canaryNumbers: '0 +491701234567\nport 3', y: 160 }),
      ];
      open = await openEditor({ version, flows });
    });
    beforeEach(() => open.editor.load('former'));
    after(() => open?.close());

    it('has headings over its rows, each over its fields, and no threshold where there is only yes or no', async () => {
      await open.editor.edit('former');
      if (PICTURES) await open.editor.form.screenshot({ path: path.join(PICTURES, `watch-${version}.png`) });
      const headings = open.editor.form.locator('.dinstar-columns .dinstar-column');
      const fields = open.editor.form.locator('[data-condition=in-doubt] input[type=text]');
      for (const place of [0, 1]) {
        const [heading, field] = await Promise.all(
          [headings.nth(place), fields.nth(place)].map((one) => one.boundingBox()),
        );
        should(Math.abs((heading?.x ?? 0) - (field?.x ?? 99))).be.belowOrEqual(8);
      }
      should(await open.editor.form.locator(`${STORE} [data-field=threshold]`).isVisible()).be.false();
      should(await open.editor.form.locator(`${STORE} [data-field=hold]`).isVisible()).be.true();
      should(await open.editor.cutOff()).eql([]);
      await open.editor.cancel();
    });

    it('says what test SMS cost before they are deployed, and asks for numbers only then', async () => {
      await open.editor.edit('former');
      should(await open.editor.field('canary').inputValue()).equal('0');
      await open.editor.shows('.dinstar-canary-cost', /0 = none/);
      should(await open.editor.field('canaryNumbers').isVisible()).be.false();
      await open.editor.fill('canary', '6');
      await open.editor.shows('.dinstar-canary-cost', /about 120 SMS a month for each gateway/);
      should(await open.editor.field('canaryNumbers').isVisible()).be.true();
      await open.editor.fill('canaryNumbers', '0 +491701234567');
      if (PICTURES) await open.editor.form.screenshot({ path: path.join(PICTURES, `watch-canary-${version}.png`) });
      should(await open.editor.cutOff()).eql([]);
      await open.editor.done();
      await open.editor.edit('former');
      should(await open.editor.field('canary').inputValue()).equal('6');
      should(await open.editor.field('canaryNumbers').inputValue()).equal('0 +491701234567');
      await open.editor.cancel();
      should(open.editor.complaints).eql([]);
    });

    it('marks hours and numbers that are none', async () => {
      await open.editor.edit('wrong');
      await open.editor.form.locator('#node-input-canary.input-error').waitFor();
      await open.editor.fill('canary', '24');
      await open.editor.form.locator('#node-input-canary:not(.input-error)').waitFor();
      await open.editor.form.locator('#node-input-canaryNumbers.input-error').waitFor();
      await open.editor.cancel();
    });

    it('makes metrics that have a token from the start, shown in the address', async () => {
      await open.editor.edit('former');
      await open.editor.form.locator('xpath=//*[contains(@id, "node-input-btn-metrics-add")]').click();
      await open.editor.opened(true);
      await open.editor.shows('.dinstar-metrics-url', /\/dinstar\/[\w-]{24}\/metrics$/);
    });
  });
}
