import should from 'should';
import type { Simulator } from '../../../simulator';
import { until } from '../../support/until';
import { closeAll, gateway, get, post, receiver, sendSms } from '../helpers';

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

  it('answers numbered codes with their number: at once, late in spite of a cancel, and twice', async () => {
    const { url, events } = await receiver();
    const simulator = await gateway({ pushUrl: url });
    const texts = () => events().flatMap(({ ussd }) => (ussd as { text: string }[]).map(({ text }) => text));
    await dial(simulator, '*150*17#', /^Answer 17\.$/);
    await post(simulator, '/api/send_ussd', { port: [1], text: '*151*18#' });
    await post(simulator, '/api/send_ussd', { port: [1], command: 'cancel' });
    await dial(simulator, '*152*19#', /^Answer 19, once more\.$/);
    await until(() => texts().length === 4);
    const late = 'Late answer 18.';
    should(texts().filter((text) => text !== late)).eql(['Answer 17.', 'Answer 19.', 'Answer 19, once more.']);
    should(texts().indexOf(late)).be.above(0);
    should(simulator.ussdRequests.map(({ command, text }) => [command, text])).eql([
      ['send', '*150*17#'],
      ['send', '*151*18#'],
      ['cancel', ''],
      ['send', '*152*19#'],
    ]);
  });

  it('lets what the network says on its own wait until the session has ended', async () => {
    const simulator = await gateway();
    await dial(simulator, '*125#', /services/);
    simulator.unsolicitedUssd(1, 'News');
    simulator.unsolicitedUssd(2, 'News elsewhere');
    await until(async () => (await lastReply(simulator, 2)) === 'News elsewhere');
    should(await lastReply(simulator, 1)).match(/services/);
    await post(simulator, '/api/send_ussd', { port: [1], command: 'cancel' });
    await until(async () => (await lastReply(simulator, 1)) === 'News');
    simulator.unsolicitedUssd(1, 'More news');
    should(await lastReply(simulator, 1)).equal('More news');
  });

  it('forgets a port’s text when it sends, where it is told to', async () => {
    const simulator = await gateway({ ussdClears: true });
    await dial(simulator, '*100#', /balance/);
    await post(simulator, '/api/send_ussd', { port: [1], text: '*199#' });
    should(await lastReply(simulator, 1)).equal('');
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
