import { setTimeout as after } from 'node:timers/promises';
import should from 'should';
import request from 'supertest';
import { tryJsonata } from '../../../../lib/runtime/admin/tryJsonata';
import type { Red } from '../../../../lib/runtime/red';
import { runtime } from '../../../../lib/runtime/SharedRuntime';
import { type Simulator, startSimulator } from '../../../../simulator';
import { adminApp, deploy, freshId, inNodeRed, load } from '../../../support/flow';
import { until } from '../../../support/until';

const TEXT = 'Guthaben: 1.234,56 EUR, gültig bis 31.12.2031';

describe('a pattern for a balance, tried in the dialog', () => {
  inNodeRed();
  let simulator: Simulator;
  afterEach(() => simulator?.close());

  const tried = async (body: object): Promise<object> =>
    (await request(adminApp()).post('/dinstar/admin/balance').send(body)).body as object;

  it('finds what the runtime would find, in a text that is typed', async () => {
    simulator = await startSimulator({ speed: 'fast', ports: 1 });
    const gateway = freshId('gateway');
    await load([{ id: gateway, type: 'dinstar-gateway', url: simulator.url }]);
    const read = 'Guthaben: ([\\d.,]+)';
    should(await tried({ id: gateway, read, readType: 're', text: TEXT })).eql({ text: TEXT, value: 1234.56 });
    should(await tried({ read, text: 'Invalid MMI code.' })).match({ value: null });
    should(await tried({ read: '', text: TEXT })).match({ value: 1234.56 });
    const jsonata = '$number($substringBefore($substringAfter(payload, "bis "), "."))';
    should(await tried({ id: gateway, read: jsonata, readType: 'jsonata', text: TEXT })).match({ value: 31 });
    should(simulator.requests.filter(({ path }) => path !== '/api/get_port_info')).eql([]);
  });

  it('has neither variables nor context, though the deployed gateway has both', async () => {
    process.env.DINSTAR_PIN = '4711';
    simulator = await startSimulator({ speed: 'fast', ports: 1 });
    const gateway = freshId('gateway');
    await load([{ id: gateway, type: 'dinstar-gateway', url: simulator.url, plans: [] }]);
    const names = ['$env("DINSTAR_PIN")', '$eval("$en" & "v(\'DINSTAR_PIN\')")', '$length($env("DINSTAR_PIN"))'];
    for (const read of [...names, '$globalContext("pin")', '$flowContext("pin")']) {
      should(await tried({ id: gateway, read, readType: 'jsonata', text: TEXT })).eql({ text: TEXT, value: null });
    }
    delete process.env.DINSTAR_PIN;
  });

  it('reads nothing where it never ends, and keeps Node-RED from nothing', async () => {
    for (const read of ['($f := function() { $f() }; $f())', '$sum([1..900000].($ * 2))']) {
      should(await tried({ read, readType: 'jsonata', text: TEXT })).eql({ text: TEXT, value: null });
    }
    should(await tried({ read: '((?:a|a)*)b', text: 'a'.repeat(60) })).match({ value: null });
  });

  it('reads what takes no time at all, however long the machine is busy with something else', async () => {
    const { util } = require('@node-red/util') as Pick<Red, 'util'>;
    const prepareJSONataExpression: typeof util.prepareJSONataExpression = (expression) => {
      const prepared = util.prepareJSONataExpression(expression);
      // Nothing of a processor is used meanwhile.
      prepared.assign('standStill', () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150));
      return prepared;
    };
    const red = { util: { ...util, prepareJSONataExpression } } as Red;
    should(await tryJsonata(red, '($standStill(); $standStill(); $number("31"))', TEXT)).equal(31);
  });

  it('is refused where it is none, naming the field', async () => {
    simulator = await startSimulator({ speed: 'fast', ports: 1 });
    await load([{ id: freshId('gateway'), type: 'dinstar-gateway', url: simulator.url }]);
    for (const read of ['(', '(a)(b)', 'none']) {
      should(await tried({ read, text: TEXT })).match({ code: 'INVALID_INPUT', message: /balance\.read/ });
    }
  });

  it('takes the last text that the deployed gateway has got, and says where there is none', async () => {
    simulator = await startSimulator({ speed: 'fast', ports: 1, balance: 7.5, network: '26299' });
    const plans = [{ balance: { ussd: '*100#', read: 'balance is ([\\d.]+)' }, sticky: 'off' }];
    // What a busy machine has kept back is asked for again after a quarter of an hour only: by a gateway node that is new, at once.
    let gateway = '';
    await load([{ id: freshId('gateway'), type: 'dinstar-gateway', url: simulator.url }]);
    await until(async () => {
      gateway = freshId('gateway');
      await deploy([{ id: gateway, type: 'dinstar-gateway', url: simulator.url, plans }]);
      const isRead = () => runtime.gateways.of(gateway)?.sims.lastBalanceText !== undefined;
      for (let tries = 0; tries < 100 && !isRead(); tries++) await after(100);
      return isRead();
    });
    should(await tried({ id: gateway, read: '' })).match({ text: /^Your balance is 7\.50/, value: 7.5 });
    should(await tried({ id: 'nowhere', read: '' })).eql({ value: null });
  });
});
