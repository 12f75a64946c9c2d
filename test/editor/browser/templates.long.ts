import should from 'should';
import { type OpenEditor, openEditor } from '../../support/browser';
import { type FlowNode, versions } from '../../support/node-red';

const COUNTER = '.dinstar-counter';
const WRONG = '.dinstar-counter > .dinstar-wrong';
const ROWS = '[{"number":"71","name":"Anna","town":"Graz"},{"number":"72","name":"Ben"}]';
const send = (id: string, more: object): FlowNode => ({
  ...{ id, type: 'dinstar-send-sms', z: 'tab', gateway: 'gateway', x: 200, y: 80, wires: [[], [], []] },
  ...more,
});

for (const version of versions) {
  describe(`a template in the dialog of send sms, in the editor of Node-RED ${version}`, function () {
    // The first run on a machine may have to install Chromium.
    this.timeout(300_000);
    let open: OpenEditor;

    before(async () => {
      const flows: FlowNode[] = [
        { id: 'tab', type: 'tab', label: 'templates' },
        { id: 'gateway', type: 'dinstar-gateway', name: '', url: 'simulator:' },
        send('new', { literal: false, x: 400 }),
        send('old', { text: 'Dear {{name', textType: 'str' }),
      ];
      open = await openEditor({ version, flows });
    });

    beforeEach(() => open.editor.load('old'));

    after(() => open?.close());

    it('is counted at least and at most while it is typed, with its places', async () => {
      await open.editor.edit('new');
      await open.editor.typeText('text', 'Dear {{name}} of {{ town }}');
      await open.editor.shows(COUNTER, /At least: GSM 7 bit · SMS: 1 · characters left: 149 · 11 of 1500 bytes/);
      await open.editor.shows(COUNTER, /At most: Unicode · SMS: 23 · .* · 1500 of 1500 bytes/);
      await open.editor.shows(COUNTER, /Filled for each recipient: \{\{name\}\}, \{\{town\}\}/);
      should(await open.editor.form.locator(WRONG).count()).equal(0);
      await open.editor.cancel();
    });

    it('is counted for the recipients in the dialog, and what one of them lacks is marked', async () => {
      await open.editor.edit('new');
      await open.editor.setTyped('to', 'json', ROWS);
      await open.editor.typeText('text', 'Dear {{name}}');
      await open.editor.shows(COUNTER, /At least: .* · 8 of 1500 bytes/);
      await open.editor.shows(COUNTER, /At most: .* · 9 of 1500 bytes/);
      await open.editor.typeText('text', 'In {{town}}');
      await open.editor.shows(WRONG, 'Not filled, so nothing would be sent: {{town}} (72)');
      await open.editor.setTyped('to', 'str', '71, 72');
      await open.editor.shows(WRONG, 'Not filled, so nothing would be sent: {{town}} (71, 72)');
      await open.editor.unfold();
      await open.editor.field('literal').check();
      await open.editor.shows(COUNTER, 'GSM 7 bit · SMS: 1 · characters left: 145 · 11 of 1500 bytes');
      await open.editor.cancel();
    });

    it('has typographic characters counted as they will be sent', async () => {
      await open.editor.edit('new');
      await open.editor.typeText('text', '“Hi” {{name}}');
      await open.editor.shows(COUNTER, /At least: Unicode · SMS: 1/);
      await open.editor.unfold();
      await open.editor.field('transliterate').check();
      await open.editor.shows(COUNTER, /At least: GSM 7 bit · SMS: 1/);
      await open.editor.cancel();
    });

    it('is none in a node that was saved before there were templates, until somebody says so', async () => {
      await open.editor.edit('old');
      should(await open.editor.problems('old')).eql([]);
      should(await open.editor.field('literal').isChecked()).be.true();
      await open.editor.shows(COUNTER, /^GSM 7 bit · SMS: 1/);
      await open.editor.unfold();
      await open.editor.field('literal').uncheck();
      await open.editor.shows(WRONG, 'Not filled, so nothing would be sent: {{name');
      await open.editor.done();
      should(await open.editor.problems('old')).matchAny(/"\{\{name" is no place that can be filled/);
    });

    it('and the browser complains about nothing', () => {
      should(open.editor.complaints).eql([]);
    });
  });
}
