import should from 'should';
import { readPlans } from '../../../../lib/plans';
import { MemoryStore } from '../../../../lib/store';
import { startScripted } from '../../../support/core';
import { PortsApi } from './PortsApi';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const settings = { queueLimit: 1, plans: readPlans([{ sticky: 'off' }], 'UTC') };
const numbers = (count: number, first = 1000): string[] =>
  Array.from({ length: count }, (_, place) => `77${first + place}`);

type Scripted = Awaited<ReturnType<typeof startScripted>>;
const takeOnPort = async (core: Scripted, port: number, to: string[], ms = 2 * MINUTE): Promise<void> => {
  for (const number of to) await core.take({ to: number, ports: [port], text: number, validity: 0 });
  await core.clock.advance(ms);
};

describe('a SIM whose SMS fail one after the other', () => {
  let core: Scripted;
  let api: PortsApi;
  beforeEach(async () => {
    api = new PortsApi();
    api.verdict = (port) => (port === 0 ? 'FAILED' : 'SENT_OK');
    core = await startScripted({ settings, api });
  });
  afterEach(() => core.close());
  const resting = async (): Promise<(number | null)[]> => {
    const records = (await core.gateways.of('gateway')?.sims.usage()) ?? [];
    return records.map((one) => (one.resting === null ? null : Date.parse(one.resting) - core.clock.now()));
  };

  it('rests after three to different numbers, a quarter of an hour, and the others go on', async () => {
    await takeOnPort(core, 0, numbers(6));
    should(api.by(0)).eql(numbers(3));
    should((await resting())[0]).be.within(12 * MINUTE, 15 * MINUTE);
    await takeOnPort(core, 1, numbers(6, 2000));
    should(api.by(1)).have.length(6);
    const waiting = core.updates.all.filter(({ held }) => held?.by === 'sim-limit');
    should(waiting[0]?.held?.text).match(/the SIM rests/);
  });

  it('does not rest for three to one number', async () => {
    for (let round = 0; round < 4; round += 1) {
      await core.take({ to: '771', ports: [0], text: `${round}`, validity: 0 });
      await core.clock.advance(2 * MINUTE);
    }
    should(api.by(0)).have.length(4);
    should(await resting()).eql([null, null]);
  });

  it('does not rest for three to two numbers, whatever another card had with them', async () => {
    await takeOnPort(core, 0, [...numbers(2), ...numbers(1)]);
    should(await resting()).eql([null, null]);
    api.verdict = () => 'FAILED';
    await takeOnPort(core, 1, numbers(2, 2000));
    await takeOnPort(core, 0, numbers(1, 2000));
    should((await resting())[0]).be.above(0);
    should((await resting())[1]).be.null();
  });

  it('begins to count anew with each one that is sent', async () => {
    await takeOnPort(core, 0, numbers(2));
    api.verdict = () => 'SENT_OK';
    await takeOnPort(core, 0, numbers(1, 2000));
    api.verdict = () => 'FAILED';
    await takeOnPort(core, 0, numbers(2, 3000));
    should(await resting()).eql([null, null]);
    await takeOnPort(core, 0, numbers(1, 4000));
    should((await resting())[0]).be.above(0);
  });

  it('is tried again with one SMS, rests twice as long each time it fails, at most six hours, and goes on when it is sent', async () => {
    await takeOnPort(core, 0, numbers(20), 0);
    const tried: number[] = [];
    const began = core.clock.now();
    let seen = 0;
    for (let minute = 0; minute < 60 * 40; minute += 1) {
      await core.clock.advance(MINUTE);
      if (api.by(0).length > seen) tried.push(Math.round((core.clock.now() - began) / MINUTE));
      seen = api.by(0).length;
    }
    const gaps = tried.slice(1).map((at, place) => at - (tried[place] ?? 0));
    should(gaps.filter((gap) => gap > 10).map((gap) => Math.round(gap / 15) * 15)).eql([
      15, 30, 60, 120, 240, 360, 360, 360, 360, 360,
    ]);
    should(seen).equal(3 + 10);
    api.verdict = () => 'SENT_OK';
    await core.clock.advance(7 * HOUR);
    should(api.by(0)).have.length(20);
    should(await resting()).eql([null, null]);
  });

  it('rests on over a restart', async () => {
    await core.close();
    const store = new MemoryStore({ random: Math.random });
    core = await startScripted({ settings, api, store, clock: core.clock });
    await takeOnPort(core, 0, numbers(6));
    const next = await startScripted({ settings, api, store, clock: core.clock });
    await next.clock.advance(5 * MINUTE);
    should(api.by(0)).have.length(3);
    await next.clock.advance(10 * MINUTE);
    should(api.by(0)).have.length(4);
    await next.close();
  });

  it('never rests without a plan', async () => {
    core.join({ settings: { queueLimit: 1, plans: readPlans([{ match: { ports: [1] } }], 'UTC') } });
    await core.clock.advance(1000);
    await takeOnPort(core, 0, numbers(6), 20 * MINUTE);
    should(api.by(0)).have.length(6);
  });
});
