import should from 'should';
import { Outcomes } from '../../../../../lib/messaging/sms/outcome/Outcomes';
import { MemoryStore, type StoredSms, StoreUnavailable } from '../../../../../lib/store';
import { FakeClock, settled } from '../../../../support/FakeClock';
import { idsOf, take } from '../../../store/conformance/given';

describe('send sms: what is read for an outcome', () => {
  let store: MemoryStore;
  let outcomes: Outcomes;
  let left: string[];
  let clock: FakeClock;

  beforeEach(async () => {
    store = new MemoryStore({ random: () => 0 });
    await store.open();
    left = [];
    clock = new FakeClock();
    const onOutcome = async ({ id }: { id: string }): Promise<void> => void left.push(id);
    outcomes = new Outcomes({ store, clock, onOutcome, onUpdate: () => undefined });
  });

  const send = async (...ids: (number | undefined)[]): Promise<void> => {
    const changes = ids.map((id = 0) => ({ id, status: 'SENT_OK', stage: 'sent' }) as const);
    await outcomes.changed(await store.change(changes), new Set());
  };

  it('is read again where the last recipient changes while the others are being read', async () => {
    const [one, other] = idsOf(await take(store, 'a', [{}, {}]));
    const read = store.outcomes.bind(store);
    let answer = (): void => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    store.outcomes = async (ids) => {
      store.outcomes = read;
      const parts = await read(ids);
      await answered;
      return parts;
    };
    const changes = [send(one)];
    await settled();
    changes.push(send(other));
    await settled();
    answer();
    await Promise.all(changes);
    should(left).deepEqual(['a']);
  });

  it('is read again after a while where the store could not say it', async () => {
    const [sms] = idsOf(await take(store, 'a', [{}]));
    const read = store.outcomes.bind(store);
    store.outcomes = () => Promise.reject(new StoreUnavailable('the disk is full'));
    await should(send(sms)).be.rejectedWith(/full/);
    await clock.advance(2000);
    should(left).deepEqual([]);
    store.outcomes = read;
    await clock.advance(2000);
    should(left).deepEqual(['a']);
  });

  it('is read and noted at once for all that one answer completes', async () => {
    const taken: StoredSms[][] = [];
    for (const id of ['a', 'b', 'c', 'd']) taken.push(await take(store, id, [{}]));
    const asked: string[] = [];
    for (const method of ['inputs', 'outcomes', 'recipients', 'closeInputs'] as const) {
      const ask = store[method].bind(store) as (...args: unknown[]) => Promise<never>;
      store[method] = (...args: unknown[]) => {
        asked.push(method);
        return ask(...args);
      };
    }
    await send(...idsOf(taken.flat()));
    should(left).deepEqual(['a', 'b', 'c', 'd']);
    should(asked).eql(['inputs', 'outcomes', 'closeInputs']);
    should((await store.inputs(['a', 'b', 'c', 'd'])).every(({ closed_at }) => closed_at > 0)).be.true();
  });
});
