import should from 'should';
import { type OpenEditor, openEditor, SidebarPage } from '../../support/browser';
import { type FlowNode, versions } from '../../support/node-red';

const LATER = `return {
  to: ['+436641111111', '+436642222222', '+436643333333'],
  payload: 'Later', job: 'campaign', at: Date.now() + 3600000,
};`;
const sendSms = (id: string, y: number): FlowNode => ({
  ...{ id, type: 'dinstar-send-sms', z: 'tab', gateway: 'gateway', name: 'to all', x: 500, y, wires: [[], [], []] },
  ...{ control: true, job: 'job', jobType: 'msg', sendAt: 'at', sendAtType: 'msg' },
});
const FLOWS: FlowNode[] = [
  { id: 'tab', type: 'tab', label: 'jobs' },
  { id: 'gateway', type: 'dinstar-gateway', name: 'Pump house', url: 'simulator:' },
  { id: 'go', type: 'inject', z: 'tab', x: 100, y: 80, props: [], wires: [['later']] },
  { id: 'later', type: 'function', z: 'tab', x: 300, y: 80, func: LATER, outputs: 1, wires: [['send']] },
  sendSms('send', 80),
];

for (const version of versions) {
  describe(`jobs on the sidebar, in the editor of Node-RED ${version}`, function () {
    // The first run on a machine may have to install Chromium.
    this.timeout(300_000);
    let open: OpenEditor;
    let sidebar: SidebarPage;

    before(async () => {
      open = await openEditor({ version, flows: FLOWS });
      sidebar = new SidebarPage(open.page, `${open.nodeRed.url}/`);
      await sidebar.open('send');
      await sidebar.port('Pump house', 0).waitFor();
    });
    after(() => open?.close());

    const send = () => fetch(`${open.nodeRed.url}/inject/go`, { method: 'POST' });
    const card = () => sidebar.card('Pump house');
    const job = () => card().getByRole('group', { name: 'campaign' });
    const focused = () => open.page.locator(':focus');

    it('are paused and go on by the keyboard, and the focus stays where it is', async () => {
      await send();
      await job().getByText('0 of 3 sent · 3 waiting · 3 of them held').waitFor();
      await card()
        .getByText(/^3 held: they may leave at /)
        .waitFor();
      await job().getByRole('button', { name: 'Pause' }).focus();
      await open.page.keyboard.press('Enter');
      await job().getByText('paused · 0 of 3 sent · 3 waiting').waitFor();
      await card().getByText('3 held: their job is paused').waitFor();
      should(await focused().textContent()).equal('Resume');
      await open.page.keyboard.press('Enter');
      await job().getByText('0 of 3 sent · 3 waiting · 3 of them held').waitFor();
      should(await focused().textContent()).equal('Pause');
    });

    it('are stopped only after a second press: Escape, or leaving the button, is a no', async () => {
      const stop = job().getByRole('button', { name: /^Stop/ });
      await stop.focus();
      await open.page.keyboard.press('Enter');
      should(await stop.textContent()).equal('Stop 3 SMS?');
      should(await job().getByRole('status').textContent()).match(/^Press once more to stop what waits of this job/);
      await open.page.keyboard.press('Escape');
      should(await stop.textContent()).equal('Stop …');
      await open.page.keyboard.press('Enter');
      await open.page.keyboard.press('Shift+Tab');
      should(await stop.textContent()).equal('Stop …');
      await stop.focus();
      await open.page.keyboard.press('Enter');
      await open.page.keyboard.press('Enter');
      await job().getByText('0 of 3 sent · 3 stopped').waitFor();
      await job().getByRole('status').getByText('3 stopped.').waitFor();
      // The button is gone: whoever uses the keyboard goes on from what it did.
      should(await focused().textContent()).equal('3 stopped.');
    });

    it('stop with all that waits here', async () => {
      await send();
      await job()
        .getByText(/3 waiting/)
        .waitFor();
      const stop = card().locator('.dinstar-queue').getByRole('button', { name: /^Stop/ });
      await stop.click();
      should(await stop.textContent()).equal('Stop 3 SMS?');
      await stop.click();
      await card().locator('.dinstar-waiting').getByText('3 stopped.').waitFor();
      await job().getByText('0 of 6 sent · 6 stopped').waitFor();
      should(await card().locator('.dinstar-reasons li').count()).equal(0);
      should(await sidebar.flaws()).eql([]);
    });

    it('are told of when a deploy disables or deletes their node, with where to stop them', async () => {
      const { nodeRed, page } = open;
      const told = page.locator('.red-ui-notification', { hasText: 'GSM gateways' });
      for (const left of [[{ ...sendSms('send', 80), d: true }], []]) {
        await send();
        await job()
          .getByText(/[36] waiting/)
          .waitFor();
        await nodeRed.deploy([...FLOWS.slice(0, -1), ...left]);
        await told.getByText(/^\d SMS of nodes that are gone or disabled still wait/).waitFor();
        await nodeRed.waitForLog(/3 SMS of this node still wait and are sent later.*"node": "send"/, 10_000);
        await told.waitFor({ state: 'hidden', timeout: 40_000 });
        await nodeRed.deploy(FLOWS);
        const stop = card().locator('.dinstar-queue').getByRole('button', { name: /^Stop/ });
        await stop.click();
        await stop.click();
        await card().locator('.dinstar-waiting').getByText('3 stopped.').waitFor();
      }
      should(sidebar.complaints).eql([]);
    });
  });
}
