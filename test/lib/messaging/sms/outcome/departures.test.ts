import should from 'should';
import { Departures } from '../../../../../lib/messaging/sms/outcome/Departures';
import { Outcomes, type OutcomesOptions } from '../../../../../lib/messaging/sms/outcome/Outcomes';
import { MemoryStore } from '../../../../../lib/store';
import { FakeClock } from '../../../../support/FakeClock';
import { take } from '../../../store/conformance/given';

describe('an outcome that has left', () => {
  it('is known after it was noted, too: a database that crashes may lose the note', async () => {
    const departures = new Departures({ closeInputs: async () => [] }, new FakeClock(), () => undefined);
    await departures.note('a', 'timed out');
    should(departures.of('a')).equal('timed out');
    should(departures.of('b')).equal(undefined);
  });
});

describe('an outcome that is due while the store falls away', () => {
  const SENT = { status: 'SENT_OK', stage: 'sent' } as const;
  let store: MemoryStore;
  let clock: FakeClock;
  let left: string[];
  beforeEach(async () => {
    store = new MemoryStore({ random: () => 0 });
    await store.open();
    clock = new FakeClock();
    left = [];
  });
  const outcomesOf = (more: Partial<OutcomesOptions> = {}): Outcomes => {
    const onOutcome = async ({ id }: { id: string }): Promise<void> => void left.push(id);
    return new Outcomes({ store, clock, onOutcome, onUpdate: () => undefined, ...more });
  };
  const change = async (outcomes: Outcomes, id: number): Promise<void> =>
    outcomes.changed(await store.change([{ id, ...SENT }]), new Set([id]));

  it('leaves when the store is back, though it was away right after the last change: nothing comes after it', async () => {
    const outcomes = outcomesOf();
    const [first, second] = await take(store, 'a', [{}, {}]);
    await change(outcomes, first?.id ?? 0);
    store.inputs = () => Promise.reject(new Error('away'));
    await should(change(outcomes, second?.id ?? 0)).be.rejectedWith('away');
    should(left).eql([]);
    await clock.advance(10_000);
    should(left).eql(['a']);
  });

  it('leaves by the machine that it belongs to, though that one couldn’t be told at first', async () => {
    let tries = 0;
    const told: string[] = [];
    const outcomes = outcomesOf({
      mayLeave: async ({ id }) => {
        if (++tries < 3) throw new Error('away');
        told.push(id);
        return false;
      },
    });
    const [only] = await take(store, 'a', [{}]);
    await should(change(outcomes, only?.id ?? 0)).be.rejectedWith('away');
    await clock.advance(10_000);
    should(told).eql(['a']);
    should(left).eql([]);
  });
});
