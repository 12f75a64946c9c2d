import { request } from 'node:http';
import should from 'should';
import type { Simulator } from '../../../simulator';
import { isOnThisMachine } from '../../../simulator/http/callers';
import { until } from '../../support/until';
import { closeAll, gateway, post, receiver, sendSms } from '../helpers';

/** A request with headers that `fetch` doesn't let anybody choose; answers its HTTP status. */
const asked = (simulator: Simulator, path: string, headers: Record<string, string>, method = 'POST'): Promise<number> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(simulator.url);
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject);
    sent.end(method === 'POST' ? '{"port":0,"number":"1","text":"x"}' : undefined);
  });

const JSON_TYPE = { 'Content-Type': 'application/json' };

describe('who may speak to the simulated gateway', () => {
  afterEach(closeAll);

  it('refuses what a web page of elsewhere can send: a text, a form, a foreign origin', async () => {
    const simulator = await gateway();
    const path = '/simulator/incoming';
    const none: Record<string, string> = {};
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/json']) {
      should(await asked(simulator, path, type === '' ? none : { 'Content-Type': type })).equal(415, type);
    }
    for (const Origin of ['http://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost.evil.example']) {
      should(await asked(simulator, path, { ...JSON_TYPE, Origin })).equal(403, Origin);
      should(await asked(simulator, '/api/send_sms', { ...JSON_TYPE, Origin })).equal(403, Origin);
    }
    should(simulator.requests).be.empty();
    should(await asked(simulator, path, { ...JSON_TYPE, Origin: simulator.url })).equal(200);
    should(await asked(simulator, path, { 'Content-Type': 'Application/JSON; charset=utf-8' })).equal(200);
  });

  it('refuses a name that was turned to this machine (DNS rebinding), whatever is asked', async () => {
    const simulator = await gateway();
    const { port } = new URL(simulator.url);
    for (const name of ['evil.example', '127.0.0.1.evil.example', 'evil.example:80', '10.0.0.1', 'a@evil.example']) {
      const Host = name;
      should(await asked(simulator, '/simulator/state', { Host }, 'GET')).equal(403, name);
      should(await asked(simulator, '/simulator/incoming', { ...JSON_TYPE, Host })).equal(403, name);
      should(await asked(simulator, '/api/get_port_info', { Host }, 'GET')).equal(403, name);
    }
    for (const Host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]) {
      should(await asked(simulator, '/simulator/state', { Host }, 'GET')).equal(200, Host);
    }
  });

  it('pushes to this machine only where the control API says where, so that it is no way to ask any server', async () => {
    const simulator = await gateway();
    const elsewhere = [
      'http://192.168.1.1/',
      'http://example.com',
      'http://169.254.169.254/latest',
      'file:///etc/passwd',
    ];
    for (const url of [...elsewhere, 'http://127.0.0.1.example.com/', 'http://127.0.0.1@example.com/', 'x']) {
      should((await post(simulator, '/simulator/push', { url })).error).match(
        /must be an http address on this machine/,
      );
    }
    for (const url of ['http://127.0.0.1:1880/dinstar/push', 'https://localhost/', 'http://[::1]:8080/']) {
      should(isOnThisMachine(url)).be.true();
    }
    const web = await receiver();
    should(await post(simulator, '/simulator/push', { url: web.url })).eql({ ok: true });
    await post(simulator, '/simulator/ussd', { port: 0, text: 'x' });
    await until(() => web.bodies.length === 1);
    await post(simulator, '/simulator/push', {});
    await post(simulator, '/simulator/ussd', { port: 0, text: 'y' });
    should(web.bodies).have.length(1);
  });

  it('lets whoever gets an SMS answer by itself, until that is ended', async () => {
    const simulator = await gateway();
    await post(simulator, '/simulator/answers', { text: 'Got it.' });
    await sendSms(simulator, '123');
    const state = async () =>
      (await (await fetch(`${simulator.url}/simulator/state`)).json()) as { incoming: unknown[] };
    await until(async () => (await state()).incoming.length === 1);
    should(await state()).match({ answers: 'Got it.', incoming: [{ number: '123', text: 'Got it.' }] });
    await post(simulator, '/simulator/answers', {});
    await sendSms(simulator, '123');
    await until(() => simulator.submitted.every(({ state: is }) => is === 'DELIVERED'));
    should((await state()).incoming).have.length(1);
  });
});
