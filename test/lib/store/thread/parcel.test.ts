import { setImmediate as turn } from 'node:timers/promises';
import should from 'should';
import { Parcel } from '../../../../lib/store/thread/Parcel';

describe('a parcel to the thread of the store', () => {
  it('takes along what comes in one turn of the event loop, where that can wait, in its order and once', async () => {
    const sent: number[][] = [];
    const parcel = new Parcel<number>((items) => void sent.push(items));
    parcel.add(1, true);
    await Promise.resolve();
    parcel.add(2, true);
    await Promise.resolve();
    should(sent).be.empty();
    await turn();
    await turn();
    parcel.add(3, true);
    await turn();
    await turn();
    should(sent).deepEqual([[1, 2], [3]]);
  });

  it('leaves at once with what cannot wait, and with what came before it', async () => {
    const sent: number[][] = [];
    const parcel = new Parcel<number>((items) => void sent.push(items));
    parcel.add(1, true);
    parcel.add(2);
    parcel.add(3);
    await Promise.resolve();
    should(sent).deepEqual([[1, 2, 3]]);
    await turn();
    await turn();
    should(sent).have.length(1);
  });
});
