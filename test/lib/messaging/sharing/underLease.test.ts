import should from 'should';
import { followsError } from '../../../../lib/messaging/sharing/GatewayLease';
import { underLease } from '../../../../lib/messaging/sharing/underLease';
import { MemoryStore, type Store, StoreUnavailable } from '../../../../lib/store';

/** Of everything that a store can do (the compiler sees that nothing is left out): whether only the holder of the lease may. */
const ONLY_HELD: Record<keyof Store, boolean> = {
  ...{ begin: true, change: true, withdrawStopped: true, changeUsage: true, closeInputs: true, prolong: true },
  ...{ putNotes: true, forgetNotes: true },
  // Taking an input, and what is said of a job, is for whichever machine is asked.
  ...{
    durable: false,
    open: false,
    close: false,
    reserveUserIds: false,
    take: false,
    commandJobs: false,
    prune: false,
  },
  ...{ waiting: false, sms: false, find: false, due: false, nextDue: false, expired: false, heldDue: false },
  ...{ standbyDue: false, waitingCounts: false, portSetCounts: false, chosenPortCounts: false, usage: false },
  ...{ submissions: false, submittedSince: false, begunTo: false, jobNames: false, jobTallies: false, listJobs: false },
  ...{ heldCounts: false, firstExpiry: false, inputs: false, recipients: false, outcomes: false, inputsDue: false },
  ...{ openInputs: false, notes: false, noteKeys: false },
};

describe('a gateway’s store where several machines share it', () => {
  const lease = { isHeld: false };
  let called: string[];
  let store: Store;

  beforeEach(() => {
    lease.isHeld = false;
    called = [];
    const all = Object.keys(ONLY_HELD).map((name) => [
      name,
      async (...given: unknown[]) => {
        called.push(name);
        return given;
      },
    ]);
    store = underLease({ ...Object.fromEntries(all), durable: true } as Store, lease, () => ['g1', 'g2']);
  });

  const call = (name: keyof Store): Promise<unknown> =>
    (store[name] as unknown as (...given: unknown[]) => Promise<unknown>)('one', 2);

  it('changes nothing of SMS, counters, cursors and notes without the lease, and all of it with it', async () => {
    for (const [name, isOnlyHeld] of Object.entries(ONLY_HELD) as [keyof Store, boolean][]) {
      if (name === 'durable') continue;
      lease.isHeld = false;
      called = [];
      if (isOnlyHeld) {
        await should(call(name)).be.rejectedWith(/another machine talks to this/);
        should(called).eql([]);
      } else should(await call(name)).eql(['one', 2]);
      lease.isHeld = true;
      // What doesn't tell by itself whose it is says under whose lease it is written.
      const isUnder = ['changeUsage', 'putNotes', 'forgetNotes'].includes(name);
      should(await call(name)).eql(['one', isUnder ? ['g1', 'g2'] : 2], name);
      should(called.at(-1)).equal(name);
    }
  });

  it('is the same in all else, and asks for the lease each time', async () => {
    const real = new MemoryStore({ random: Math.random });
    await real.open();
    const shared = underLease(real, lease, () => ['g1']);
    should(shared.durable).equal(real.durable);
    const put = shared.putNotes(new Map([['one', '1']]));
    await should(put).be.rejectedWith(StoreUnavailable);
    lease.isHeld = true;
    await shared.putNotes(new Map([['one', '2']]));
    lease.isHeld = false;
    should([...(await shared.notes(['one']))]).eql([['one', '2']]);
  });

  it('isn’t asked by a question to a gateway that is another machine’s: that is told which, where it is known', () => {
    should(followsError({ holder: 'first' })).match({
      code: 'BUSY',
      taken: 'no',
      message: /^first talks to this gateway now/,
    });
    should(followsError()).match({ message: 'No machine talks to this gateway now; ask again later' });
  });
});
