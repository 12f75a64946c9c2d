import type { Browser } from 'playwright-core';
import should from 'should';
import { launchChromium, SidebarPage } from '../../support/browser';
import { type FlowNode, type RunningNodeRed, startNodeRed, versions } from '../../support/node-red';

const FLOWS: FlowNode[] = [
  { id: 'tab', type: 'tab', label: 'sidebar' },
  { id: 'gateway', type: 'dinstar-gateway', name: 'Pump house', url: 'simulator:', maxPerHour: 100 },
  { id: 'away', type: 'dinstar-gateway', name: 'Away', url: 'http://127.0.0.1:9', timeout: 2 },
  {
    id: 'go',
    type: 'inject',
    z: 'tab',
    x: 100,
    y: 80,
    props: [{ p: 'payload' }],
    payload: 'Level 85 %',
    wires: [['send']],
  },
  ...[{ id: 'send', type: 'dinstar-send-sms', z: 'tab', gateway: 'gateway', x: 300, y: 80, wires: [[], [], []] }].map(
    (node) => ({ ...node, to: '+436641234567', toType: 'str' }),
  ),
];
const VIEW = { viewport: { width: 1280, height: 1000 }, locale: 'en-US' };
/** Node-RED 5 lies under a path of its own here, as behind a proxy. */
const ROOTS = { 4: '', 5: '/plant/editor' };

