import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import should from 'should';
import { freePort } from '../support/freePort';
import { LoggedProcess } from '../support/LoggedProcess';
import { root } from '../support/repository';
import { temporaryFolder } from '../support/temporaryFolder';

const DELIVERED_WITHIN_MS = 60_000;

describe('npm start', function () {
  this.timeout(120_000);
  let demo: LoggedProcess | undefined;

  afterEach(async () => {
    await demo?.stop();
  });

  it("logs the demo's SMS from SENT_OK to DELIVERED within a minute, and stops with all it started", async () => {
    const port = await freePort();
    const simulatorPort = await freePort();
    demo = startDemo({ PORT: String(port), SIMULATOR_PORT: String(simulatorPort) });
    await demo.waitForLog(new RegExp(`Editor: +http://127\\.0\\.0\\.1:${port}/`), 60_000);
    await demo.waitForLog(new RegExp(`Simulator: +http://127\\.0\\.0\\.1:${simulatorPort}/`), 1000);
    await demo.waitForLog(/demo: \+\d+ SENT_OK[\s\S]*demo: \+\d+ DELIVERED/, DELIVERED_WITHIN_MS);
    should((await fetch(`http://127.0.0.1:${simulatorPort}/`)).status).equal(200);

    should(await demo.stop()).equal(0);
    for (const gone of [port, simulatorPort]) await should(fetch(`http://127.0.0.1:${gone}/`)).be.rejected();
  });

  it('says which port is taken and how to choose another', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    demo = startDemo({ PORT: String(port) });
    should(await demo.ended).equal(1);
    should(demo.log()).match(new RegExp(`port ${port} on 127\\.0\\.0\\.1 is taken.*PORT=`));
    other.close();
  });
});

function startDemo(env: Record<string, string>): LoggedProcess {
  return new LoggedProcess(process.execPath, [path.join(root, 'scripts/start.mjs')], {
    cwd: root,
    env: { ...env, DINSTAR_DEMO_DIR: temporaryFolder('demo'), DEMO_SKIP_BUILD: '1' },
  });
}
