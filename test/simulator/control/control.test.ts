import should from 'should';
import { commands } from '../../../simulator/control/commands';
import { portActions } from '../../../simulator/control/portActions';
import { controlUsage } from '../../../simulator/control/usage';
import { until } from '../../support/until';
import { closeAll, gateway, get, post, receiver, sendSms } from '../helpers';

describe('the control API of the simulated gateway', () => {
  afterEach(closeAll);

  it('shows the state and the record without a login', async () => {
    const simulator = await gateway({ login: 'digest' });
    await post(simulator, '/simulator/incoming', { port: 1, number: '99970200011', text: '<b>hi</b>' });
    const state = await get(simulator, '/simulator/state');
    should(state).match({ sn: simulator.sn, queued: 0, ports: { length: 8 }, outgoing: [] });
    should(state).match({ incoming: [{ incoming_sms_id: 1, port: 1, text: '<b>hi</b>' }] });
    should(await get(simulator, '/simulator/record')).deepEqual([]);
    should(simulator.requests).be.empty();
  });

  it('shows where pushes go, without the token in that address, wherever it stands', async () => {
    const at = 'http://127.0.0.1:1';
    for (const [url, shown] of [
      [`${at}/dinstar/push/hush`, `${at}/dinstar/push/…`],
      [`${at}/push?token=hush`, `${at}/push/…`],
      [`${at}/push-hush`, `${at}/…`],
      [`${at}/red/dinstar/push/hush`, `${at}/…`],
      ['http://admin:hush@127.0.0.1:1/dinstar/push/', `${at}/dinstar/push`],
      [`${at}/hush`, `${at}/…`],
      [at, at],
      ['hush', '…'],
    ]) {
      should(await get(await gateway({ pushUrl: url }), '/simulator/state')).have.property('pushUrl', shown);
    }
  });

  it('records what was submitted and shows it as outgoing', async () => {
    const simulator = await gateway();
    await sendSms(simulator, '123', {}, 5);
    should(await get(simulator, '/simulator/record')).match([{ number: '123', text: 'Hello', user_id: 5, request: 0 }]);
    should(await get(simulator, '/simulator/state')).match({ outgoing: [{ number: '123', text: 'Hello' }] });
    should(await get(simulator, '/simulator/requests')).match([{ path: '/api/send_sms', status: 200 }]);
  });

  it('takes the time of a real gateway or milliseconds, as it is told', async () => {
    const simulator = await gateway();
    const timeOf = (speed: string) => post(simulator, '/simulator/speed', { speed });
    should(await timeOf('real')).deepEqual({ ok: true });
    await sendSms(simulator, '123', {}, 5);
    await timeOf('fast');
    should(await get(simulator, '/simulator/state')).match({ speed: 'fast' });
    await sendSms(simulator, '124', {}, 6);
    await until(() => simulator.submitted[1]?.state === 'DELIVERED');
    should(simulator.submitted[0]?.state).equal('SENDING');
    should(await timeOf('slow')).deepEqual({ error: 'speed must be one of real, fast' });
  });

  it('changes ports, faults, pushing, and lets USSD and calls happen', async () => {
    const web = await receiver();
    const simulator = await gateway();
    const tell = (path: string, body: object) => post(simulator, `/simulator/${path}`, body);
    should(await tell('push', { url: web.url })).deepEqual({ ok: true });
    await tell('port', { port: 2, action: 'reg', reg: 'PIN_REQUIRE' });
    should(simulator.port(2).reg).equal('PIN_REQUIRE');
    await tell('port', { port: 3, action: 'stick' });
    should(simulator.port(3).stuck).be.true();
    await tell('ussd', { port: 1, text: 'Top up!' });
    await tell('call', { port: 1, number: '123', missed: true });
    await tell('call', { port: 1, direction: 'ip->gsm' });
    await until(() => web.bodies.length === 5);
    should(web.events().map((event) => Object.keys(event)[1])).deepEqual([
      'register',
      'ussd',
      'missed_call',
      'cdr',
      'cdr',
    ]);
    await tell('fault', { fault: 'error500', path: '/api/send_sms' });
    should(await sendSms(simulator, '1')).deepEqual({ error_code: 500 });
    await tell('faults/clear', {});
    should(await sendSms(simulator, '1')).have.property('error_code', 202);
  });

  it('reboots after its answer has left', async () => {
    const simulator = await gateway();
    should(await post(simulator, '/simulator/reboot', { seconds: 0.05 })).deepEqual({ ok: true });
    await until(() => !simulator.port(0).registered);
    await until(() => simulator.port(0).registered);
  });

  it('says what is wrong with a command', async () => {
    const simulator = await gateway();
    const error = async (path: string, body: unknown) => (await post(simulator, `/simulator/${path}`, body)).error;
    should(await error('incoming', { port: 99, number: '1', text: 'x' })).match(/no port 99/);
    should(await error('incoming', { port: 1, number: 1, text: 'x' })).equal('number must be a string');
    should(await error('port', { port: 1, action: 'dance' })).match(/^action must be one of/);
    should(await error('fault', { fault: 'flood' })).match(/^fault must be one of/);
    should(await error('fault', { fault: 'refuse' })).match(/needs ms/);
    should(await error('push', 'null')).match(/no JSON object/);
    should(await error('nothing', {})).match(/there is no/);
  });

  it('serves a page that shows text as text and loads nothing from elsewhere', async () => {
    const simulator = await gateway();
    const page = await (await fetch(simulator.url)).text();
    should(page).containEql('<form id="form" data-command="incoming">').and.containEql('textContent');
    const offered = [...page.matchAll(/data-command="([^"]+)"/g)].map(([, command]) => command);
    should([...new Set(offered)].sort()).eql(Object.keys(commands).sort());
    for (const action of Object.keys(portActions).filter((name) => name !== 'reg')) {
      should(page).containEql(`value="${action}"`);
    }
    should(page).not.containEql('innerHTML');
    should(page.replace(/placeholder="[^"]*"/g, '')).not.match(/https?:\/\//);
  });

  it('is described whole in --help', () => {
    for (const command of Object.keys(commands))
      should(controlUsage).containEql(`POST /simulator/${command} `.trimEnd());
    for (const action of Object.keys(portActions)) should(controlUsage).containEql(action);
  });

  it('invents an incoming SMS now and then', async () => {
    const simulator = await gateway({ incomingEvery: 0.02, random: () => 0 });
    await until(async () => ((await get(simulator, '/simulator/state')).incoming as unknown[]).length >= 2);
  });
});
