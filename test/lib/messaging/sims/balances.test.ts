import should from 'should';
import type { SimUsage } from '../../../../lib/messaging/sims/usage';
import { readPlans } from '../../../../lib/plans';
import { type Core, startCore } from '../../../support/core';
import { until } from '../../../support/until';

const ASKED = { ussd: '*100#' };
const settingsOf = (balance: object) => ({ queueLimit: 2, plans: readPlans([{ balance, sticky: 'off' }], 'UTC') });

describe('the balance of a SIM', () => {
  let core: Core;
  afterEach(() => core.close());
  const start = async (balance: object, simulator: object = {}): Promise<void> => {
    core = await startCore({ settings: settingsOf(balance), pushed: true, simulator: { ports: 2, ...simulator } });
  };
  const usage = async (): Promise<SimUsage[]> => (await core.gateways.of('gateway')?.sims.usage()) ?? [];
  const balances = async () => (await usage()).map((one) => one.balance);

  it('is read by USSD soon after the start, from each', async () => {
    await start(ASKED, { balance: 7.5 });
    await until(async () => should(await balances()).eql([7.5, 7.5]));
  });

  it('is what the firmware counts, where it does', async () => {
    await start({ ussd: 'firmware' }, { balance: 3.25, tellsCredit: true });
    await until(async () => should(await balances()).eql([3.25, 3.25]));
  });

  it('is null where nobody can read it, and stops nothing', async () => {
    await start({ ...ASKED, stopBelow: 5 }, { balanceText: 'Service not available', balance: 1 });
    await core.take({ to: '771' });
    await core.updates.first(({ status }) => status === 'SENT_OK' || status === 'DELIVERED');
    should(await balances()).eql([null, null]);
  });

  it('that is too low keeps the SIM for alarms', async () => {
    await start({ ...ASKED, stopBelow: 5 }, { balance: 1 });
    await until(async () => should(await balances()).eql([1, 1]));
    // Were the credit read once more after that, a validity of a day would end before it is asked again.
    await core.take({ to: '771', validity: 0 });
    const { held } = await core.updates.first((update) => update.held !== undefined);
    should(held).match({ by: 'sim-limit', text: /its credit is too low/ });
    await core.take({ to: '772', priority: 'high' });
    await core.updates.first(({ number, status }) => number === '772' && status !== 'QUEUED');
    should(core.simulator.submitted.map(({ number }) => number)).eql(['772']);
  });

  it('waits for a dialogue that somebody else has on the port', async () => {
    core = await startCore({ settings: { plans: [] }, pushed: true, simulator: { ports: 1, balance: 2 } });
    const gateway = core.gateways.of('gateway');
    const { signal } = new AbortController();
    const theirs = gateway?.ussd.dialogue([0], ['*125#', '3'], 20_000, signal);
    core.join({ settings: settingsOf(ASKED) });
    const [record] = (await theirs) ?? [];
    should(record?.text).match(/Your number is/);
    await until(async () => should(await balances()).eql([2]));
  });
});
