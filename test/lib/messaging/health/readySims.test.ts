import should from 'should';
import { ReadySims } from '../../../../lib/messaging/health/ReadySims';

describe('which SIMs of a gateway are ready', () => {
  let sims: ReadySims;
  beforeEach(() => {
    sims = new ReadySims();
  });

  it('nobody knows before the gateway has told of one', () => {
    should(sims.ready).be.undefined();
    should(sims.noneFor(5000)).be.undefined();
    sims.answered([{ port: 0 }, { port: 1, reg: '  ' }, { port: 77, reg: 'REGISTER_OK' }], 1000);
    should(sims.ready).be.undefined();
    should(sims.told).equal(1000);
  });

  it('are those whose registration is in order, as the gateway answered or pushed last', () => {
    sims.answered(
      [
        { port: 0, reg: 'REGISTER_OK' },
        { port: 3, reg: 'UNREGISTER' },
      ],
      1000,
    );
    should(sims.ready).eql([0]);
    sims.pushed([{ port: 3, status: 'up' } as never, { port: 0, status: 'down' } as never], 2000);
    should(sims.ready).eql([3]);
    sims.pushed([{ port: 3, status: 'sideways' } as never, { port: 99, status: 'up' } as never], 3000);
    should(sims.ready).eql([3]);
    should([...sims.ports]).eql([
      [0, false],
      [3, true],
    ]);
  });

  it('are none since the moment at which the last one was lost, by an answer, a push or no port at all', () => {
    sims.answered([{ port: 0, reg: 'REGISTER_OK' }], 1000);
    should(sims.noneFor(9000)).equal(0);
    sims.answered([{ port: 0, reg: 'UNREGISTER' }], 10_000);
    sims.answered([{ port: 0, reg: 'UNREGISTER' }], 12_000);
    should(sims.noneFor(15_000)).equal(5000);
    sims.pushed([{ port: 0, status: 'up' } as never], 16_000);
    should(sims.noneFor(17_000)).equal(0);
    sims.pushed([{ port: 0, status: 'down' } as never], 20_000);
    should(sims.noneFor(21_000)).equal(1000);
    sims.pushed([{ port: 0, status: 'up' } as never], 22_000);
    sims.answeredNone(30_000);
    should(sims.ready).eql([]);
    should(sims.noneFor(31_000)).equal(1000);
  });
});
