import should from 'should';
import type { Simulator } from '../../../simulator';
import { until } from '../../support/until';
import { closeAll, gateway, post, sendSms } from '../helpers';

interface Status {
  number: string;
  ref_id: number;
  status_code: number;
}

const long = 'x'.repeat(150);

async function statuses(simulator: Simulator): Promise<Status[]> {
  return (await post(simulator, '/api/query_sms_deliver_status', {})).result as Status[];
}

async function result(simulator: Simulator): Promise<unknown> {
  return ((await post(simulator, '/api/query_sms_result', {})).result as unknown[])[0];
}

const ORDINARY = '1';

/** An SMS that was sent later has been reported: what isn't reported by then never is. */
async function reportedAfter(simulator: Simulator): Promise<void> {
  await sendSms(simulator, ORDINARY);
  await until(() => simulator.submitted.at(-1)?.state === 'DELIVERED');
}

describe('the fictional mobile network', () => {
  afterEach(closeAll);

  it('fails an SMS to a number that cannot be reached', async () => {
    const simulator = await gateway();
    await sendSms(simulator, '99912000001');
    await until(() => simulator.submitted[0]?.state === 'FAILED');
    should(await result(simulator)).match({ status: 'FAILED', succ_count: 0 });
  });

  it('reports a permanent error for an undeliverable number, whose result stays SENT_OK', async () => {
    const simulator = await gateway();
    await sendSms(simulator, '99912000002');
    await until(() => simulator.submitted[0]?.state === 'UNDELIVERED');
    should(await result(simulator)).match({ status: 'SENT_OK' });
    should((await statuses(simulator)).map(({ status_code }) => status_code)).deepEqual([70]);
  });

  it('reports a temporary error first, then the delivery', async () => {
    const simulator = await gateway();
    await sendSms(simulator, '+99912000004');
    await until(() => simulator.submitted[0]?.state === 'DELIVERED');
    should((await statuses(simulator)).map(({ status_code }) => status_code)).deepEqual([32, 0]);
  });

  it('sends to a number that never reports, and says nothing more', async () => {
    const simulator = await gateway();
    await sendSms(simulator, '99912000005');
    await until(() => simulator.submitted[0]?.state === 'SENT_OK');
    await reportedAfter(simulator);
    should((await statuses(simulator)).map(({ number }) => number)).eql([ORDINARY]);
  });

  it('loses the last segment of a long SMS to a number that fails in part', async () => {
    const simulator = await gateway();
    await sendSms(simulator, '99912000006', { text: long });
    await until(() => simulator.submitted[0]?.state === 'FAILED');
    should(await result(simulator)).match({ status: 'FAILED', count: 3, succ_count: 2 });
  });

  it('takes its time to send to, or to deliver to, slow numbers', async () => {
    const simulator = await gateway();
    const start = Date.now();
    await sendSms(simulator, '99912000003');
    await until(() => simulator.submitted[0]?.state === 'DELIVERED');
    should(Date.now() - start).be.aboveOrEqual(290);
    const second = Date.now();
    await sendSms(simulator, '99912000007');
    await until(() => simulator.submitted[1]?.state === 'DELIVERED');
    should(Date.now() - second).be.aboveOrEqual(290);
  });

  it('reports every segment of a long SMS; references wrap at 256 and belong to a port', async () => {
    const simulator = await gateway();
    simulator.port(2).setNextRef(254);
    await sendSms(simulator, '1', { text: long, port: [2] });
    await sendSms(simulator, '2', { port: [1] });
    await until(() => simulator.submitted.every(({ state }) => state === 'DELIVERED'));
    should(simulator.submitted.map(({ ref_id, sentPort }) => [sentPort, ref_id])).deepEqual([
      [2, 254],
      [1, 0],
    ]);
    const refs = (await statuses(simulator)).map(({ ref_id }) => ref_id);
    should(refs.sort((a, b) => a - b)).deepEqual([0, 0, 254, 255]);
  });

  it('sends no report when none was asked for', async () => {
    const simulator = await gateway();
    await sendSms(simulator, '1', { request_status_report: false });
    await until(() => simulator.submitted[0]?.state === 'SENT_OK');
    await reportedAfter(simulator);
    should(simulator.submitted[0]?.state).equal('SENT_OK');
    should((await statuses(simulator)).map(({ number }) => number)).eql([ORDINARY]);
  });

  it('keeps DELIVERED out of the results when told so', async () => {
    const simulator = await gateway({ statusInResult: false });
    await sendSms(simulator, '1');
    await until(() => simulator.submitted[0]?.state === 'DELIVERED');
    should(await result(simulator)).match({ status: 'SENT_OK' });
    should(await statuses(simulator)).have.length(1);
  });

  it('lets an SMS for a free port pass those that wait for a stuck one', async () => {
    const simulator = await gateway();
    simulator.port(3).stuck = true;
    for (let index = 0; index < 50; index += 1) await sendSms(simulator, '1', { port: [3] }, index);
    await sendSms(simulator, '2', { port: [0] }, 99);
    await until(() => simulator.submitted[50]?.state === 'DELIVERED');
    should(simulator.queued).equal(50);
    should(await result(simulator)).match({ port: 3, status: 'SENDING', succ_count: 0 });
  });

  it('holds what a port has begun while it is stuck, and fails it when the SIM is lost', async () => {
    const simulator = await gateway({ ports: 2 });
    await sendSms(simulator, '99912000003', { port: [0] });
    simulator.port(0).stuck = true;
    // Another port is as slow, and done.
    await sendSms(simulator, '99912000003', { port: [1] });
    await until(() => simulator.submitted[1]?.state === 'DELIVERED');
    should(simulator.submitted[0]?.state).equal('SENDING');
    simulator.port(0).loseSim();
    simulator.port(0).stuck = false;
    await until(() => simulator.submitted[0]?.state === 'FAILED');
  });

  it('answers 550 when no port is registered', async () => {
    const simulator = await gateway({ ports: 2 });
    for (const port of simulator.ports) port.unregister();
    should(await sendSms(simulator, '1')).deepEqual({ error_code: 550 });
    simulator.port(1).register();
    should(await sendSms(simulator, '1', { port: [0] })).have.property('error_code', 202);
    should(await sendSms(simulator, '1', { port: [9] })).deepEqual({ error_code: 550 });
  });

  it('answers 500 when the queue would become longer than its limit', async () => {
    const simulator = await gateway({ queueLimit: 1 });
    simulator.port(0).stuck = true;
    should(await sendSms(simulator, '1', { port: [0] })).have.property('error_code', 202);
    should(await sendSms(simulator, '1', { port: [0] })).deepEqual({ error_code: 500 });
  });
});
