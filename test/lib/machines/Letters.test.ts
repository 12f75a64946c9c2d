import should from 'should';
import { Letters } from '../../../lib/machines';
import { FakeClock } from '../../support/FakeClock';
import { MemoryOutbox } from '../../support/machines/MemoryOutbox';

describe('what machines write to each other', () => {
  const scene = () => {
    const clock = new FakeClock();
    const outbox = new MemoryOutbox();
    const reader = (machine: string, gateways: string[] = []) => {
      const got: string[] = [];
      const failing = new Set<string>();
      const errors: string[] = [];
      const letters = new Letters({
        ...{ outbox: outbox.seenBy(), clock, machine, getGateways: () => gateways },
        onLetter: async (body) => {
          if (failing.has(body)) throw new Error('not now');
          got.push(body);
        },
        onError: ({ message }) => void errors.push(message),
      });
      letters.turn(true);
      return { letters, got, failing, errors };
    };
    return { clock, outbox, reader };
  };

  it('comes within half a second, in the order of writing, and is forgotten then', async () => {
    const { clock, outbox, reader } = scene();
    const { letters, got } = reader('one');
    for (const n of [1, 2, 3]) await letters.write({ machine: 'one' }, { n });
    await clock.advance(500);
    should(got).eql(['{"n":1}', '{"n":2}', '{"n":3}']);
    should(outbox.size).equal(0);
  });

  it('is forgotten soon after it is done, though what comes after it takes its time: a machine that dies does little again', async () => {
    const clock = new FakeClock();
    const outbox = new MemoryOutbox();
    const left: number[] = [];
    const onLetter = async (): Promise<void> => {
      left.push(outbox.size);
      await new Promise<void>((resolve) => void clock.after(60, resolve));
    };
    const letters = new Letters({
      ...{ outbox: outbox.seenBy(), clock, machine: 'one', getGateways: () => [], onLetter, onError: () => undefined },
    });
    letters.turn(true);
    for (const n of [1, 2, 3]) await letters.write({ machine: 'one' }, { n });
    await clock.advance(1000);
    should(left).eql([3, 2, 1]);
    should(outbox.size).equal(0);
  });

  it('comes to whichever machine holds the gateway by then', async () => {
    const { clock, reader } = scene();
    const held: string[] = [];
    const [one, two] = [reader('one'), reader('two', held)];
    await one.letters.write({ gateway: 'g' }, { is: 'pushed' });
    await clock.advance(5000);
    should(two.got).eql([]);
    held.push('g');
    await clock.advance(500);
    should(two.got).eql(['{"is":"pushed"}']);
    should(one.got).eql([]);
  });

  it('stays until what it asks for is done, and holds up nothing', async () => {
    const { clock, outbox, reader } = scene();
    const { letters, got, failing } = reader('one');
    failing.add('{"n":1}');
    await letters.write({ machine: 'one' }, { n: 1 });
    await letters.write({ machine: 'one' }, { n: 2 });
    await clock.advance(1000);
    should(got).eql(['{"n":2}']);
    should(outbox.size).equal(1);
    failing.clear();
    await clock.advance(1000);
    should(got).eql(['{"n":2}', '{"n":1}']);
    should(outbox.size).equal(0);
  });

  it('is given up with a word in the log when it could not be done for ten minutes: it may be garbled, or of another version', async () => {
    const { clock, outbox, reader } = scene();
    const { letters, failing, errors } = reader('one');
    failing.add('{"n":1}');
    await letters.write({ machine: 'one' }, { n: 1 });
    await clock.advance(590_000);
    should(outbox.size).equal(1);
    should(errors).eql([]);
    await clock.advance(15_000);
    should(outbox.size).equal(0);
    should(errors).eql(["What another machine wrote can't be done and is given up: not now"]);
  });

  it('is read though hundreds before it can’t be done', async () => {
    const { clock, reader } = scene();
    const { letters, got, failing } = reader('one');
    for (let n = 0; n < 600; n++) {
      failing.add(`{"n":${n}}`);
      await letters.write({ machine: 'one' }, { n });
    }
    await letters.write({ machine: 'one' }, { is: 'last' });
    await clock.advance(10_000);
    should(got).eql(['{"is":"last"}']);
  });

  it('is looked for by nobody who is alone: no timer runs', async () => {
    const { clock, reader } = scene();
    const { letters } = reader('one');
    await clock.advance(2000);
    letters.turn(false);
    should(clock.running).equal(0);
  });
});
