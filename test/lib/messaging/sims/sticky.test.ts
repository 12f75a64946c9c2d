import should from 'should';
import { readPlans } from '../../../../lib/plans';
import { startScripted } from '../../../support/core';
import { PortsApi } from './PortsApi';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const LIMIT = { count: 'sms', per: 'day', max: 50, reset: 'calendar' };
const numbers = (count: number, first = 1000): string[] =>
  Array.from({ length: count }, (_, place) => `77${first + place}`);

type Scripted = Awaited<ReturnType<typeof startScripted>>;

describe('a recipient keeps his SIM', () => {
  let core: Scripted;
  let api: PortsApi;
  beforeEach(() => {
    api = new PortsApi();
  });
  afterEach(() => core.close());
  const start = async (row: object, queueLimit = 1): Promise<void> => {
    core = await startScripted({
      settings: { queueLimit, plans: readPlans([{ reserve: 0, limits: [LIMIT], ...row }], 'UTC') },
      api,
    });
  };
  const send = async (
    to: readonly string[],
    ms = 2 * MINUTE,
    priority: 'high' | 'normal' = 'normal',
  ): Promise<void> => {
    for (const number of to)
      await core.take({ to: number, text: `${number} ${core.clock.now()}`, validity: 0, priority });
    await core.clock.advance(ms);
  };
  /** The ports by which each number was sent to, in their order. */
  const ports = (number: string): number[] =>
    api.sent.flatMap(({ port = [], param }) => param.filter((one) => one.number === number).map(() => port[0] ?? -1));

  it('also while another SIM has more room', async () => {
    await start({});
    api.verdict = () => undefined;
    await send(['771'], 1000);
    const [own = -1] = ports('771');
    await send(['771', '771', '772', '773'], 5000);
    should(ports('771')).eql([own]);
    should([...ports('772'), ...ports('773')]).eql([1 - own]);
    api.verdict = () => 'SENT_OK';
    await core.clock.advance(5 * MINUTE);
    should(ports('771')).eql([own, own, own]);
  });

  it('while it makes its pause, but an alarm does not wait for that', async () => {
    await start({ pause: 30 });
    await send(['771'], 1000);
    const [own = -1] = ports('771');
    await send(['771'], 10_000);
    should(ports('771')).eql([own]);
    await send(['771'], 1000, 'high');
    should(ports('771')).eql([own, 1 - own]);
  });

  it('until it is used up: `prefer` takes another one, `always` waits', async () => {
    for (const [sticky, others] of [
      ['prefer', 1],
      ['always', 0],
    ] as const) {
      api = new PortsApi();
      await start({ sticky, limits: [{ ...LIMIT, max: 2 }] }, 0);
      await send(['771']);
      await send(['771']);
      const [own = -1] = ports('771');
      await send(['771']);
      should(ports('771')).eql([own, own, ...new Array(others).fill(1 - own)], sticky);
      core.clock.sleep(DAY);
      await core.clock.advance(2 * MINUTE);
      should(ports('771')).have.length(3);
      if (sticky === 'always') await core.close();
    }
  });

  it('for as many days as the plan says, and anew with each SMS', async () => {
    await start({ sticky: { mode: 'prefer', days: 2 } }, 8);
    await send(['771']);
    const [own = -1] = ports('771');
    await send(
      numbers(7).map((number) => number),
      5 * MINUTE,
    );
    for (let day = 0; day < 3; day += 1) {
      core.clock.sleep(1.5 * DAY);
      await core.clock.advance(MINUTE);
      await send(['771']);
    }
    should(ports('771')).eql([own, own, own, own]);
    const sticky = async () => (await core.gateways.of('gateway')?.sims.usage())?.map(({ recipients }) => recipients);
    should((await sticky())?.reduce((sum, count) => sum + count, 0)).equal(1);
    core.clock.sleep(2.1 * DAY);
    await core.clock.advance(MINUTE);
    should(await sticky()).eql([0, 0]);
  });

  it('and costs it one different recipient, whatever is sent to him', async () => {
    const recipients = { count: 'recipients', per: 'day', max: 3, reset: 'calendar' };
    await start({ limits: [recipients], sticky: 'off' });
    for (let round = 0; round < 3; round += 1) await send(numbers(6), 5 * MINUTE);
    should(new Set(api.by(0)).size).equal(3);
    should(new Set(api.by(1)).size).equal(3);
    should(api.sent).have.length(18);
    await send(numbers(2, 5000), MINUTE);
    should(api.sent).have.length(18);
    should(core.updates.all.filter(({ held }) => held?.by === 'sim-limit').map(({ number }) => number)).eql(
      numbers(2, 5000),
    );
    await send(numbers(1), MINUTE);
    should(api.sent).have.length(19);
  });
});
