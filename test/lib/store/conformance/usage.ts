import should from 'should';
import type { Charge, ChosenSim, Store, UsageQuestion } from '../../../../lib/store';
import { idsOf, take } from './given';

const WEEK = 7 * 86_400_000;
const DAILY: Charge = { card: 'c1', counter: 'sms/day', period: 100, until: 200, amount: 1 };
const PERSON: Charge = { card: 'c1', counter: 'recipients/day', period: 100, until: 200, amount: 1, recipient: 'ann' };
const HOURLY: Charge = { card: 'c1', counter: 'sms/hour', period: 3, until: 160, amount: 1, sliding: true };
const sim = (charges: Charge[], port = 2): ChosenSim => ({ port, card: 'c1', charges });

export function describeUsage(store: () => Store): void {
  /** How much is counted, each row by its amount and end, in the order of ends. */
  const counted = async (question: Partial<UsageQuestion> = {}, now = 0): Promise<number[][]> => {
    const { rows } = await store().usage([{ card: 'c1', counter: 'sms/day', ...question }], [], now);
    return rows.map(({ amount, until }) => [amount, until]).sort(([, one = 0], [, other = 0]) => one - other);
  };
  const knows = async (recipient: string, now = 0): Promise<string[]> =>
    (await store().usage([], [recipient], now)).known.map(({ card, counter }) => `${card} ${counter}`);

  describe('what SIM cards have used', () => {
    it('is counted when the intent to send is written, for those that were still waiting', async () => {
      const [one, two] = idsOf(await take(store(), 'a', [{}, {}])) as [number, number];
      const sims = { [one]: sim([DAILY]), [two]: sim([{ ...DAILY, amount: 3 }]) };
      const [begun] = await store().begin({ gateway: 'g1', at: 5, sms: [one], sims });
      should(begun?.sim).deepEqual(sims[one]);
      should(await counted()).eql([[1, 200]]);
      await store().begin({ gateway: 'g1', at: 6, sms: [one, two], sims });
      should(await counted()).eql([[4, 200]]);
      should(await store().sms([one, two])).match([{ sim: sims[one] }, { sim: sims[two] }]);
      should((await store().submissions(['g1'])).every((submission) => !('sims' in submission))).be.true();
    });

    it('is given back where an SMS turns out not to have left, once', async () => {
      const [one, two] = idsOf(await take(store(), 'a', [{}, {}])) as [number, number];
      const sims = { [one]: sim([DAILY, PERSON]), [two]: sim([DAILY, PERSON, HOURLY]) };
      await store().begin({ gateway: 'g1', at: 5, sms: [one, two], sims });
      const back = { id: one, stage: 'waiting', giveBack: true } as const;
      should(await store().change([back], ['doubt'])).eql([]);
      should(await counted()).eql([[2, 200]]);
      const [waiting] = await store().change([back], ['submitting']);
      await store().change([{ id: one, giveBack: true }]);
      should(waiting).not.have.property('sim');
      should(waiting).not.have.property('giveBack');
      should(await counted()).eql([[1, 200]]);
      should(await counted({ counter: 'recipients/day' })).eql([[1, 200]]);
      await store().change([{ id: two, stage: 'done', giveBack: true }]);
      for (const counter of ['sms/day', 'recipients/day', 'sms/hour']) should(await counted({ counter })).eql([]);
      should(await knows('ann')).eql([]);
    });

    it('is charged otherwise in the same change, but for what has been given back', async () => {
      const [one, two] = idsOf(await take(store(), 'a', [{}, {}])) as [number, number];
      const sims = { [one]: sim([DAILY, PERSON]), [two]: sim([DAILY]) };
      await store().begin({ gateway: 'g1', at: 5, sms: [one, two], sims });
      const tomorrow = { ...DAILY, period: 200, until: 300 };
      const recharge = sim([DAILY, tomorrow, { ...HOURLY, until: 170 }]);
      should(await store().change([{ id: one, recharge }], ['doubt'])).eql([]);
      const [changed] = await store().change([{ id: one, status: 'SENT_OK', recharge }], ['submitting']);
      should(changed).match({ status: 'SENT_OK', sim: recharge });
      should(changed).not.have.property('recharge');
      should(await counted()).eql([
        [2, 200],
        [1, 300],
      ]);
      should(await counted({ counter: 'sms/hour' })).eql([[1, 170]]);
      should(await knows('ann')).eql([]);
      await store().change([{ id: two, giveBack: true }]);
      should(await store().change([{ id: two, recharge }])).not.match([{ sim: recharge }]);
      await store().change([{ id: one, giveBack: true }]);
      should(await counted()).eql([]);
      should(await counted({ counter: 'sms/hour' })).eql([]);
    });

    it('stays counted where an SMS is sent again though it may have left', async () => {
      const [id] = idsOf(await take(store(), 'a', [{}])) as [number];
      await store().begin({ gateway: 'g1', at: 5, sms: [id], sims: { [id]: sim([DAILY]) } });
      await store().change([{ id, stage: 'waiting' }]);
      await store().begin({ gateway: 'g1', at: 6, sms: [id], sims: { [id]: sim([DAILY]) } });
      should(await counted()).eql([[2, 200]]);
      await store().change([{ id, stage: 'waiting', giveBack: true }]);
      should(await counted()).eql([[1, 200]]);
      await store().begin({ gateway: 'g1', at: 7, sms: [id] });
      await store().change([{ id, stage: 'waiting', giveBack: true }]);
      should(await counted()).eql([[1, 200]]);
    });

    it('is told by period, or as much of a sliding window as has not ended', async () => {
      const next = { ...DAILY, period: 200, until: 300 };
      const later = { ...HOURLY, period: 4, until: 170 };
      await store().changeUsage({ at: 100, use: [DAILY, next, HOURLY, later, { ...HOURLY, until: 165 }] });
      should(await counted({ period: 100 }, 1000)).eql([[1, 200]]);
      should(await counted({ period: 200 })).eql([[1, 300]]);
      should(await counted({ period: 300 })).eql([]);
      should(await counted({ counter: 'sms/hour' }, 164)).eql([
        [2, 165],
        [1, 170],
      ]);
      should(await counted({ counter: 'sms/hour' }, 165)).eql([[1, 170]]);
      should(await counted({ card: 'c2' })).eql([]);
    });

    it('counts different recipients once each, with those that end together in one row', async () => {
      const ben = { ...PERSON, recipient: 'ben' };
      await store().changeUsage({ at: 100, use: [PERSON, PERSON, ben, { ...PERSON, card: 'c2', counter: 'sticky' }] });
      should(await counted({ counter: 'recipients/day', period: 100 })).eql([[2, 200]]);
      should((await knows('ann')).sort()).eql(['c1 recipients/day', 'c2 sticky']);
      should(await knows('ann', 200)).eql([]);
      await store().changeUsage({ at: 100, giveBack: [PERSON] });
      should(await counted({ counter: 'recipients/day' })).eql([[2, 200]]);
      await store().changeUsage({ at: 100, giveBack: [PERSON, ben] });
      should(await counted({ counter: 'recipients/day' })).eql([]);
    });

    it('forgets parts of a sliding window that are over with the next one, and nothing of the calendar', async () => {
      await store().changeUsage({ at: 100, use: [HOURLY, DAILY, { ...PERSON, period: 0, until: 150, sliding: true }] });
      await store().changeUsage({ at: 160, use: [{ ...HOURLY, period: 9, until: 300 }, DAILY] });
      should(await counted({ counter: 'sms/hour' }, 0)).eql([[1, 300]]);
      should(await counted()).eql([[2, 200]]);
    });

    it('moves from a port to the card that is known to be in it, and adds to what that has used', async () => {
      const port = { card: 'port 3' };
      const ofPort = [
        { ...DAILY, ...port, until: 250 },
        { ...PERSON, ...port },
        { ...PERSON, ...port, recipient: 'eve' },
      ];
      await store().changeUsage({ at: 1, use: [DAILY, PERSON, ...ofPort] });
      await store().changeUsage({
        at: 1,
        move: [
          { from: 'port 3', to: 'c1' },
          { from: 'c1', to: 'c1' },
        ],
      });
      should(await counted()).eql([[2, 250]]);
      should(await counted({ counter: 'recipients/day' })).eql([[2, 200]]);
      should(await counted({ card: 'port 3' })).eql([]);
      should(await knows('eve')).eql(['c1 recipients/day']);
    });

    it('begins anew where it is reset, a period or a whole counter', async () => {
      await store().changeUsage({ at: 1, use: [DAILY, { ...DAILY, period: 200, until: 300 }, PERSON] });
      await store().changeUsage({
        at: 1,
        reset: [{ card: 'c1', counter: 'sms/day', period: 100 }],
        use: [{ ...DAILY, amount: 7 }],
      });
      should(await counted()).eql([
        [7, 200],
        [1, 300],
      ]);
      await store().changeUsage({
        at: 1,
        reset: ['sms/day', 'recipients/day'].map((counter) => ({ card: 'c1', counter })),
      });
      should(await counted()).eql([]);
      should(await knows('ann')).eql([]);
    });

    it('is forgotten a week after it has ended', async () => {
      await store().changeUsage({ at: 1, use: [DAILY, PERSON] });
      await store().prune(200 + WEEK, 10);
      should(await counted()).eql([[1, 200]]);
      await store().prune(201 + WEEK, 10);
      should(await counted()).eql([]);
      should(await knows('ann')).eql([]);
    });

    it('is told by ports of our choice, as long as their SMS lie in the gateway', async () => {
      const ids = idsOf(await take(store(), 'a', [{}, {}, {}, {}]));
      const [one, two, three, four] = ids as [number, number, number, number];
      const sims = { [one]: sim([], 3), [two]: sim([], 0), [three]: sim([], 3) };
      await store().begin({ gateway: 'g1', at: 1, sms: [one, two, three, four], sims });
      const counts = () => store().chosenPortCounts(['g1', 'g1']);
      should(await counts()).eql([
        { port: 0, count: 1 },
        { port: 3, count: 2 },
      ]);
      await store().change([
        { id: one, stage: 'gateway' },
        { id: two, stage: 'sent' },
        { id: three, stage: 'doubt' },
      ]);
      should(await counts()).eql([{ port: 3, count: 2 }]);
      should(await store().chosenPortCounts(['g2'])).eql([]);
    });
  });
}
