import should from 'should';
import { type OpenEditor, openEditor } from '../../support/browser';
import { type FlowNode, versions } from '../../support/node-red';

const ROW = '.dinstar-hours-row';
const send = (id: string, more: object): FlowNode => ({
  ...{ id, type: 'dinstar-send-sms', z: 'tab', gateway: 'gateway', x: 200, y: 80, wires: [[], [], []] },
  ...more,
});

for (const version of versions) {
  describe(`the hours in the dialog of send sms, in the editor of Node-RED ${version}`, function () {
    // The first run on a machine may have to install Chromium.
    this.timeout(300_000);
    let open: OpenEditor;

    before(async () => {
      const flows: FlowNode[] = [
        { id: 'tab', type: 'tab', label: 'hours' },
        { id: 'gateway', type: 'dinstar-gateway', name: '', url: 'simulator:' },
        send('new', { literal: false, x: 400 }),
        send('timed', { window: [{ days: [1, 7], from: '08:00', to: '25:00', zone: 'Europe/Vienna' }] }),
      ];
      open = await openEditor({ version, flows });
    });
    beforeEach(() => open.editor.load('new'));
    after(() => open?.close());

    it('are added, filled in and saved', async () => {
      await open.editor.edit('new');
      await open.editor.unfold();
      await open.editor.form.locator('.dinstar-add').click();
      const row = open.editor.form.locator(ROW);
      should(await row.locator('.dinstar-day[aria-pressed=true]').count()).equal(5);
      await row.locator('.dinstar-day').nth(5).click();
      await row.locator('.dinstar-from').fill('07:30');
      await row.locator('.dinstar-zone').fill('recipient');
      should(await open.editor.form.locator(`${ROW} .input-error`).count()).equal(0);
      await open.editor.done();
      await open.editor.edit('new');
      await open.editor.unfold();
      should(await row.count()).equal(1);
      should(await row.locator('.dinstar-day[aria-pressed=true]').count()).equal(6);
      should(await row.locator('.dinstar-from').inputValue()).equal('07:30');
      should(await row.locator('.dinstar-zone').inputValue()).equal('recipient');
      await open.editor.cancel();
    });

    it("name the days in the editor's language, not in the browser's", async () => {
      const { editor, page } = await open.view({ language: 'de' });
      await editor.load('timed');
      await editor.edit('timed');
      await editor.unfold();
      should(await editor.form.locator('.dinstar-day').allInnerTexts()).eql(['Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa', 'So']);
      await page.context().close();
    });

    it('mark what is wrong in a row', async () => {
      await open.editor.edit('timed');
      await open.editor.unfold();
      const row = open.editor.form.locator(ROW);
      should(await row.locator('.input-error').count()).equal(1);
      should(await row.locator('.dinstar-to').getAttribute('aria-invalid')).equal('true');
      await row.locator('.dinstar-to').fill('06:00');
      await row.locator('.dinstar-to').press('Tab');
      await open.editor.form.locator(`${ROW} .dinstar-to:not(.input-error)`).waitFor();
      await row.locator('.dinstar-day[aria-pressed=true]').first().click();
      await row.locator('.dinstar-day[aria-pressed=true]').first().click();
      await open.editor.form.locator(`${ROW} .dinstar-week.input-error`).waitFor();
      await open.editor.cancel();
    });
  });
}
