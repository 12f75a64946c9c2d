import should from 'should';
import { type OpenEditor, openEditor } from '../../support/browser';
import { type FlowNode, versions } from '../../support/node-red';

/** What the tests ask of the editor. */
declare const RED: { nodes: { node(id: string): { plans?: unknown } | null } };

const gateway = (id: string, more: object): FlowNode => ({
  id,
  type: 'dinstar-gateway',
  name: id,
  url: 'simulator:',
  ...more,
});
const BULK = {
  name: 'Bulk',
  match: { ports: [0, 1], operator: '262-01' },
  limits: [
    { count: 'sms', per: 'day', max: 3, at: '06:00', zone: 'Europe/Vienna' },
    { count: 'recipients', per: 'month', max: 50 },
  ],
  reserve: 0,
  sticky: 'off',
};

for (const version of versions) {
  describe(`the SIM plans in the dialog of a gateway, in the editor of Node-RED ${version}`, function () {
    // The first run on a machine may have to install Chromium.
    this.timeout(300_000);
    let open: OpenEditor;

    before(async () => {
      const flows: FlowNode[] = [
        { id: 'tab', type: 'tab', label: 'plans' },
        gateway('new', {}),
        gateway('planned', { plans: [BULK, { name: 'Rest' }] }),
        gateway('wrong', { plans: [{ name: 'a', limits: [{ count: 'sms', per: 'day', max: 0 }] }, { name: 'a' }] }),
        gateway('asked', {
          name: 'with a balance',
          url: 'simulator:asked',
          plans: [{ name: 'Asked', balance: { ussd: '*100#' } }],
        }),
        gateway('elsewhere', { plans: '$' + '{PLANS}' }),
        ...['new', 'planned', 'wrong', 'asked', 'elsewhere'].map((id, place) => ({
          ...{ id: `send-${id}`, type: 'dinstar-send-sms', z: 'tab', gateway: id, x: 200, y: 80 + 60 * place },
          wires: [[], [], []],
        })),
      ];
      open = await openEditor({ version, flows });
    });
    after(() => open?.close());

    const plan = (place: number) => open.editor.form.locator('.dinstar-plan').nth(place);
    const field = (place: number, path: string) => plan(place).locator(`[data-path="${path}"]`);
    const section = () => open.editor.form.locator('details', { has: open.page.locator('.dinstar-plans') }).first();
    async function edit(id: string) {
      await open.editor.load(`send-${id}`);
      await open.editor.edit(id);
      if ((await section().getAttribute('open')) === null) await section().locator('summary').first().click();
    }
    const saved = (id: string) =>
      open.page.evaluate((of) => JSON.parse(JSON.stringify(RED.nodes.node(of)?.plans ?? null)), id);

    it('are none at first, and are added, filled in and saved by mouse and keyboard', async () => {
      await edit('new');
      should(await open.editor.form.locator('.dinstar-plan').count()).equal(0);
      await open.editor.form.locator('.dinstar-add-plan').click();
      await plan(0).locator('.dinstar-plan-problem', { hasText: 'limit 1, At most: must be a whole number' }).waitFor();
      await field(0, 'name').fill('Alarms');
      await field(0, 'max').fill('20');
      await field(0, 'count').selectOption('segments');
      await field(0, 'per').selectOption('month');
      await field(0, 'day').fill('15');
      await plan(0).getByText('Add a limit').click();
      await field(0, 'max').nth(1).fill('5');
      await field(0, 'max').nth(1).press('Tab');
      await plan(0).locator('.dinstar-plan-problem:empty').waitFor({ state: 'attached' });
      await plan(0).getByText('Pause, reserve').click();
      await field(0, 'reserve.percent').fill('50');
      await field(0, 'usedUp').selectOption('fail');
      await open.editor.done();
      should(await saved('new')).eql([
        {
          name: 'Alarms',
          limits: [
            { max: 20, count: 'segments', per: 'month', day: 15 },
            { max: 5, count: 'sms', per: 'day' },
          ],
          reserve: { percent: 50 },
          usedUp: 'fail',
        },
      ]);
    });

    it('show what was saved, and keep all of it when nothing is changed', async () => {
      await edit('planned');
      should(await field(0, 'match.ports').inputValue()).equal('0, 1');
      should(await field(0, 'sticky.mode').inputValue()).equal('off');
      should(await field(0, 'zone').first().inputValue()).equal('Europe/Vienna');
      await open.editor.done();
      should(await saved('planned')).eql([
        {
          ...{ name: 'Bulk', match: { ports: '0, 1', operator: '262-01' } },
          limits: [
            { max: 3, count: 'sms', per: 'day', at: '06:00', zone: 'Europe/Vienna' },
            { max: 50, count: 'recipients', per: 'month' },
          ],
          ...{ reserve: { percent: 0, least: 0 }, sticky: { mode: 'off' } },
        },
        { name: 'Rest' },
      ]);
    });

    it('mark and name each row that is wrong, and change their order', async () => {
      await edit('wrong');
      should(await open.editor.problems('wrong')).match([
        /^SIM plans: plan 1, limit 1, At most: must be a whole number from 1 /,
      ]);
      should(await field(0, 'max').getAttribute('aria-invalid')).equal('true');
      should(await plan(0).locator('.dinstar-plan-problem').textContent()).match(
        /^limit 1, At most: must be .* from 1 to/,
      );
      should(await plan(1).locator('.dinstar-plan-problem').textContent()).match(/another plan/);
      await plan(1).getByLabel('Up: the first plan').click();
      should(await plan(0).locator('.dinstar-plan-problem').textContent()).equal('');
      await plan(1).getByLabel('Remove the plan').click();
      await open.editor.form.locator('.dinstar-plan-problem:not(:empty)').waitFor({ state: 'detached' });
      await open.editor.done();
      should(await saved('wrong')).eql([{ name: 'a' }]);
    });

    it('have the balance and the slots of a port, and try the pattern with a text', async () => {
      await edit('new');
      await open.editor.form.locator('.dinstar-add-plan').click();
      await field(0, 'max').fill('20');
      await plan(0).locator('summary', { hasText: 'Balance' }).click();
      await field(0, 'balance.ussd').fill('*100#');
      await field(0, 'balance.read').fill('left: (');
      await field(0, 'balance.read').press('Tab');
      await plan(0)
        .locator('.dinstar-plan-problem', { hasText: 'Pattern with one group: must be a regular' })
        .waitFor();
      await field(0, 'balance.read').fill('left: ([\\d.,]+)');
      await plan(0).locator('.dinstar-trial input').fill('You have left: 3,50 EUR.');
      await plan(0).locator('.dinstar-trial', { hasText: 'Finds 3.5.' }).waitFor();
      await plan(0).getByText('SIM slots in turn').click();
      await field(0, 'rotate.slots').fill('0, 1');
      await field(0, 'rotate.at').fill('06:00, 18:00');
      await open.editor.done();
      should(await saved('new')).match([
        { balance: { ussd: '*100#', read: 'left: ([\\d.,]+)' }, rotate: { slots: '0, 1', at: ['06:00', '18:00'] } },
      ]);
    });

    it('try the pattern with what the operator of the deployed gateway said last', async () => {
      await edit('asked');
      const trial = plan(0).locator('.dinstar-trial');
      // It is asked for within a minute after the start.
      for (const until = Date.now() + 180_000; Date.now() < until; ) {
        await trial.locator('input').click();
        await open.page.waitForTimeout(1000);
        if ((await trial.textContent())?.includes('Finds')) break;
        await field(0, 'balance.read').click();
      }
      should(await trial.locator('input').getAttribute('placeholder')).match(/balance/i);
      should(await trial.textContent()).match(/Finds \d/);
      await field(0, 'balance.read').fill('nothing: (x)');
      await field(0, 'balance.read').press('Tab');
      await trial.locator('.dinstar-wrong').waitFor();
      await open.editor.done();
    });

    it('leave what a variable holds as it is, until rows are added', async () => {
      await edit('elsewhere');
      await open.editor.form.getByText('The plans come from').waitFor();
      await open.editor.done();
      should(await saved('elsewhere')).equal('$' + '{PLANS}');
    });
  });
}
