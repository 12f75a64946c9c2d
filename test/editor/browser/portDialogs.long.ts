import type { Browser } from 'playwright-core';
import should from 'should';
import { EditorPage, launchChromium } from '../../support/browser';
import { type FlowNode, type RunningNodeRed, startNodeRed, versions } from '../../support/node-red';

const VIEW = { viewport: { width: 1280, height: 900 }, locale: 'en-US' };
const FLOWS: FlowNode[] = [
  { id: 'tab', type: 'tab', label: 'ports' },
  { id: 'gateway', type: 'dinstar-gateway', name: '', url: 'simulator:' },
  { id: 'info', type: 'dinstar-port-info', z: 'tab', gateway: 'gateway', x: 200, y: 80, wires: [[]] },
  {
    ...{ id: 'own', type: 'dinstar-port-info', z: 'tab', gateway: 'gateway', x: 200, y: 160, wires: [[]] },
    ...{ info: ['reg', 'shoe_size'], mode: 'watch', inputs: 0 },
  },
  {
    ...{ id: 'by-hand', type: 'dinstar-set-port', z: 'tab', gateway: 'gateway', x: 200, y: 320, wires: [[]] },
    ...{ port: '2', portType: 'str', action: 'reset' },
  },
  { id: 'set', type: 'dinstar-set-port', z: 'tab', gateway: 'gateway', x: 200, y: 240, wires: [[]] },
];

for (const version of versions) {
  describe(`the dialogs about ports in the editor of Node-RED ${version}`, function () {
    // The first run on a machine may have to install Chromium.
    this.timeout(300_000);
    let nodeRed: RunningNodeRed;
    let browser: Browser;
    let editor: EditorPage;

    before(async () => {
      browser = await launchChromium();
      nodeRed = await startNodeRed({ version, install: 'link', flows: FLOWS });
      editor = new EditorPage(await browser.newPage(VIEW), nodeRed.url);
    });
    beforeEach(() => editor.load('set'));
    after(async () => {
      await browser?.close();
      await nodeRed?.stop();
    });

    const saved = async (id: string): Promise<FlowNode | undefined> =>
      ((await (await nodeRed.admin('/flows')).json()) as FlowNode[]).find((node) => node.id === id);
    const word = (name: string) => editor.form.locator('.dinstar-words button', { hasText: new RegExp(`^${name}$`) });
    const isPressed = async (name: string) => (await word(name).getAttribute('aria-pressed')) === 'true';

    it('open with every text in place, nothing cut off, and no complaint on the console', async () => {
      for (const id of ['info', 'own', 'set']) {
        await editor.edit(id);
        should(await editor.texts()).not.matchAny(/^(common|label|section|option|tip|unit|placeholder)\.|__/);
        should(await editor.cutOff()).eql([]);
        await editor.cancel();
        should(await editor.problems(id)).eql([]);
      }
      should(editor.complaints).eql([]);
    });

    it('keep a port that a flow file has as a text', async () => {
      await editor.edit('by-hand');
      should(await editor.typedValue('port')).eql(['num', '2']);
      await editor.done();
      should(await editor.problems('by-hand')).eql([]);
      should(await editor.label('by-hand')).containEql('2');
    });

    it('show of port info what its mode needs, and keep the picked information', async () => {
      await editor.edit('info');
      // What Node-RED reads is not for the eye: the buttons are.
      should(await editor.field('infoTypes').isVisible()).be.false();
      should(await Promise.all(['type', 'gprs', 'smsc'].map(isPressed))).eql([true, true, false]);
      await editor.field('interval').waitFor({ state: 'hidden' });
      await editor.field('mode').selectOption('watch');
      await editor.field('interval').waitFor();
      for (const hidden of ['output', 'gatewayFrom']) await editor.field(hidden).waitFor({ state: 'hidden' });
      await word('gprs').click();
      await word('smsc').focus();
      await word('smsc').press('Enter');
      await editor.setTyped('ports', 'str', '0-2');
      await editor.pickPort(5);
      await editor.done();
      await editor.deploy();
      should(await saved('info')).containEql({ mode: 'watch', ports: '0-2,5', portsType: 'str', inputs: 0 });
      const info = ['type', 'imei', 'imsi', 'iccid', 'number', 'reg', 'slot', 'callstate', 'signal', 'smsc'];
      should((await saved('info'))?.infoTypes).eql(info);
      should(await saved('own'))
        .containEql({ infoTypes: ['reg', 'shoe_size'] })
        .and.not.have.property('info');
      await editor.load('set');
      await editor.edit('own');
      should(await Promise.all(['reg', 'shoe_size', 'type'].map(isPressed))).eql([true, true, false]);
      await editor.cancel();
    });

    it('say of port info what can’t be', async () => {
      await editor.edit('own');
      await editor.setTyped('ports', 'msg', 'payload');
      for (const name of ['reg', 'shoe_size']) await word(name).click();
      await editor.fill('interval', '0');
      await editor.done();
      should(await editor.problems('own')).eql([
        "Ports: can't come from a message when watching",
        'Information: must not be empty',
        'Look every: must be a number of seconds from 0.1 to 1000000000',
      ]);
    });

    it('show of set port the param that its action has, and warn of what cuts a line off', async () => {
      await editor.edit('set');
      await editor.setTyped('action', 'str', 'lock');
      await editor.typed('param').waitFor({ state: 'hidden' });
      await editor.setTyped('action', 'str', 'slot');
      await editor.shows('.dinstar-param', /slot 0/);
      await editor.setTyped('param', 'str', '2');
      await editor.setTyped('action', 'str', 'power');
      await editor.shows('.dinstar-param', /on/);
      await editor.setTyped('param', 'str', 'off');
      should(await editor.isMarked('action')).be.true();
      await editor.form.locator('.dinstar-allowed').waitFor({ state: 'hidden' });
      await editor.field('allow').check();
      await editor.form.locator('.dinstar-allowed').waitFor();
      should(await editor.isMarked('action')).be.false();
      await editor.setTyped('port', 'num', '3');
      await editor.fill('settle', '30');
      await editor.done();
      should(await editor.problems('set')).eql([]);
      await editor.deploy();
      should(await saved('set')).containEql({
        ...{ action: 'power', actionType: 'str', param: 'off', paramType: 'str', allow: true },
        ...{ port: '3', portType: 'num', settle: '30' },
      });
    });
  });
}
