import should from 'should';
import type { Machine } from '../../../lib/machines';
import { Tenure } from '../../../lib/machines';
import { FakeClock } from '../../support/FakeClock';

describe('a gateway as long as a machine has it', () => {
  const scene = () => {
    const epochs = new Map([
      ['one', 3],
      ['two', 5],
    ]);
    const left = new Map([
      ['one', 9000],
      ['two', 7000],
    ]);
    const machine = {
      lease: 15_000,
      epochOf: (gateway: string) => epochs.get(gateway),
      left: (gateway: string) => left.get(gateway) ?? 0,
    } as Machine;
    const clock = new FakeClock();
    return { epochs, left, clock, tenure: new Tenure(machine, clock, ['one', 'two']) };
  };

  it('has what is left of the lease that ends first, and requests that end 5 s before a lease does', () => {
    const { tenure, left } = scene();
    should(tenure.isHeld).be.true();
    should(tenure.left).equal(7000);
    left.set('one', 100);
    should(tenure.left).equal(100);
    should(tenure.timeout).equal(10_000);
  });

  it('is over as soon as one of its config nodes is another machine’s, or was in between', () => {
    for (const epoch of [undefined, 6]) {
      const { tenure, epochs } = scene();
      if (epoch === undefined) epochs.delete('two');
      else epochs.set('two', epoch);
      should(tenure.isHeld).be.false();
      should(tenure.left).equal(0);
    }
  });

  it('lets a request wait until enough of it is left, or it is over', async () => {
    const { tenure, left, epochs, clock } = scene();
    let waited = 0;
    void tenure.untilLeft(8000).then(() => {
      waited += 1;
    });
    await clock.advance(1000);
    should(waited).equal(0);
    left.set('two', 8000);
    await clock.advance(1000);
    should(waited).equal(1);
    void tenure.untilLeft(20_000).then(() => {
      waited += 1;
    });
    await clock.advance(1000);
    should(waited).equal(1);
    epochs.clear();
    await clock.advance(1000);
    should(waited).equal(2);
  });
});
