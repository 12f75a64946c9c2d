import should from 'should';
import { whenAborted } from '../../../../lib/concurrency';
import { GatewayError } from '../../../../lib/gateway-api';
import { Intake } from '../../../../lib/runtime/sms/Intake';
import { FakeClock } from '../../../support/FakeClock';

const never = new AbortController();

/** Something that is waited for until the test says so. */
function held<T>() {
  let release: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    release = resolve;
  });
  return { promise, release };
}

/** Several turns of the event loop. */
const turns = async (count = 20): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
};

describe('inputs that are being taken', () => {
  let clock: FakeClock;
  let intake: Intake;
  beforeEach(() => {
    clock = new FakeClock();
    intake = new Intake(clock);
  });

  const there = (id = 'gateway') => ({ id, gateway: () => Promise.resolve(id) });
  /** An input that begins in its turn, as a node's does. */
  const inTurn = (work: () => Promise<void>, isUrgent = false): Promise<void> =>
    new Promise((resolve) => intake.inTurn('gateway', () => resolve(intake.run(there(), never, work)), isUrgent));
  /** Ends a gateway node; `isOver` says whether that is done. */
  const ending = (id = 'gateway') => {
    const end = { isOver: false };
    void intake.end(id).then(() => {
      end.isOver = true;
    });
    return end;
  };

  it('are waited for by the end of their gateway node, wherever they are: at a gateway that isn’t there yet, in the store', async () => {
    const gateway = held<string>();
    const store = held<string>();
    const taking = intake.run({ id: 'gateway', gateway: () => gateway.promise }, never, () => store.promise);
    const end = ending();
    await turns();
    should(end.isOver).be.false();
    gateway.release('there');
    await turns();
    should([end.isOver, intake.isEmpty]).eql([false, false]);
    store.release('kept');
    should(await taking).equal('kept');
    await turns();
    should([end.isOver, intake.isEmpty]).eql([true, true]);
    should(clock.next).be.undefined();
  });

  it('begin so many in a turn of the event loop, in the order of coming, and an urgent one passes the rest', async () => {
    const begun: string[] = [];
    const take = (name: string, isUrgent = false): Promise<void> => inTurn(async () => void begun.push(name), isUrgent);
    const names = Array.from({ length: 1000 }, (_, place) => `bulk ${place}`);
    const bulk = names.map((name) => take(name));
    await take('alarm', true);
    should(begun.indexOf('alarm')).be.belowOrEqual(64);
    await Promise.all(bulk);
    should(begun.filter((name) => name !== 'alarm')).eql(names);
  });

  it('begin few in a turn while an alarm is on its way', async () => {
    let hasAlarm = true;
    intake = new Intake(clock, () => hasAlarm);
    let begun = 0;
    const bulk = Array.from({ length: 300 }, () => inTurn(async () => void begun++));
    await turns(3);
    should(begun).be.within(8, 40);
    hasAlarm = false;
    await turns(3);
    should(begun).be.above(128);
    await Promise.all(bulk);
    should(begun).equal(300);
  });

  it('are refused where they are given up before their turn, and nothing is begun for them any more', async () => {
    const store = held<void>();
    let begun = 0;
    const work = (): Promise<void> => {
      begun += 1;
      return store.promise;
    };
    const all = Array.from({ length: 100 }, () => inTurn(work).catch((error: GatewayError) => error.code));
    const end = intake.end('gateway');
    await turns();
    await clock.advance(8000);
    await end;
    const atTheEnd = begun;
    should(await Promise.all(all)).eql(Array(100).fill('STOPPED'));
    await turns();
    should(begun).equal(atTheEnd);
  });

  it('are waited for before their turn has come, and forgotten when each is kept', async () => {
    let kept = 0;
    const all = Array.from({ length: 100 }, () => inTurn(async () => void kept++));
    should(kept).be.below(100);
    await intake.end('gateway');
    should(kept).equal(100);
    await Promise.all(all);
    should(intake.isEmpty).be.true();
  });

  it('hold up only their own gateway node', async () => {
    const store = held<void>();
    const taking = intake.run(there('other'), never, () => store.promise);
    await intake.end('gateway');
    store.release();
    await taking;
  });

  it('are still those of a gateway node when they come while it ends', async () => {
    const [first, second] = [held<void>(), held<void>()];
    const one = intake.run(there(), never, () => first.promise);
    const end = ending();
    await turns();
    const two = intake.run(there(), never, () => second.promise);
    first.release();
    await one;
    await turns();
    should(end.isOver).be.false();
    second.release();
    await two;
    await turns();
    should(end.isOver).be.true();
  });

  it('no longer wait for what isn’t there when their gateway or their own node ends', async () => {
    const waits = (signal: AbortSignal): Promise<never> =>
      new Promise((_, reject) => whenAborted(signal, () => reject(new Error('no store'))));
    const own = new AbortController();
    const ofNode = intake.run(there(), own, (_, getSignal) => waits(getSignal()));
    const ofGateway = intake.run(there(), never, (_, getSignal) => waits(getSignal()));
    own.abort();
    await should(ofNode).be.rejectedWith('no store');
    const end = ending();
    await should(ofGateway).be.rejectedWith('no store');
    await turns();
    should(end.isOver).be.true();
  });

  it('are refused, by an error that leaves open whether they were kept, when that takes too long', async () => {
    const refused = intake.run(there(), never, () => new Promise(() => undefined)).catch((reason: unknown) => reason);
    const end = ending();
    await turns();
    await clock.advance(7999);
    should(end.isOver).be.false();
    await clock.advance(1);
    should(await refused)
      .be.instanceof(GatewayError)
      .and.match({ code: 'STOPPED', taken: 'unknown' });
    await turns();
    should([end.isOver, intake.isEmpty]).eql([true, true]);
  });

  it('are taken in the order in which they came, also when a later one’s gateway is known first', async () => {
    const replaced = held<string>();
    const order: string[] = [];
    const note = (name: string) => async () => void order.push(name);
    const one = intake.run({ id: 'gateway', gateway: () => replaced.promise }, never, note('first'));
    const two = intake.run(there(), never, note('second'));
    await turns();
    replaced.release('the new one');
    await Promise.all([one, two]);
    should(order).eql(['first', 'second']);
  });

  it('wait for nobody who was refused', async () => {
    const one = intake.run(
      { id: 'gateway', gateway: () => Promise.reject(new Error('not set up')) },
      never,
      async () => 1,
    );
    const two = intake.run(there(), never, async () => 2);
    await should(one).be.rejectedWith('not set up');
    should(await two).equal(2);
    should(intake.isEmpty).be.true();
  });
});
