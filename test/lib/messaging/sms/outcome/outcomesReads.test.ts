import should from 'should';
import { Outcomes } from '../../../../../lib/messaging/sms/outcome/Outcomes';
import { MemoryStore } from '../../../../../lib/store';
import { FakeClock } from '../../../../support/FakeClock';
import { take } from '../../../store/conformance/given';

describe('send sms: what is read to find out whether an outcome leaves', () => {
  const SENT = { status: 'SENT_OK', stage: 'sent' } as const;
  let store: MemoryStore;
  let outcomes: Outcomes;
  let left: string[];
  /** The inputs whose recipients were all read. */
  let whole: string[];

  beforeEach(async () => {
    store = new MemoryStore({ random: () => 0 });
    await store.open();
    [left, whole] = [[], []];
    const { outcomes: read } = store;
    store.outcomes = async (ids) => {
      whole.push(...ids);
      return read.call(store, ids);
    };
    const onOutcome = async ({ id }: { id: string }): Promise<void> => void left.push(id);
    outcomes = new Outcomes({ store, clock: new FakeClock(), onOutcome, onUpdate: () => undefined });
  });
  const change = async (id: number): Promise<void> =>
    outcomes.changed(await store.change([{ id, ...SENT }]), new Set([id]));

  it('are not all recipients where the first of them is pending, and many inputs are looked through', async () => {
    const complete = await take(store, 'complete', [{}, {}]);
    const half = await take(store, 'half', [{}, {}]);
    await take(store, 'waiting', [{}, {}]);
    await store.change([...complete, ...half.slice(0, 1)].map(({ id }) => ({ id, ...SENT })));
    await outcomes.reviewMany(await store.openInputs(['g1'], '', 10));
    should(left).eql(['complete']);
    should(whole).containEql('half').and.not.containEql('waiting');
  });

  it('are all recipients once when the first one changes, and once for the outcome', async () => {
    for (const { id } of await take(store, 'a', [{}, {}, {}, {}])) await change(id);
    should(left).eql(['a']);
    should(whole.length).be.belowOrEqual(2);
  });
});
