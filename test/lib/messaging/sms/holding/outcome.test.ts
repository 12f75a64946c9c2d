import should from 'should';
import { GatewayError } from '../../../../../lib/gateway-api';
import { startScripted } from '../../../../support/core';

const SECOND = 1000;

type Core = Awaited<ReturnType<typeof startScripted>>;

describe('send sms: an outcome that leaves while SMS wait', () => {
  let core: Core;
  afterEach(() => core.close());
  const heldAfter = async (options: Parameters<Core['take']>[0] = {}, seconds = 31): Promise<unknown> => {
    const id = await core.take({ wait: 30, ...options });
    for (let second = 0; second < seconds; second++) await core.clock.advance(SECOND);
    const outcome = core.outcomes.all.find((one) => one.id === id)?.outcome;
    should(outcome).match({ timed_out: true, recipients: [{ status: 'QUEUED', history: [] }] });
    return outcome?.recipients[0]?.held;
  };

  const failures: [code: 'UNREACHABLE' | 'AUTH_REFUSED' | 'BAD_REPLY' | 'NO_PORT', by: string][] = [
    ['UNREACHABLE', 'gateway-down'],
    ['BAD_REPLY', 'gateway-down'],
    ['AUTH_REFUSED', 'login-refused'],
    ['NO_PORT', 'no-sim'],
  ];
  for (const [code, by] of failures) {
    it(`says why: ${by} where sending ends in ${code}`, async () => {
      core = await startScripted();
      core.api.away = new GatewayError(code, 'no', 'no');
      should(await heldAfter()).match({ by, until_iso: null, text: /./ });
    });
  }

  it('says that no port has a SIM, also where only its own has none', async () => {
    core = await startScripted();
    core.api.ready = [];
    should(await heldAfter()).match({ by: 'no-sim' });
    core.api.ready = [0];
    await core.clock.advance(60 * SECOND);
    should(await heldAfter({ ports: [1], to: '777' })).match({ by: 'no-sim' });
  });

  it('says until when the hourly limit holds it', async () => {
    core = await startScripted({ settings: { maxPerHour: 1 } });
    await core.take({ to: '111' });
    await core.clock.advance(SECOND);
    const at = core.clock.now();
    should(await heldAfter({ to: '222' })).match({ by: 'hourly-limit', text: /hourly limit/ });
    const [held] = core.outcomes.all.flatMap(({ outcome }) => outcome.recipients.flatMap((one) => one.held ?? []));
    should(Date.parse(held?.until_iso ?? '')).be.within(at + 3_590_000, at + 3_600_000);
  });

  it('says nothing of what is on its way', async () => {
    core = await startScripted();
    const id = await core.take({ wait: 10 });
    for (let second = 0; second < 11; second++) await core.clock.advance(SECOND);
    const { recipients } = await core.outcomeOf(id);
    should(recipients[0]).match({ status: 'ACCEPTED' });
    should(recipients[0]).not.have.property('held');
  });
});
