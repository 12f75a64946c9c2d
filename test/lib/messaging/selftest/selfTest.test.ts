import should from 'should';
import { type Clock, systemClock } from '../../../../lib/clock';
import type { CheckId, Report } from '../../../../lib/messaging/selftest/report';
import type { SelfTest, Way } from '../../../../lib/messaging/selftest/SelfTest';
import type { SimulatorOptions } from '../../../../simulator';
import { type Core, requestsTo, startCore } from '../../../support/core';
import { until } from '../../../support/until';

const TIMES = 40;
/** The machine's clock, with pauses a fortieth as long. */
const hasty: Clock = { ...systemClock, after: (ms, action) => systemClock.after(ms / TIMES, action) };
const WAY: Way = { from: 0, to: 1, number: '+99970100001' };

describe('the self-test', () => {
  let core: Core;
  afterEach(() => core.close());

  const start = async (simulator: SimulatorOptions = {}, pushed = true, clock = hasty): Promise<SelfTest> => {
    core = await startCore({ simulator, pushed });
    return testOf(clock);
  };
  const testOf = (clock = hasty, way = WAY): SelfTest => {
    const gateway = core.gateways.of('gateway');
    if (!gateway) throw new Error('the gateway has not joined');
    const createUserIds = (count: number): Promise<number[]> => core.gateways.reserveUserIds(count);
    return gateway.selfTest(way, { clock, random: () => 0.123, createUserIds });
  };
  const stateOf = ({ checks }: Report, id: CheckId) => checks.find((one) => one.id === id);

  it('shows that all is well with a good gateway, by five SMS in four requests, and lets different texts travel together', async () => {
    const test = await start();
    await test.run();
    const { report } = test;
    should(report.checks.filter(({ state }) => state !== 'good')).eql([]);
    should(report).match({ state: 'done', sms: 5, segments: 6, combinesAll: true });
    should(report.problem).be.undefined();
    should(core.simulator.submitted.map(({ count }) => count).reduce((one, other) => one + other)).equal(6);
    should(requestsTo(core.simulator, 'send_sms')).equal(4);
    should(new Set(core.simulator.submitted.map(({ sentPort }) => sentPort))).eql(new Set([0]));
  });

  it('finds a gateway that does not expand #param#, and does not offer to combine then', async () => {
    const test = await start({ expandsBareParam: false });
    // It waits for the texts that can't come as long as for any other.
    const running = test.run();
    await until(() => stateOf(test.report, 'pair')?.state === 'bad');
    should(stateOf(test.report, 'pair')).match({ state: 'bad', detail: '#param#' });
    should(test.report.combinesAll).be.false();
    await test.abort();
    await running;
    should(test.report.state).equal('aborted');
  });

  it('says of a clock by how much it is off, and goes by records', async () => {
    const test = await start({ now: () => Date.now() - 7_200_000 });
    await test.run();
    const clock = stateOf(test.report, 'clock');
    should(clock?.state).equal('note');
    should(clock?.seconds).be.approximately(-7200, 10);
  });

  it('goes only over ports that are registered, and costs nothing otherwise', async () => {
    const test = await start();
    core.simulator.port(1).unregister();
    await test.run();
    should(test.report).match({ state: 'done', problem: { code: 'NO_PORT', message: /Port 1.*UNREGISTER/ } });
    should(test.report.checks.every(({ state }) => state === 'open')).be.true();
    should(core.simulator.submitted).be.empty();
  });

  it('sends nothing more after a refusal, and says what the gateway said', async () => {
    const test = await start();
    core.simulator.fault({ fault: 'error500', path: '/api/send_sms' });
    await test.run();
    should(stateOf(test.report, 'accepted')).match({ state: 'bad', count: 0, detail: /error 500/ });
    should(requestsTo(core.simulator, 'send_sms')).equal(1);
  });

  it('stops what still waits in the gateway when it is aborted', async () => {
    const test = await start();
    core.simulator.port(0).stuck = true;
    const running = test.run();
    await until(() => core.simulator.submitted.length >= 5);
    await test.abort();
    await running;
    should(test.report.state).equal('aborted');
    const states = core.simulator.submitted.map(({ state }) => state);
    should(states.filter((state) => state === 'STOPPED').length).be.aboveOrEqual(4);
  });

  it('begins at the end of a full inbox without reading all of it', async () => {
    const test = await start();
    for (let one = 0; one < 3000; one++) core.simulator.receive({ port: 1, number: '123', text: `old SMS ${one}` });
    await test.run();
    should(test.report).not.have.property('problem');
    should(stateOf(test.report, 'once')).match({ state: 'good', count: 5 });
    should(requestsTo(core.simulator, 'query_incoming_sms')).be.below(50);
  });
});
