import should from 'should';
import type { GatewayClient } from '../../../lib/gateway-api';
import type { Simulator } from '../../../simulator';
import { until } from '../../support/until';
import { closeAll, failureOf, simulated } from './helpers';

/** What one gateway answers to a call of every method, on a day on which the same things happened to it. */
async function dayOf(client: GatewayClient, simulator: Simulator): Promise<Record<string, unknown>> {
  const param = Array.from({ length: 3 }, (_, index) => ({ number: `1008${index}`, user_id: index }));
  for (const port of [0, 1]) {
    simulator.receive({ port, number: '10086', text: ' a,] \u3000"b",} \n' });
    simulator.missedCall(port, '6717');
  }
  const ussd = await client.sendUssd({ port: [0, 1], text: '*100#' });
  const sent = await client.sendSms({ text: 'Hello', param, port: [0] });
  await until(async () => (await client.querySmsResult()).result.every(({ status }) => status === 'DELIVERED'));
  const statuses = await client.querySmsDeliverStatus({ port: [0, 1] });
  await until(async () => (await client.queryUssdReply({ port: [0, 1] })).reply.every(({ text }) => text !== ''));
  return {
    ussd,
    sent,
    statuses,
    results: await client.querySmsResult({ user_id: [0, 1, 2] }),
    queue: await client.querySmsInQueue(),
    inbox: await client.queryIncomingSms({ flag: 'all' }),
    replies: await client.queryUssdReply({ port: [0, 1] }),
    ports: await client.getPortInfo({ port: [0, 1], info_type: ['type', 'imsi', 'smsc', 'reg', 'slot', 'signal'] }),
    set: await client.setPortInfo({ port: 5, action: 'reset' }),
    view: await client.getStkView({ port: 0 }),
    frame: await client.getStkCurrFrameIndex({ port: 0 }),
    step: await client.stkGo({ port: 0, action: 'home' }),
    status: await client.getStatus(),
    calls: (await client.getCdr()).cdr,
  };
}

describe('an untidy gateway', () => {
  afterEach(closeAll);

  it('is read to the same values as a tidy one, by every method', async () => {
    const answers = [false, true].map(async (untidy) => {
      const now = Date.UTC(2026, 0, 1);
      const { client, simulator } = await simulated({ untidy, laterKeys: true, random: () => 0.5, now: () => now });
      return dayOf(client, simulator);
    });
    const [tidy, untidy] = await Promise.all(answers);
    should(untidy).deepEqual(tidy);
    should(untidy).match({ inbox: { sms: [{ text: ' a,] \u3000"b",} \n' }, { incoming_sms_id: 2 }] } });
  });

  it('refuses as a tidy one does', async () => {
    for (const untidy of [false, true]) {
      const { client } = await simulated({ untidy });
      await failureOf(client.stopSms({ task_id: 99 }), 'NOT_FOUND');
      await failureOf(client.setPortInfo({ port: 0, action: 'dance' }), 'BAD_REQUEST');
    }
  });
});
