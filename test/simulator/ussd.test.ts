import should from 'should';
import type { Simulator } from '../../simulator';
import { closeAll, gateway, get, post, sendSms, until } from './helpers';

async function lastReply(simulator: Simulator, port: number): Promise<string> {
  const { reply } = (await get(simulator, `/api/query_ussd_reply?port=${port}`)) as { reply: { text: string }[] };
  return reply[0]?.text ?? '';
}

async function dial(simulator: Simulator, text: string, expected: RegExp): Promise<void> {
  const reply = await post(simulator, '/api/send_ussd', { port: [1], text });
  should(reply).match({ result: [{ port: 1, status: 200 }] });
  await until(async () => expected.test(await lastReply(simulator, 1)));
}

describe('simulated USSD', () => {
  afterEach(closeAll);

  it('answers the example of manual 7.4, port by port', async () => {
    const simulator = await gateway({ ports: 3 });
    simulator.port(1).loseSim();
    const asked = '{"port":[1,2,3],"command":"send","text":"*125#"}';
    should(await post(simulator, '/api/send_ussd', asked)).deepEqual({
      request_id: 1,
      error_code: 202,
      result: [
        { port: 1, status: 503 },
        { port: 2, status: 200 },
        { port: 3, status: 503 },
      ],
    });
    await until(async () => (await lastReply(simulator, 2)) !== '');
    should(await get(simulator, '/api/query_ussd_reply?port=1,2%2C3')).match({
      error_code: 200,
      reply: [
        { port: 1, text: '' },
        { port: 2, text: /^Fictel services/ },
        { port: 3, text: '' },
      ],
    });
  });

  it('walks a menu by digits, keeps the last reply, and forgets the menu on cancel', async () => {
    const simulator = await gateway();
    await dial(simulator, '*125#', /services/);
    await dial(simulator, '2', /1 Day/);
    await dial(simulator, '7', /Wrong choice/);
    await dial(simulator, '9', /services/);
    await dial(simulator, '3', /Your number is 99970/);
    await dial(simulator, '*125#', /services/);
    const cancelled = await post(simulator, '/api/send_ussd', { port: [1], command: 'cancel' });
    should(cancelled).match({ error_code: 202, result: [{ port: 1, status: 200 }] });
    should(await lastReply(simulator, 1)).match(/services/);
    await dial(simulator, '1', /Invalid MMI/);
    await dial(simulator, '*100#', /balance is 12.34 EUR/);
  });

  it('finds a port busy while it sends an SMS or waits for a reply', async () => {
    const simulator = await gateway();
    await sendSms(simulator, '99912000003', { port: [4] });
    should(await post(simulator, '/api/send_ussd', { port: [4], text: '*100#' })).match({ result: [{ status: 486 }] });
    const slow = await gateway({ speed: 'real' });
    await post(slow, '/api/send_ussd', { port: [1], text: '*100#' });
    should(await post(slow, '/api/send_ussd', { port: [1], text: '*100#' })).match({ result: [{ status: 486 }] });
  });

  it('refuses an empty text, a long one, an unknown command and a missing port', async () => {
    const simulator = await gateway();
    for (const body of [
      { port: [1] },
      { port: [1], text: '1'.repeat(61) },
      { port: [1], text: '1', command: 'shout' },
      { text: '*100#' },
      { port: [32], text: '*100#' },
    ]) {
      should(await post(simulator, '/api/send_ussd', body)).deepEqual({ error_code: 400 });
    }
    should(await get(simulator, '/api/query_ussd_reply')).deepEqual({ error_code: 400 });
  });
});
