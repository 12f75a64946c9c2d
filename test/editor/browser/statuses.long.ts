import should from 'should';
import { allTextsOf, languages, nodes } from '../../locales/catalogues';
import { type OpenEditor, openEditor } from '../../support/browser';
import { type FlowNode, versions } from '../../support/node-red';

/** The part of the editor's `RED` that statuses are translated by, each by the node it is shown at. */
interface StatusRed {
  nodes: { node(id: string): { _(key: string, options: { defaultValue: string }): string } | null };
}

declare const RED: StatusRed;

/** A node by itself, and one in a subflow that passes its status on: each is asked once, by an inject node. */
const FLOW: readonly FlowNode[] = [
  { id: 'tab', type: 'tab', label: 'statuses' },
  { id: 'gateway', type: 'dinstar-gateway', name: '', url: 'simulator:' },
  {
    ...{ id: 'sub', type: 'subflow', name: 'asks', env: [], out: [] },
    in: [{ x: 40, y: 40, wires: [{ id: 'inner' }] }],
    status: { x: 400, y: 40, wires: [{ id: 'told', port: 0 }] },
  },
  { id: 'told', type: 'status', z: 'sub', scope: null, x: 200, y: 100, wires: [[]] },
  { id: 'inner', type: 'dinstar-port-info', z: 'sub', gateway: 'gateway', x: 200, y: 40, wires: [[], []] },
  { id: 'plain', type: 'dinstar-port-info', z: 'tab', gateway: 'gateway', x: 400, y: 40, wires: [[], []] },
  { id: 'instance', type: 'subflow:sub', z: 'tab', x: 400, y: 120, wires: [] },
  {
    ...{ id: 'ask', type: 'inject', z: 'tab', props: [], once: true, onceDelay: 0.1, x: 120, y: 80 },
    wires: [['plain', 'instance']],
  },
];

for (const version of versions) {
  describe(`statuses in the editor of Node-RED ${version}`, function () {
    this.timeout(300_000);
    let open: OpenEditor;

    before(async () => {
      open = await openEditor({ version, flows: FLOW });
    });

    after(() => open?.close());

    for (const language of languages) {
      it(`are words of ${language}, at a node and at the subflow it is in`, async () => {
        const { editor, page } = await open.view({ language });
        await editor.load('instance');
        const ok = allTextsOf(language, 'port-info').get('common.status.ok') ?? '';
        for (const id of ['plain', 'instance']) {
          await page.locator(`[id="${id}"] .red-ui-flow-node-status-label`).getByText(ok, { exact: true }).waitFor();
        }
        for (const node of nodes) {
          const words = wordsOf(language, node);
          should(words.size).be.above(20);
          const shown = await page.evaluate(
            (texts) =>
              ['plain', 'instance'].map((id) =>
                texts.map((text) => RED.nodes.node(id)?._(text, { defaultValue: text })),
              ),
            [...words.keys()],
          );
          for (const texts of shown) should(texts).eql([...words.values()], node);
        }
        should(editor.complaints).eql([]);
        await page.context().close();
      });
    }
  });
}

/** What each status of a node is to be shown as, by what the node sends; those that hold a value are the runtime's to make up. */
function wordsOf(language: string, node: string): Map<string, string> {
  const isOfEditor = ([key, word]: [string, string]): boolean =>
    key.startsWith('common.status.') && !word.includes('__');
  const all = [...allTextsOf(language, node)].filter(isOfEditor);
  return new Map(all.map(([key, word]) => [`@gsm-gateway/node-red-dinstar/${node}:${key}`, word]));
}
