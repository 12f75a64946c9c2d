import should from 'should';
import { readPlans } from '../../../../lib/plans';
import { startScripted } from '../../../support/core';
import { MovingCards } from './MovingCards';

const MINUTE = 60_000;
const DAILY = { count: 'sms', per: 'day', max: 3 };
const ROW = { name: 'Three', reserve: 0, sticky: 'off', limits: [DAILY] };

type Scripted = Awaited<ReturnType<typeof startScripted>>;

describe('what SIMs have used', () => {
  let core: Scripted;
  let api: MovingCards;
  let next = 0;
  beforeEach(async () => {
    api = new MovingCards(2);
    core = await startScripted({ settings: settingsOf(ROW), api });
  });
  afterEach(() => core.close());

  const settingsOf = (...rows: object[]) => ({ queueLimit: 2, plans: readPlans(rows, 'UTC') });
  const deploy = (...rows: object[]): void => core.join({ settings: settingsOf(...rows) });
  const left = (): number => api.sent.flatMap(({ param }) => param).length;
  const send = async (count: number, more: object = {}): Promise<number> => {
    const before = left();
    const to = Array.from({ length: count }, () => String(77_000 + next++));
    await core.take({ to, validity: 0, wait: 0, ...more });
    await core.clock.advance(5 * MINUTE);
    return left() - before;
  };
  const used = async () =>
    (await core.gateways.of('gateway')?.sims.usage())?.map((one) => one.used.map(({ value }) => value));

  /** Of both SIMs together. */
  const totals = async (): Promise<number[]> => {
    const [one = [], other = []] = (await used()) ?? [];
    return one.map((value, place) => value + (other[place] ?? 0));
  };

  it('is counted on when a deploy raises a limit, lowers it or gives the plan another name', async () => {
    should(await send(10)).equal(6);
    deploy({ ...ROW, limits: [{ ...DAILY, max: 4 }] });
    await core.clock.advance(5 * MINUTE);
    should(left()).equal(8);
    deploy({ ...ROW, name: 'Two', limits: [{ ...DAILY, max: 2 }] });
    await core.clock.advance(5 * MINUTE);
    should(left()).equal(8);
    should(await used()).eql([[4], [4]]);
    deploy({ ...ROW, name: 'Six', limits: [{ ...DAILY, max: 6 }] });
    await core.clock.advance(5 * MINUTE);
    should(left()).equal(10);
  });

  it('is counted on where plans change places, and where one row becomes two', async () => {
    should(await send(4)).equal(4);
    deploy({ ...ROW, name: 'first', match: { ports: [1] } }, { ...ROW, name: 'others' });
    should(await send(4)).equal(2);
    should(await used()).eql([[3], [3]]);
  });

  it('is counted of a limit from when a plan has it, beside what was counted before', async () => {
    should(await send(2)).equal(2);
    const segments = { count: 'segments', per: 'day', max: 5 };
    deploy({ ...ROW, limits: [DAILY, segments] });
    await core.clock.advance(MINUTE);
    should(await totals()).eql([2, 0]);
    // Each has two segments: none of the SIMs may send a third of them.
    should(await send(6, { text: 'x'.repeat(300) })).equal(3);
    should(await totals()).eql([5, 6]);
  });

  it('is there again when a plan comes back that was taken away for a while', async () => {
    should(await send(6)).equal(6);
    core.join({ settings: { queueLimit: 2, plans: [] } });
    should(await send(2)).equal(2);
    deploy(ROW);
    should(await send(2)).equal(0);
  });

  it('goes with its card to whatever port, also while SMS wait for that, and a new card begins at nothing', async () => {
    should(await send(3, { ports: [0] })).equal(3);
    should(await send(2, { ports: [0] })).equal(0);
    api.swap(0, 1);
    await core.clock.advance(5 * MINUTE);
    should(left()).equal(5);
    should(await send(3, { ports: [1] })).equal(0);
    api.put(1, '89430100000000009');
    await core.clock.advance(5 * MINUTE);
    should(left()).equal(8);
    should(await used()).eql([[2], [3]]);
  });
});
