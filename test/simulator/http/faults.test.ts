import * as http from 'node:http';
import should from 'should';
import type { FaultKind, Simulator } from '../../../simulator';
import { until } from '../../support/until';
import { closeAll, gateway, get, post, sendSms } from '../helpers';

/** Sends one SMS under a fault that happens once; answers what became of the request and how much was accepted. */
async function sendUnder(fault: FaultKind, ms?: number) {
  const simulator = await gateway();
  simulator.fault({ fault, times: 1, path: '/api/send_sms', ms });
  const outcome = await sendSms(simulator, '1').catch((error: Error) => error);
  return { simulator, outcome, accepted: simulator.submitted.length };
}

/** Sends an SMS that gets no answer; gives up a little after `accepted` SMS were. */
async function silence(simulator: Simulator, accepted: number): Promise<void> {
  const body = JSON.stringify({ text: 'x', param: [{ number: '1' }] });
  const givingUp = new AbortController();
  const answer = fetch(`${simulator.url}/api/send_sms`, { method: 'POST', body, signal: givingUp.signal });
  const isSilent = should(answer).be.rejected();
  await until(() => simulator.submitted.length === accepted);
  setTimeout(() => givingUp.abort(), 80);
  await isSilent;
}

describe('faults of the simulated gateway', () => {
  afterEach(closeAll);

  it('drop the connection before or after the SMS was accepted', async () => {
    const before = await sendUnder('dropBefore');
    should(before.outcome).be.an.Error();
    should(before.accepted).equal(0);
    const after = await sendUnder('dropAfter');
    should(after.outcome).be.an.Error();
    should(after.accepted).equal(1);
    should(after.simulator.requests.map(({ status }) => status)).deepEqual([0]);
  });

  it('leave the client waiting, with or without the SMS accepted', async () => {
    for (const [fault, accepted] of [
      ['hang', 0],
      ['hangAfter', 1],
    ] as const) {
      const simulator = await gateway();
      simulator.fault({ fault });
      await silence(simulator, accepted);
      should(simulator.submitted).have.length(accepted);
    }
  });

  it('send half of an answer without its length', async () => {
    const simulator = await gateway();
    simulator.fault({ fault: 'truncate', times: 1 });
    const [headers, body] = await new Promise<[http.IncomingHttpHeaders, string]>((resolve, reject) => {
      const request = http.get(`${simulator.url}/api/query_sms_in_queue`, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => resolve([response.headers, text]));
      });
      request.on('error', reject);
    });
    should(headers).not.have.property('content-length');
    should(body).equal('{"error_code":20');
  });

  it('answer error codes or pages without accepting anything', async () => {
    const codes = { error500: 500, fullQueue: 500, noPort550: 550, badRequest400: 400 } as const;
    for (const [fault, error_code] of Object.entries(codes)) {
      const { outcome, accepted } = await sendUnder(fault as FaultKind);
      should(outcome).deepEqual({ error_code });
      should(accepted).equal(0);
    }
    for (const [fault, status] of [
      ['html', 200],
      ['http404', 404],
      ['redirect', 302],
    ] as const) {
      const simulator = await gateway();
      simulator.fault({ fault });
      const answer = await fetch(`${simulator.url}/api/query_sms_in_queue`, { redirect: 'manual' });
      should(answer.status).equal(status);
      should(answer.headers.get('content-type')).equal('text/html');
    }
  });

  it('take their time, or befall only some requests, until they are cleared', async () => {
    const start = Date.now();
    const { outcome } = await sendUnder('slow', 60);
    should(outcome).have.property('error_code', 202);
    should(Date.now() - start).be.aboveOrEqual(59);
    const simulator = await gateway();
    simulator.fault({ fault: 'error500', path: '/api/send_sms', times: 2 });
    const queue = () => get(simulator, '/api/query_sms_in_queue');
    should(await queue()).have.property('error_code', 200);
    for (const code of [500, 500, 202]) should(await sendSms(simulator, '1')).have.property('error_code', code);
    simulator.fault({ fault: 'error500' });
    should(await queue()).have.property('error_code', 500);
    simulator.clearFaults();
    should(await queue()).have.property('error_code', 200);
  });

  it('refuse connections for a while and listen again on the same TCP port', async () => {
    const simulator = await gateway();
    await get(simulator, '/api/query_sms_in_queue');
    simulator.fault({ fault: 'refuse', ms: 80 });
    const error = await get(simulator, '/api/query_sms_in_queue').then(undefined, (reason: Error) => reason);
    should((error as { cause?: { code?: string } }).cause?.code).equal('ECONNREFUSED');
    await until(() =>
      get(simulator, '/api/query_sms_in_queue').then(
        () => true,
        () => false,
      ),
    );
    simulator.fault({ fault: 'refuse' });
    await should(get(simulator, '/api/query_sms_in_queue')).be.rejected();
    simulator.clearFaults();
    await until(() =>
      get(simulator, '/api/query_sms_in_queue').then(
        () => true,
        () => false,
      ),
    );
  });

  it('befall only requests that were let in, so that the challenge doesn’t use them up', async () => {
    const simulator = await gateway({ login: 'basic' });
    simulator.fault({ fault: 'error500', times: 1 });
    should((await fetch(`${simulator.url}/api/query_sms_in_queue`)).status).equal(401);
    should(simulator.faults).have.length(1);
  });
});

describe('a reboot of the simulated gateway', () => {
  afterEach(closeAll);

  async function rebooted(options: object) {
    const simulator = await gateway({ ports: 1 });
    await sendSms(simulator, '1');
    await until(() => simulator.submitted[0]?.state === 'DELIVERED');
    simulator.port(0).stuck = true;
    await sendSms(simulator, '2');
    simulator.reboot({ seconds: 0.06, ...options });
    simulator.port(0).stuck = false;
    await should(get(simulator, '/api/query_sms_in_queue')).be.rejected();
    await until(() => simulator.port(0).registered);
    return simulator;
  }

  const results = async (simulator: Simulator) =>
    ((await post(simulator, '/api/query_sms_result', {})).result as { number: string }[]).map(({ number }) => number);

  it('loses what waits, but not its records', async () => {
    const simulator = await rebooted({});
    should(simulator.submitted[1]?.state).equal('LOST');
    should(await results(simulator)).deepEqual(['1']);
    should(await sendSms(simulator, '3')).have.property('task_id', 3);
  });

  it('keeps the queue, starts ids again and forgets records when told to', async () => {
    const kept = await rebooted({ losesQueue: false });
    await until(() => kept.submitted[1]?.state === 'DELIVERED');
    const fresh = await rebooted({ idsStartAgain: true, losesRecords: true });
    should(await results(fresh)).deepEqual([]);
    should(await sendSms(fresh, '3')).have.property('task_id', 1);
  });
});
