import { getEventListeners } from 'node:events';
import should from 'should';
import { atMost, KeyedMutex, Ongoing, orAborted, pause, Semaphore, whenAborted } from '../../../lib/concurrency';
import { FakeClock } from '../../support/FakeClock';

const gone = (): Error => new Error('gone');
const full = (): Error => new Error('full');
const listeners = ({ signal }: AbortController): number => getEventListeners(signal, 'abort').length;
const never = new Promise<void>(() => undefined);

describe('waiting', () => {
  let clock: FakeClock;
  let end: AbortController;
  beforeEach(() => {
    clock = new FakeClock();
    end = new AbortController();
  });

  it('for an end calls once, at once where it has come, and can be taken back', () => {
    const calls: string[] = [];
    const release = whenAborted(end.signal, () => calls.push('taken back'));
    whenAborted(end.signal, () => calls.push('heard'));
    release();
    end.abort();
    whenAborted(end.signal, () => calls.push('at once'));
    should(calls).eql(['heard', 'at once']);
  });

  it('for time leaves neither a timer nor a listener, whichever comes first', async () => {
    const whole = pause(clock, 1000, end.signal);
    await clock.advance(1000);
    await whole;
    should([clock.running, listeners(end)]).eql([0, 0]);
    const cut = pause(clock, 1000, end.signal);
    end.abort();
    await cut;
    should([clock.running, listeners(end)]).eql([0, 0]);
    await pause(clock, 1000, end.signal);
    should(clock.running).equal(0);
  });

  it('for work at most so long leaves no timer', async () => {
    should(await atMost(clock, 1000, Promise.resolve('done'))).equal('done');
    should(clock.running).equal(0);
    const late = atMost(clock, 1000, never);
    await clock.advance(1000);
    should(await late).be.undefined();
    await should(atMost(clock, 1000, Promise.reject(gone()))).be.rejectedWith('gone');
    should(clock.running).equal(0);
  });

  it('for work or an end leaves no listener', async () => {
    should(await orAborted(Promise.resolve(1), end.signal, gone)).equal(1);
    await should(orAborted(Promise.reject(full()), end.signal, gone)).be.rejectedWith('full');
    should(listeners(end)).equal(0);
    const given = orAborted(never, end.signal, gone);
    end.abort();
    await should(given).be.rejectedWith('gone');
  });
});

describe('one after the other', () => {
  it('goes on behind who gives up and who fails, and turns away who comes when too many wait', async () => {
    const mutex = new Semaphore({ places: 1, most: 3, createAbortError: gone, createFullError: full });
    const end = new AbortController();
    const done: string[] = [];
    let letGo = (): void => undefined;
    const first = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const work = (name: string) => async (): Promise<void> => void done.push(name);
    const all = [
      mutex.run(() => first),
      mutex.run(work('gives up'), end.signal),
      mutex.run(() => Promise.reject(new Error('fails'))),
      mutex.run(work('last')),
      mutex.run(work('one too many')),
    ];
    const ends = Promise.allSettled(all);
    should(mutex.waiting).equal(3);
    end.abort();
    letGo();
    const reasons = (await ends).map((one) => (one.status === 'rejected' ? (one.reason as Error).message : ''));
    should(reasons).eql(['', 'gone', 'fails', '', 'full']);
    should(done).eql(['last']);
    should([mutex.isIdle, listeners(end)]).eql([true, 0]);
  });

  it('by key holds up only the same key, and keeps nothing of a key that nobody is at', async () => {
    const mutex = new KeyedMutex<number>({ createAbortError: gone });
    const kept = (mutex as unknown as { byKey: Map<number, unknown> }).byKey;
    const order: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      order.push(name);
      await Promise.resolve();
      order.push(name);
    };
    await Promise.all([mutex.run(1, work('a')), mutex.run(1, work('b')), mutex.run(2, work('c'))]);
    should(order).eql(['a', 'c', 'a', 'c', 'b', 'b']);
    should(kept.size).equal(0);
    for (let key = 0; key < 1000; key++) await mutex.run(key, async () => undefined);
    should(kept.size).equal(0);
  });
});

describe('what is under way', () => {
  it('is waited for, with what begins meanwhile', async () => {
    const ongoing = new Ongoing();
    await ongoing.settled();
    const ends: (() => void)[] = [];
    const run = (): Promise<void> => ongoing.run(() => new Promise<void>((resolve) => ends.push(resolve)));
    const first = run();
    let isSettled = false;
    const settled = ongoing.settled().then(() => {
      isSettled = true;
    });
    const second = run();
    ends[0]?.();
    await first;
    should([isSettled, ongoing.isIdle]).eql([false, false]);
    ends[1]?.();
    await Promise.all([second, settled]);
    should(ongoing.isIdle).be.true();
  });

  it('has signals of its own, which end with it, with the whole, and with the caller’s', async () => {
    const ongoing = new Ongoing();
    const caller = new AbortController();
    const ended: string[] = [];
    const piece = (name: string, outer?: AbortController): Promise<void> =>
      ongoing.run(
        ({ signal }) =>
          new Promise((resolve) =>
            whenAborted(signal, () => {
              ended.push(name);
              resolve();
            }),
          ),
        outer,
      );
    for (let count = 0; count < 1000; count++) await ongoing.run(async ({ signal }) => void signal, caller);
    should(listeners(caller)).equal(0);
    const first = piece('by its caller', caller);
    const second = piece('by the whole');
    caller.abort();
    await first;
    ongoing.abort();
    await second;
    await piece('begun afterwards');
    should(ended).eql(['by its caller', 'by the whole', 'begun afterwards']);
    should((ongoing as unknown as { pieces: Set<unknown> }).pieces.size).equal(0);
  });
});