for (const version of versions) {
  describe(`the sidebar in the editor of Node-RED ${version}`, function () {
    // The first run on a machine may have to install Chromium.
    this.timeout(300_000);
    let nodeRed: RunningNodeRed;
    let browser: Browser;
    let sidebar: SidebarPage;

    before(async () => {
      browser = await launchChromium();
      const settings = { httpAdminRoot: ROOTS[version] || '/' };
      nodeRed = await startNodeRed({ version, install: 'link', flows: FLOWS, settings });
      sidebar = new SidebarPage(await browser.newPage(VIEW), `${nodeRed.url}${ROOTS[version]}/`);
      await sidebar.open('send');
    });
    after(async () => {
      await browser?.close();
      await nodeRed?.stop();
    });

    /** The simulated gateway that runs inside this Node-RED. */
    const simulator = async (path: string, body?: object): Promise<unknown> => {
      const [, url] = await nodeRed.waitForLog(/simulated gateway: (http\S+)\//, 5000);
      const headers = { 'Content-Type': 'application/json' };
      const init = body && { method: 'POST', headers, body: JSON.stringify(body) };
      return (await fetch(`${url}/simulator/${path}`, init)).json();
    };
    const send = async (): Promise<void> => {
      await fetch(`${nodeRed.url}${ROOTS[version]}/inject/go`, { method: 'POST' });
    };

    it('shows every gateway live: what is sent, a SIM that is lost, and one that can’t be reached', async () => {
      await sidebar.port('Pump house', 7).waitFor();
      await sidebar.card('Away').getByText('unreachable').first().waitFor();
      await send();
      const card = sidebar.card('Pump house');
      await card.getByText('Level 85 %').first().waitFor();
      await card
        .locator('.dinstar-plot-sent')
        .getByText(/^[1-9]/)
        .waitFor();
      await simulator('port', { port: 3, action: 'loseSim' });
      await card.getByRole('button', { name: 'Port 3: no SIM' }).waitFor();
      await card.getByText('Port 3 is no longer registered').waitFor();
      for (const action of ['insertSim', 'register']) await simulator('port', { port: 3, action });
      await card.getByText('Port 3 has registered').first().waitFor();
      should(sidebar.complaints).eql([]);
    });

    it('shows what an SMS says as a text, whatever it says', async () => {
      const text = '<img src="x" onerror="document.title = 1"><b>bold</b>';
      await simulator('incoming', { port: 0, number: '<i>Bank</i>', text });
      const sms = sidebar.card('Pump house').locator('.dinstar-sms-text > span', { hasText: 'onerror' });
      should(await sms.textContent()).equal(text);
      should(await sidebar.card('Pump house').locator('img, b b, b i').count()).equal(0);
      await sidebar.card('Pump house').getByText('<i>Bank</i>').waitFor();
    });

    it('is used by the keyboard alone: arrows from port to port, Enter for details, Escape back', async () => {
      const { page } = sidebar;
      await sidebar.port('Pump house', 0).focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      const panel = page.getByRole('region', { name: 'Port 2' });
      await panel.getByText('IMEI').waitFor();
      await page.keyboard.press('Tab');
      should(await panel.locator(':focus').count()).equal(1);
      await page.keyboard.press('Escape');
      await panel.waitFor({ state: 'detached' });
      should(await page.locator(':focus').getAttribute('aria-label')).match(/^Port 2:/);
      // One stop for the Tab key, however many ports there are.
      should(await sidebar.card('Pump house').locator('.dinstar-port[tabindex="0"]').count()).equal(1);
    });

    it('sends a test SMS, after saying what that costs', async () => {
      await sidebar.port('Pump house', 5).click();
      const panel = sidebar.page.getByRole('region', { name: 'Port 5' });
      await panel.getByRole('button', { name: 'Test SMS' }).click();
      await panel.getByLabel('To').fill('+43 664 7654321');
      await panel.getByLabel('Text').fill('Привет '.repeat(12));
      await panel.getByText('Sends 2 SMS from the SIM in port 5').waitFor();
      await panel.getByLabel('Text').fill('Test');
      await panel.getByText('Sends 1 SMS from the SIM in port 5').waitFor();
      await panel.getByRole('button', { name: 'Send' }).click();
      await panel
        .getByRole('status')
        .getByText(/^(sent|delivered)$/)
        .waitFor({ timeout: 60_000 });
      const sent = (await simulator('record')) as { number: string; sentPort: number }[];
      should(sent.filter(({ number }) => number === '+436647654321').map(({ sentPort }) => sentPort)).eql([5]);
    });

    it('leads a USSD dialogue and resets a port', async () => {
      await sidebar.port('Pump house', 6).click();
      const panel = sidebar.page.getByRole('region', { name: 'Port 6' });
      await panel.getByRole('button', { name: 'USSD' }).click();
      await panel.getByLabel('USSD code').fill('*100#');
      await panel.getByRole('button', { name: 'Send' }).click();
      const result = panel.getByRole('status');
      await result.filter({ hasNotText: 'Waiting' }).filter({ hasText: /\S/ }).waitFor({ timeout: 40_000 });
      should(await result.getAttribute('data-level')).be.null();
      await panel.getByRole('button', { name: 'Reset …' }).click();
      await panel.getByText('Port 6 starts anew').waitFor();
      await panel.getByRole('button', { name: 'Reset port' }).click();
      await result.getByText('The port was reset.').waitFor();
    });

    it('has no serious flaw for who can’t see it well, in any theme and however narrow', async () => {
      await sidebar.port('Pump house', 1).click();
      await sidebar.page.getByRole('region', { name: 'Port 1' }).getByText('IMEI').waitFor();
      await sidebar.page.getByRole('button', { name: 'Reset …' }).click();
      for (const isDark of [false, true]) {
        await sidebar.darken(isDark);
        should(await sidebar.flaws()).eql([]);
      }
      await sidebar.page.locator('.dinstar-sidebar').evaluate((element) => {
        (element as unknown as { style: { width: string } }).style.width = '180px';
      });
      should(await sidebar.cutOff()).eql([]);
      should(await sidebar.page.locator('.dinstar-sidebar').innerText()).not.match(/(label|tip|section|common)\.\w/);
    });

    it('asks no gateway while another tab is shown', async () => {
      await sidebar.port('Pump house', 0).waitFor();
      await sidebar.showTab('info');
      if (version === 5) await sidebar.showTab('help');
      await sidebar.page.waitForTimeout(500);
      const asked = async (): Promise<number> =>
        ((await simulator('requests')) as { path: string }[]).filter(({ path }) => path === '/api/get_port_info')
          .length;
      const before = await asked();
      await sidebar.page.waitForTimeout(7000);
      should(await asked()).equal(before);
      await sidebar.showTab('dinstar-gateways');
      await sidebar.port('Pump house', 0).waitFor();
      await sidebar.page.waitForTimeout(2000);
      should(await asked()).be.above(before);
    });
  });
}
