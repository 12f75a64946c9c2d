import type { Browser } from 'playwright-core';
import should from 'should';
import { type Simulator, startSimulator } from '../../simulator';
import { EditorPage, launchChromium } from '../support/browser';
import { type FlowNode, type RunningNodeRed, startNodeRed, versions } from '../support/node-red';

const PASSWORD = 'correct-horse';
const VIEW = { viewport: { width: 1280, height: 900 }, locale: 'en-US' };

for (const version of versions) {
  describe(`the gateway's dialog in the editor of Node-RED ${version}`, function () {
    // The first run on a machine may have to install Chromium.
    this.timeout(300_000);
    let nodeRed: RunningNodeRed;
    let browser: Browser;
    let editor: EditorPage;
    let simulator: Simulator;

    before(async () => {
      browser = await launchChromium();
      simulator = await startSimulator({ speed: 'fast', login: 'digest', password: PASSWORD });
      const flows: FlowNode[] = [
        { id: 'tab', type: 'tab', label: 'gateway' },
        { id: 'gateway', type: 'dinstar-gateway', name: '', url: simulator.url },
        { id: 'send', type: 'dinstar-send-sms', z: 'tab', gateway: 'gateway', x: 200, y: 80, wires: [[], [], []] },
      ];
      const credentials = { gateway: { username: 'admin', password: PASSWORD } };
      nodeRed = await startNodeRed({ version, install: 'link', flows, credentials });
      editor = new EditorPage(await browser.newPage(VIEW), nodeRed.url);
    });
    beforeEach(() => editor.load('send'));
    after(async () => {
      await browser?.close();
      await nodeRed?.stop();
      await simulator?.close();
    });

    const test = editorButton('.dinstar-test');
    const result = '.dinstar-test-result';
    function editorButton(selector: string) {
      return () => editor.form.locator(selector);
    }

    it('tries what is typed, the saved password included, and says what the gateway tells', async () => {
      await editor.edit('gateway');
      await test().focus();
      await test().press('Enter');
      await editor.shows(result, /Logged in by Digest/);
      await editor.shows(result, /Serial number: da00-0030-1901-2817/);
      await editor.shows(result, /Ports: 8, of these registered: 8/);
      await editor.shows(result, /clock and this machine's agree/);
      await editor.cancel();
      should(editor.complaints).eql([]);
    });

    it('says why a connection fails, once with a refused login, and never shows the password', async () => {
      const before = simulator.logins.refused;
      await editor.edit('gateway');
      await editor.fill('password', 'wrong-horse');
      await test().click();
      await editor.shows(result, /refuses the login/);
      await test().click();
      await editor.shows(result, /wasn't tried again/);
      should(simulator.logins.refused - before).equal(1);
      await editor.fill('url', 'http://127.0.0.1:9');
      await editor.form.locator(result).waitFor({ state: 'hidden' });
      await test().click();
      await editor.shows(result, /can't be reached.*nothing listens there/);
      should((await editor.texts()).join(' ')).not.containEql('wrong-horse');
      await editor.cancel();
    });
  });
}
