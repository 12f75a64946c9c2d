import type { Page } from 'playwright-core';
import should from 'should';
import { type OpenEditor, openEditor } from '../../support/browser';
import { examples } from '../../support/examples';
import { versions } from '../../support/node-red';
import { manifest } from '../../support/repository';

const DASHBOARD = '@flowfuse/node-red-dashboard';
// The editor says when its flow has come by the first node in it.
const FIRST = { id: 'first', type: 'comment', z: 'tab', name: '', x: 200, y: 60, wires: [] };

for (const version of versions) {
  describe(`the Dashboard example on Node-RED ${version}`, function () {
    this.timeout(300_000);
    let open: OpenEditor;
    let wallboard: Page;

    before(async () => {
      const flows = [{ id: 'tab', type: 'tab', label: 'first' }, FIRST];
      open = await openEditor({ version, flows, modules: [DASHBOARD] });
      await open.editor.load(FIRST.id);
    });

    after(() => open?.close());

    const simulator = async (): Promise<string> =>
      (await open.nodeRed.waitForLog(/simulated gateway: (http:\S+)\//, 20_000))[1] as string;

    const shows = (selector: string, text: string): Promise<void> =>
      wallboard.locator(selector).filter({ hasText: text }).first().waitFor({ timeout: 40_000 });

    it('is imported whole and valid, and deployed', async () => {
      const example = examples.filter(({ needs }) => needs === DASHBOARD);
      should(example.map(({ name }) => name)).eql(['dashboard']);
      await open.canvas.importExample(manifest().name, 'dashboard');
      should(await open.canvas.unknown()).equal(0);
      should(await open.canvas.overlaps()).eql([]);
      for (const { id, type } of example[0]?.nodes ?? []) {
        should(await open.editor.problems(id)).eql([], type);
      }
      await open.editor.deploy();
      await open.nodeRed.waitForLog(/simulated gateway: /, 20_000);
    });

    it('shows every port of the gateway, and a change of one at once', async () => {
      wallboard = await open.page.context().newPage();
      wallboard.on('pageerror', (error) => open.editor.complaints.push(error.message));
      await wallboard.goto(`${open.nodeRed.url}/dashboard/gsm-gateway`);
      await shows('.gsm-port', 'Port 7');
      should(await wallboard.locator('.gsm-port').count()).equal(8);
      should(await wallboard.locator('.gsm-down').count()).equal(0);
      await tell(`${await simulator()}/simulator/port`, { port: 3, action: 'unregister' });
      await shows('.gsm-down', 'Port 3');
    });

    it('sends what is typed, shows how far it got, and what comes in', async () => {
      await wallboard.getByLabel('Number').fill('+436641234567');
      await wallboard.getByLabel('Text').fill('Is the pump running?');
      await wallboard.getByRole('button', { name: 'send' }).click();
      await shows('.gsm-out', 'Is the pump running?');
      await shows('.gsm-out', 'DELIVERED');
      // A second click has nothing to send, whether the form lets it through or not.
      await wallboard.waitForFunction(`document.querySelector('textarea').value === ''`);
      await wallboard.getByRole('button', { name: 'send' }).click({ force: true });
      const incoming = { port: 1, number: '+436641234567', text: 'It is.' };
      await tell(`${await simulator()}/simulator/incoming`, incoming);
      await shows('.gsm-sms:not(.gsm-out)', 'It is.');
      should(await wallboard.locator('.gsm-out').count()).equal(1);
    });

    it('says why an SMS was refused, and complains about nothing itself', async () => {
      // The form is empty again after each SMS.
      await wallboard.getByLabel('Text').fill('Is anybody there?');
      await wallboard.getByLabel('Number').fill('nobody');
      await wallboard.getByRole('button', { name: 'send' }).click();
      await wallboard
        .getByText(/must be a telephone number, not "nobody"/)
        .first()
        .waitFor();
      should(open.editor.complaints).eql([]);
    });
  });
}

async function tell(url: string, body: object): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  should(answer.status).equal(200);
}
