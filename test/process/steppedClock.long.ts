import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { type Simulator, startSimulator } from '../../simulator';
import { freePort } from '../support/freePort';
import { type RunningNodeRed, startNodeRed, versions } from '../support/node-red';
import { temporaryFolder } from '../support/temporaryFolder';

const DAY = 86_400_000;
/** Debian's package faketime. */
const LIBRARY = ['x86_64', 'aarch64', 'arm']
  .map((machine) => `/usr/lib/${machine}-linux-gnu${machine === 'arm' ? 'eabihf' : ''}/faketime/libfaketime.so.1`)
  .find((file) => existsSync(file));

for (const version of versions) {
  describe(`a real Node-RED ${version} whose clock steps`, function () {
    this.timeout(120_000);
    let simulator: Simulator | undefined;
    let nodeRed: RunningNodeRed | undefined;
    const offset = path.join(temporaryFolder('faketime'), 'offset');
    const stepTo = (days: number): void => writeFileSync(offset, `${days < 0 ? '' : '+'}${days}d`);

    before(() => {
      // Passing over it would look like a proof.
      if (LIBRARY === undefined) throw new Error('libfaketime is missing: install the package faketime');
    });
    afterEach(async () => {
      await nodeRed?.stop();
      await simulator?.close();
    });

    const start = async (url: string): Promise<RunningNodeRed> => {
      const env = {
        LD_PRELOAD: LIBRARY ?? '',
        FAKETIME_TIMESTAMP_FILE: offset,
        FAKETIME_NO_CACHE: '1',
        // Else a step would move the monotonic clock as well, which no machine does.
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
      };
      nodeRed = await startNodeRed({ version, install: 'link', flows: flows(url), env });
      return nodeRed;
    };
    const send = async (text: string): Promise<void> => {
      await fetch(`${nodeRed?.url}/send`, { method: 'POST', body: text, headers: { 'Content-Type': 'text/plain' } });
    };

    it('sends the alarm that was taken 27 days back, once, when clock and gateway have come', async () => {
      const port = await freePort();
      stepTo(-27);
      const running = await start(`http://127.0.0.1:${port}`);
      await running.waitForLog(new RegExp(`clock ${new Date(Date.now() - 27 * DAY).toISOString().slice(0, 10)}`), 5000);
      await send('alarm');
      await new Promise((resolve) => setTimeout(resolve, 3000));
      stepTo(0);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      simulator = await startSimulator({ speed: 'fast', port });
      await running.waitForLog(/reached alarm/, 60_000);
      should(running.log()).not.match(/missed/);
      should(simulator.submitted.map(({ text }) => text)).eql(['alarm']);
    });

    it('goes on sending and receiving when it steps a day forward and two back', async () => {
      stepTo(0);
      simulator = await startSimulator({ speed: 'fast' });
      const running = await start(simulator.url);
      // New is what comes after the first look.
      await new Promise((resolve) => setTimeout(resolve, 3000));
      for (const [place, days] of [0, 1, -1, 0].entries()) {
        stepTo(days);
        await send(`text ${place}`);
        simulator.receive({ port: 0, number: '123', text: `incoming ${place}` });
        await running.waitForLog(new RegExp(`reached text ${place}`), 30_000);
        await running.waitForLog(new RegExp(`received incoming ${place}`), 30_000);
      }
      should(running.log()).not.match(/missed|error/);
      should(simulator.submitted).have.length(4);
    });
  });
}

function flows(url: string) {
  const node = (id: string, type: string, properties: object) => ({ id, type, z: 'tab', x: 1, y: 1, ...properties });
  const logged = (id: string, code: string) => node(id, 'function', { func: `node.log(${code});`, outputs: 0 });
  return [
    { id: 'tab', type: 'tab', label: 'sms' },
    { id: 'gateway', type: 'dinstar-gateway', name: 'g', url },
    node('in', 'http in', { url: '/send', method: 'post', wires: [['prepare']] }),
    node('prepare', 'function', {
      func: 'msg.text = String(msg.payload); msg.to = "123"; return [msg, msg];',
      outputs: 2,
      wires: [['ok'], ['send']],
    }),
    node('ok', 'http response', { statusCode: '202' }),
    node('send', 'dinstar-send-sms', {
      ...{ gateway: 'gateway', text: 'text', textType: 'msg', until: 'sent', wires: [['reached'], ['missed'], []] },
    }),
    logged('reached', '"reached " + msg.text'),
    logged('missed', '"missed " + msg.text'),
    node('receive', 'dinstar-receive-sms', { gateway: 'gateway', interval: '1', wires: [['received']] }),
    logged('received', '"received " + (msg.payload.text ?? msg.payload)'),
    node('once', 'inject', { once: true, payload: '', payloadType: 'date', wires: [['clock']] }),
    logged('clock', '"clock " + new Date().toISOString()'),
    node('catch', 'catch', { scope: null, wires: [['error']] }),
    logged('error', '"error " + msg.error.message'),
  ];
}
