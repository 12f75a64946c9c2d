import fc from 'fast-check';
import should from 'should';
import { type FaultKind, faultKinds } from '../../simulator/http/Faults';
import { runStream, SEND, stream, withCore } from '../support/violence/faulting';
import { Tally } from '../support/violence/verdict';

/** What becomes of one SMS that meets a fault on an otherwise healthy gateway. */
const endOf = (fault: FaultKind): string => (fault === 'badRequest400' ? 'REFUSED' : 'DELIVERED');

/** What was told of it, and how often the gateway has it. */
function meet(fault: FaultKind): Promise<{ statuses: string[]; times: number }> {
  return withCore({}, async (core) => {
    await core.take();
    await core.judge();
    core.simulator.fault({ fault, times: 1, path: SEND, ms: 2000 });
    // Connections that ended are noticed before the next SMS comes: what is sent into one of those is in doubt.
    await core.pass(1);
    const [number = ''] = await core.take();
    await core.until(() => core.statuses(number).includes(endOf(fault)), 120);
    const times = core.simulator.submitted.filter((sms) => sms.number === number).length;
    return { statuses: core.statuses(number), times };
  });
}

describe('an SMS that meets a fault of the gateway while it is handed over', function () {
  this.timeout(120_000);
  // All at once: each of them mostly waits.
  const met = new Map<FaultKind, ReturnType<typeof meet>>();
  before(() => {
    for (const fault of faultKinds) met.set(fault, meet(fault));
  });

  for (const fault of faultKinds) {
    it(`${fault}: is ${endOf(fault)} and was taken ${endOf(fault) === 'REFUSED' ? 'never' : 'once'}`, async () => {
      const { statuses = [], times } = (await met.get(fault)) ?? {};
      should(statuses.at(-1)).equal(endOf(fault));
      should(times).equal(endOf(fault) === 'REFUSED' ? 0 : 1);
    });
  }

  it('is not taken for lost while it is handed over, where several requests go at a time', () =>
    withCore({ settings: { concurrency: 3, queueLimit: 0 } }, async (core) => {
      core.simulator.fault({ fault: 'slow', times: 3, path: SEND, ms: 7000 });
      await Promise.all([core.take(), core.take(2), core.take(), core.take(3)]);
      await core.judge();
      await core.pass(5);
      const { doubled, acknowledged, submitted } = core.book.judge(core.simulator);
      should({ doubled, submitted }).eql({ doubled: [], submitted: acknowledged });
    }));

  it('is never lost or doubled, whatever faults follow each other', async () => {
    const tally = new Tally();
    const seed = Date.now() % 100_000;
    const streams = fc.sample(stream, { numRuns: 8, seed });
    const faults = await Promise.all(streams.map((one) => runStream(one, tally)));
    should(faults.reduce((sum, count) => sum + count, 0)).be.above(3);
    tally.report(`faults in random order, seed ${seed}`);
  });
});
