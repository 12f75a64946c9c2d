import type { Browser, Page } from 'playwright-core';
import should from 'should';
import { EditorPage, launchChromium } from '../../support/browser';
import { type FlowNode, type RunningNodeRed, startNodeRed, versions } from '../../support/node-red';

const FLOWS: FlowNode[] = [
  { id: 'tab', type: 'tab', label: 'dialogs' },
  { id: 'gateway', type: 'dinstar-gateway', name: '', url: 'simulator:' },
  { id: 'store', type: 'dinstar-store', name: '', kind: 'memory' },
  { id: 'user', type: 'dinstar-gateway', name: '', url: 'simulator:two', store: 'store' },
  { id: 'send', type: 'dinstar-send-sms', z: 'tab', gateway: 'gateway', key: 'id', x: 200, y: 80, wires: [[], [], []] },
  { id: 'query', type: 'dinstar-query-result', z: 'tab', gateway: 'gateway', x: 200, y: 160, wires: [[]] },
  { id: 'push', type: 'dinstar-push-receiver', z: 'tab', x: 200, y: 240, wires: [[]] },
];
const VIEW = { viewport: { width: 1280, height: 900 }, locale: 'en-US' };
const PASSWORD = 'correct-horse';
const TOKEN = 'battery-staple';

for (const version of versions) {
  describe(`the dialogs in the editor of Node-RED ${version}`, function () {
    // The first run on a machine may have to install Chromium.
    this.timeout(300_000);
    let nodeRed: RunningNodeRed;
    let browser: Browser;
    let page: Page;
    let editor: EditorPage;

    before(async () => {
      browser = await launchChromium();
      nodeRed = await startNodeRed({ version, install: 'link', flows: FLOWS });
      page = await browser.newPage(VIEW);
      editor = new EditorPage(page, nodeRed.url);
    });

    // Each test begins with what is deployed.
    beforeEach(() => editor.load('push'));

    after(async () => {
      await browser?.close();
      await nodeRed?.stop();
    });

    const savedNode = async (id: string): Promise<FlowNode | undefined> =>
      ((await (await nodeRed.admin('/flows')).json()) as FlowNode[]).find((node) => node.id === id);

    it('keep what is set in send sms, with the types the runtime reads', async () => {
      await editor.edit('send');
      await editor.fill('name', 'alarm');
      await editor.setTyped('to', 'str', '+43 664 1234567');
      await editor.typeText('text', 'Pump 3 failed – level 85 %');
      await editor.shows(
        '.dinstar-counter',
        /Unicode · SMS: 1 · characters left: 44 · 28 of 1500 bytes"–" isn't in the GSM 7 bit alphabet/,
      );
      await editor.setTyped('ports', 'str', '0,2');
      await editor.pickPort(3);
      await editor.setTyped('priority', 'str', 'high');
      await editor.setTyped('until', 'str', 'delivered');
      await editor.setTyped('userId', 'num', '17');
      should(await editor.typedValue('key')).eql(['str', 'id']);
      await editor.setTyped('key', 'msg', 'order.number');
      await editor.done();
      await editor.deploy();
      await editor.load('push');
      await editor.edit('send');
      should(await editor.field('name').inputValue()).equal('alarm');
      should(await editor.typedValue('text')).eql(['str', 'Pump 3 failed – level 85 %']);
      should(await editor.typedValue('ports')).eql(['str', '0,2,3']);
      should(await editor.typedValue('userId')).eql(['num', '17']);
      await editor.cancel();
      should(await savedNode('send')).containEql({
        ...{ to: '+43 664 1234567', toType: 'str', priority: 'high', priorityType: 'str' },
        ...{
          until: 'delivered',
          untilType: 'str',
          validity: '86400',
          validityType: 'num',
          key: 'order.number',
          keyType: 'msg',
        },
      });
    });

    it('mark what is wrong, say why, and list it on the node', async () => {
      await editor.edit('send');
      await editor.setTyped('to', 'str', '0664/abc');
      await editor.setTyped('until', 'str', 'delivered');
      await editor.setTyped('statusReport', 'bool', 'false');
      await editor.setTyped('wait', 'num', '-1');
      for (const property of ['to', 'until', 'wait']) should(await editor.isMarked(property)).equal(true, property);
      should(await editor.isMarked('text')).be.false();
      await editor.done();
      should(await editor.problems('send')).eql([
        'To: "0664/abc" is not a telephone number',
        'Reached when: "delivered" needs the delivery report',
        'Wait at most: must be a number of seconds from 0 to 1000000000',
      ]);
    });

    it('keep the limits of a gateway and the store it was given', async () => {
      await editor.edit('gateway');
      await editor.form.locator('summary').nth(1).click();
      should(await editor.field('store').locator('option:checked').innerText()).equal('the embedded store');
      await editor.fill('maxPerHour', '120');
      await editor.fill('unknownHold', '60');
      await editor.field('unknownPolicy').selectOption('fail');
      await editor.field('store').selectOption('store');
      await editor.done();
      await editor.deploy();
      should(await savedNode('gateway')).containEql({
        ...{ maxPerHour: '120', unknownPolicy: 'fail', unknownHold: '60', store: 'store' },
      });
    });

    it("say that PostgreSQL comes later, on the store and on who uses it, and never show the store's login again", async () => {
      await editor.edit('store');
      await editor.field('connection').waitFor({ state: 'hidden' });
      await editor.field('kind').selectOption('postgres');
      await editor.fill('connection', `postgres://red:${PASSWORD}@db/red`);
      await editor.fill('keepDays', '0');
      for (const property of ['kind', 'keepDays']) should(await editor.isMarked(property)).equal(true, property);
      await editor.done();
      should(await editor.problems('store')).eql([
        'Kept in: PostgreSQL comes with a later version',
        'Keep finished: must be a number of days above 0, at most 36500',
      ]);
      should(await editor.problems('user')).eql(['Store: is not configured properly']);
      await editor.edit('store');
      await editor.field('kind').selectOption('file');
      await editor.fill('keepDays', '30');
      await editor.done();
      should(await editor.problems('user')).eql([]);
      await editor.deploy();
      should(await savedNode('store')).containEql({ kind: 'file', keepDays: '30', onUnavailable: 'refuse' });

      const answers = editor.answers();
      await editor.load('push');
      await editor.edit('store');
      should(await editor.field('connection').inputValue()).equal('__PWRD__');
      await editor.cancel();
      const said = (await answers()).join('\n');
      should(said).containEql('"has_connection":true').and.not.containEql(PASSWORD);
    });

    it('warn about a file store where this Node has no SQLite, and only there', async () => {
      const hint = editor.form.locator('.dinstar-not-durable');
      const openWith = async (answer: { json?: object; body?: string }): Promise<void> => {
        await page.route('**/dinstar/store', (route) => route.fulfill(answer));
        const asked = page.waitForResponse('**/dinstar/store');
        await editor.edit('store');
        await asked;
        // jQuery counts a request until its callbacks have run.
        await page.waitForFunction('$.active === 0');
        await page.unroute('**/dinstar/store');
      };
      await openWith({ json: { embedded: 'memory' } });
      await hint.filter({ hasText: /lost at a restart.*Node 22\.13.*npm install libsql/ }).waitFor();
      await editor.field('kind').selectOption('memory');
      await hint.waitFor({ state: 'hidden' });
      await editor.field('kind').selectOption('file');
      await hint.waitFor();
      await editor.cancel();
      for (const answer of [{ json: { embedded: 'libsql' } }, { body: '<html>log in</html>' }]) {
        await openWith(answer);
        should(await hint.isVisible()).be.false();
        await editor.cancel();
      }
    });

    it("unfold a gateway's section when something in it is wrong", async () => {
      await editor.edit('gateway');
      await editor.form.locator('summary').last().click();
      await editor.fill('timezone', 'Mars/Olympus');
      await editor.done();
      await editor.edit('gateway');
      await editor.field('timezone').waitFor({ state: 'visible' });
      should(await editor.isMarked('timezone')).be.true();
    });

    it('never show a saved password or token again, and show the address to enter in the gateway', async () => {
      await editor.edit('gateway');
      await editor.fill('url', 'http://127.0.0.1:9');
      await editor.fill('username', 'admin');
      await editor.fill('password', PASSWORD);
      await editor.done();
      await editor.edit('push');
      await editor.fill('token', TOKEN);
      const port = new URL(nodeRed.url).port;
      await editor.shows('.dinstar-push-url', `http://<host>:${port}/dinstar/push/${TOKEN}`);
      await editor.field('split').check();
      await editor.done();
      await editor.deploy();
      should(await savedNode('push')).containEql({ split: true, outputs: 7 });

      const answers = editor.answers();
      await editor.load('push');
      await editor.edit('gateway');
      should(await editor.field('username').inputValue()).equal('admin');
      should(await editor.field('password').inputValue()).equal('__PWRD__');
      await editor.cancel();
      await editor.edit('push');
      await editor.shows('.dinstar-push-url', `http://<host>:${port}/dinstar/push/<token>`);
      await editor.cancel();
      const said = (await answers()).join('\n');
      should(said).containEql('"has_password":true').and.containEql('"has_token":true');
      should(said.includes(PASSWORD) || said.includes(TOKEN)).be.false();
      should(editor.complaints).eql([]);
    });
  });
}
