import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import should from 'should';
import { freePort } from '../support/freePort';
import { LoggedProcess } from '../support/LoggedProcess';
import { describePostgres } from '../support/postgres';
import { root } from '../support/repository';
import { temporaryFolder } from '../support/temporaryFolder';

const WITHIN_MS = 120_000;

interface State {
  machines: { name: string; state: string; lives?: boolean; holds: string[] }[];
  gateways: { name: string; holder?: string; done: number }[];
}

describePostgres(() => {
  describe('npm run demo:cluster', function () {
    this.timeout(400_000);
    let demo: LoggedProcess;
    let ports: Record<string, string>;
    let page: string;

    before(async () => {
      const names = ['PAGE_PORT', 'PORT', 'PORT_2', 'SIMULATOR_PORT_A', 'SIMULATOR_PORT_B'];
      ports = Object.fromEntries(await Promise.all(names.map(async (name) => [name, `${await freePort()}`])));
      page = `http://127.0.0.1:${ports.PAGE_PORT}/`;
      const env = { ...ports, DINSTAR_CLUSTER_DIR: temporaryFolder('cluster'), DEMO_SKIP_BUILD: '1' };
      demo = new LoggedProcess(process.execPath, [path.join(root, 'scripts/cluster.mjs')], { cwd: root, env });
    });
    after(() => demo.stop());

    const state = async (): Promise<State> => (await fetch(`${page}state`)).json() as Promise<State>;
    const until = async (what: string, holds: (state: State) => unknown): Promise<void> => {
      const end = Date.now() + WITHIN_MS;
      while (!(await state().then(holds, () => false))) {
        if (Date.now() > end) throw new Error(`${what}: waited in vain\n${demo.log()}`);
        await setTimeout(200);
      }
    };
    const press = async (machine: string, action: string, headers = { 'Content-Type': 'application/json' }) =>
      (await fetch(`${page}machines/${encodeURIComponent(machine)}/${action}`, { method: 'POST', headers, body: '{}' }))
        .status;

    it('starts two machines, of which each holds a gateway, and what both send goes out once', async () => {
      await until('each holds one', ({ machines }) => machines.every(({ holds }) => holds.length === 1));
      await demo.waitForLog(/\+\d+ reached on machine \d/, WITHIN_MS);
      await demo.waitForLog(/taken by both, sent once/, WITHIN_MS);
    });

    it('shows that the other one takes over from one that is killed, and gives back when it is there again', async () => {
      should(await press('machine 1', 'kill', { 'Content-Type': 'text/plain' })).equal(415);
      should(await press('machine 1', 'kill')).equal(200);
      await until('machine 2 holds both', ({ machines }) => machines[1]?.holds.length === 2);
      should((await state()).machines[0]).match({ state: 'dead', holds: [] });
      should(await press('machine 1', 'start')).equal(200);
      await until('each holds one again', ({ machines }) => machines.every(({ holds }) => holds.length === 1));
    });

    it('shows that one that is paused holds nothing any more', async () => {
      should(await press('machine 2', 'pause')).equal(200);
      await until('machine 1 holds both', ({ machines }) => machines[0]?.holds.length === 2);
    });

    it('stops with all it started, the paused one too', async () => {
      should(await demo.stop()).equal(0);
      for (const port of Object.values(ports)) await should(fetch(`http://127.0.0.1:${port}/`)).be.rejected();
    });
  });
});
