import type { Browser, Page } from 'playwright-core';
import should from 'should';
import { type Simulator, startSimulator } from '../../../simulator';
import { EditorPage, launchChromium } from '../../support/browser';
import { type FlowNode, type RunningNodeRed, startNodeRed, versions } from '../../support/node-red';

const PASSWORD = 'correct-horse';
const VIEW = { viewport: { width: 1280, height: 900 }, locale: 'en-US' };

for (const version of versions) {
  describe(`the gateway's dialog in the editor of Node-RED ${version}`, function () {
    // The first run on a machine may have to install Chromium.
    this.timeout(300_000);
    let nodeRed: RunningNodeRed;
    let browser: Browser;
    let page: Page;
    let editor: EditorPage;
    let simulator: Simulator;

    before(async () => {
      browser = await launchChromium();
      simulator = await startSimulator({ speed: 'fast', login: 'digest', password: PASSWORD });
      const flows: FlowNode[] = [
        { id: 'tab', type: 'tab', label: 'gateway' },
        { id: 'gateway', type: 'dinstar-gateway', name: '', url: simulator.url },
        { id: 'send', type: 'dinstar-send-sms', z: 'tab', gateway: '', x: 200, y: 80, wires: [[], [], []] },
        { id: 'push', type: 'dinstar-push-receiver', z: 'tab', x: 200, y: 160, wires: [[]] },
      ];
      const credentials = { gateway: { username: 'admin', password: PASSWORD } };
      nodeRed = await startNodeRed({ version, install: 'link', flows, credentials });
      page = await browser.newPage(VIEW);
      editor = new EditorPage(page, nodeRed.url);
    });
    beforeEach(async () => {
      await editor.load('send');
      editor.complaints.length = 0;
    });
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

    it('takes a cleared number for the default, shows that in its place', async () => {
      await editor.edit('gateway');
      await editor.unfold();
      const timeout = page.locator('#node-config-input-timeout');
      await timeout.fill('');
      await timeout.press('Tab');
      should(await timeout.getAttribute('placeholder')).equal('15');
      should(await timeout.getAttribute('class')).not.match(/input-error/);
      await timeout.fill('soon');
      await timeout.press('Tab');
      await page.locator('#node-config-input-timeout.input-error').waitFor();
      await editor.cancel();
    });

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

    it('tests itself after saying what that costs, tells the outcome as a text too, and offers to combine all', async () => {
      const part = (name: string) => editor.form.locator(`.dinstar-selftest-${name}`);
      const before = simulator.submitted.length;
      await editor.edit('gateway');
      await part('open').click();
      await editor.shows('.dinstar-selftest-cost', /sends 5 SMS \(6 segments\) from port 0 to 99970100001 in port 1/);
      await part('to').selectOption('2');
      await editor.shows('.dinstar-selftest-cost', /to 99970100002 in port 2/);
      await part('from').selectOption('2');
      should(await part('start').isDisabled()).be.true();
      await part('from').selectOption('0');
      should(simulator.submitted.length).equal(before);
      await part('start').press('Enter');
      await part('abort').waitFor();
      await editor.shows('.dinstar-selftest-report', /Running for \d+ s/);
      for (const text of [/Two different texts.*arrive as two/, /Each arrives once \(5 of 5\)/, /records are right/]) {
        await editor.shows('.dinstar-selftest-report li.dinstar-fact-good', text);
      }
      should(simulator.submitted.length - before).equal(5);
      // Nothing pushes here: it waits for that until it is stopped.
      await part('abort').click();
      await editor.shows('.dinstar-selftest-report', /Stopped before its end/);
      await part('combine').click();
      should(await editor.field('combine').inputValue()).equal('all');
      await part('copy').waitFor();
      await editor.cancel();
      should(editor.complaints).eql([]);
    });

    it('tests nothing of a gateway whose dialog says other than what is deployed', async () => {
      await editor.edit('gateway');
      await editor.fill('url', 'http://127.0.0.1:9');
      await editor.form.locator('.dinstar-selftest-open').click();
      await editor.shows('.dinstar-selftest-report', /deploy it as it is here first/);
      should(await editor.form.locator('.dinstar-selftest-start').isVisible()).be.false();
      await editor.cancel();
    });

    it('is chosen by a node that has none, shows its ports to pick from, and is told on the canvas', async () => {
      should(await editor.label('send')).equal('send sms → msg.to');
      simulator.port(3).unregister();
      await editor.edit('send');
      should(await editor.field('gateway').inputValue()).equal('gateway');
      await editor.setTyped('to', 'str', '+43 664 1234567');
      await editor.openPorts();
      const port = (number: number) => page.locator('.dinstar-ports-live button').nth(number);
      await port(7).waitFor();
      should(await page.locator('.dinstar-ports-live button').count()).equal(8);
      should(await port(3).getAttribute('title')).equal(
        'Port 3 · 99970100003 · network 999 70 · signal 0 of 31 · UNREGISTER',
      );
      await port(2).click();
      await port(4).click();
      should(await port(2).getAttribute('aria-pressed')).equal('true');
      await page.keyboard.press('Escape');
      should(await editor.typedValue('ports')).eql(['str', '2,4']);
      await editor.done();
      should(await editor.label('send')).equal('send sms → +43 664 1234567');
      should(editor.complaints).eql([]);
    });

    it('shows all ports there may be where it is not deployed or does not answer', async () => {
      for (const [status, hint] of [
        [404, /deploy the gateway to see its own/],
        [502, /can't be asked now/],
      ] as const) {
        const failure = { status, json: { code: status === 404 ? 'NOT_CONFIGURED' : 'UNREACHABLE', message: '' } };
        await page.route('**/port-list', (route) => route.fulfill(failure));
        await editor.edit('send');
        await editor.openPorts();
        await page.locator('.dinstar-ports-hint').filter({ hasText: hint }).waitFor();
        should(await page.locator('.dinstar-ports button').count()).equal(32);
        await page.keyboard.press('Escape');
        await editor.cancel();
        await page.unroute('**/port-list');
      }
    });

    it('is told in the push receiver as the one that pushed last', async () => {
      await editor.edit('push');
      await editor.shows('.dinstar-last-push', /^No push has come here since Node-RED started\.$/);
      simulator.setPushUrl(`${nodeRed.url}/dinstar/push`);
      simulator.receive({ port: 0, number: '123', text: 'Hello' });
      await editor.shows('.dinstar-last-push', /^Last push: \d s ago, from http:\/\/127\.0\.0\.1:\d+ \(sms\)\.$/);
      simulator.setPushUrl(undefined);
      await editor.cancel();
    });
  });
}
