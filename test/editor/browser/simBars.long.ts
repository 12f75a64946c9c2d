import should from 'should';
import { type OpenEditor, openEditor } from '../../support/browser';
import { type FlowNode, versions } from '../../support/node-red';

const PLAN = { name: 'Bulk', limits: [{ count: 'sms', per: 'day', max: 4 }], reserve: 0, sticky: 'off' };
const button = (name: string, action: object): FlowNode => ({
  ...{ id: name, type: 'inject', z: 'tab', name, x: 120, y: 80, wires: [['care']] },
  props: Object.entries({ port: '1', ...action }).map(([p, v]) => ({ p, v, vt: p === 'action' ? 'str' : 'json' })),
});

for (const version of versions) {
  describe(`the bars of SIMs on the sidebar of Node-RED ${version}`, function () {
    // The first run on a machine may have to install Chromium.
    this.timeout(300_000);
    let open: OpenEditor;

    before(async () => {
      const asked = { action: 'action', actionType: 'msg', param: 'param', paramType: 'msg' };
      open = await openEditor({
        version,
        flows: [
          { id: 'tab', type: 'tab', label: 'SIMs' },
          { id: 'gateway', type: 'dinstar-gateway', name: 'farm', url: 'simulator:bars', plans: [PLAN] },
          { id: 'care', type: 'dinstar-sim-care', z: 'tab', gateway: 'gateway', x: 300, y: 80, wires: [[]], ...asked },
          button('three', { action: 'set', param: '{"count":"sms","per":"day","value":3}' }),
          button('rest', { action: 'rest', param: '3600' }),
        ],
      });
      await open.editor.load('care');
      await open.page.evaluate(() => RED.sidebar.show('dinstar-gateways'));
    });
    after(() => open?.close());

    const row = () => open.page.locator('.dinstar-sidebar .dinstar-list li', { hasText: 'Port 1, Bulk' });
    const press = (name: string) => open.nodeRed.admin(`/inject/${name}`, { method: 'POST' });

    it('say what is used and left, when that begins anew, and that one rests', async () => {
      await press('three');
      await row()
        .filter({ hasText: /SMS \/ day: 3 of 4, 1 left, anew at / })
        .waitFor({ state: 'attached' });
      should(await row().locator('.dinstar-gauge').getAttribute('style')).match(/--dinstar-part: 75%/);
      should(await row().getAttribute('data-level')).equal('good');
      await press('rest');
      await row()
        .filter({ hasText: /rests until / })
        .waitFor({ state: 'attached' });
      should(await row().getAttribute('data-level')).equal('waiting');
      should(open.editor.complaints).eql([]);
    });
  });
}

/** What the tests ask of the editor. */
declare const RED: { sidebar: { show(tab: string): void } };
