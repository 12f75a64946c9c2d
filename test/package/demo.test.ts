import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import should from 'should';
import { freePort } from '../support/freePort';
import { LoggedProcess } from '../support/LoggedProcess';
import type { FlowNode } from '../support/node-red';
import { root } from '../support/repository';
import { temporaryFolder } from '../support/temporaryFolder';

const WITHIN_MS = 60_000;
const demoNodes = JSON.parse(readFileSync(path.join(root, 'scripts/demo/flows.json'), 'utf8')) as FlowNode[];

describe('npm start', function () {
  this.timeout(120_000);
  let demo: LoggedProcess;
  let editor: string;
  let simulator: string;

  before(async () => {
    const port = await freePort();
    const simulatorPort = await freePort();
    editor = `http://127.0.0.1:${port}/`;
    simulator = `http://127.0.0.1:${simulatorPort}/`;
    demo = startDemo({ PORT: String(port), SIMULATOR_PORT: String(simulatorPort) });
  });

  after(() => demo.stop());

  const press = async (name: string): Promise<void> => {
    const { id } = demoNodes.find((node) => node.type === 'inject' && node.name === name) as FlowNode;
    should((await fetch(`${editor}inject/${id}`, { method: 'POST' })).status).equal(200);
  };

  const happens = (what: string, body: object): Promise<Response> =>
    fetch(`${simulator}simulator/${what}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });

  it("says where editor and simulator are, and logs the demo's SMS from SENT_OK to DELIVERED", async () => {
    await demo.waitForLog(new RegExp(`Editor: +${editor}`), WITHIN_MS);
    await demo.waitForLog(new RegExp(`Simulator: +${simulator}`), 1000);
    await demo.waitForLog(/demo: \+\d+ SENT_OK[\s\S]*demo: \+\d+ DELIVERED/, WITHIN_MS);
    should((await fetch(simulator)).status).equal(200);
  });

  it('shows each node at work when its button is pressed or something happens to the gateway', async () => {
    await press('the menu of SIM 0');
    await demo.waitForLog(/demo: menu of port 0: (?!Balance)\S/, WITHIN_MS);
    await press('balance of all SIMs');
    await press('balance by the menu');
    await press('restart port 2');
    await happens('incoming', { port: 3, number: '99970200011', text: 'Hello, demo' });
    await happens('call', { port: 5 });
    await demo.waitForLog(/demo: SMS from 99970200011 on port 3: Hello, demo/, WITHIN_MS);
    await demo.waitForLog(/demo: port 2 is (?!REGISTER_OK)[\s\S]*demo: port 2 is REGISTER_OK/, WITHIN_MS);
    await demo.waitForLog(/demo: balance of port 7: 12\.34/, WITHIN_MS);
    await demo.waitForLog(/demo: menu of port 0: Balance Your balance is 12\.34 EUR/, WITHIN_MS);
    await demo.waitForLog(/demo: call on port 5, /, WITHIN_MS);
    for (const name of ['all ports now', 'calls of the last hour', 'three numbers, one text']) await press(name);
    await demo.waitForLog(/demo: \+999000001 FAILED/, WITHIN_MS);
    should(demo.log()).not.match(/\[debug:errors\]|\[(?:warn|error)\] \[|Error:/);
  });

  it('stops with all it started', async () => {
    should(await demo.stop()).equal(0);
    for (const gone of [editor, simulator]) await should(fetch(gone)).be.rejected();
  });

  it('says which port is taken and how to choose another', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const refused = startDemo({ PORT: String(port) });
    should(await refused.ended).equal(1);
    should(refused.log()).match(new RegExp(`port ${port} on 127\\.0\\.0\\.1 is taken.*PORT=`));
    other.close();
  });
});

function startDemo(env: Record<string, string>): LoggedProcess {
  return new LoggedProcess(process.execPath, [path.join(root, 'scripts/start.mjs')], {
    cwd: root,
    env: { ...env, DINSTAR_DEMO_DIR: temporaryFolder('demo'), DEMO_SKIP_BUILD: '1' },
  });
}
