import should from 'should';
import { Scheduler } from '../../../lib/messaging/Scheduler';
import { type DueKind, MemoryStore } from '../../../lib/store';
import { startScripted } from '../../support/core';
import { FakeClock, START, settled } from '../../support/FakeClock';

describe('a scheduler', () => {
  let clock: FakeClock;
  /** When the task is due; each run takes the soonest away. */
  let dates: number[];
  let runs: number[];
  let failures: string[];
  let run: () => Promise<unknown>;
  let keeper: Scheduler;

  const untilFirst = (): number | undefined => dates[0] && dates[0] - clock.now();

  beforeEach(() => {
    clock = new FakeClock();
    dates = [];
    runs = [];
    failures = [];
    run = async () => {
      dates.shift();
      runs.push(clock.now() - START);
    };
    const due = async (): Promise<number | undefined> => untilFirst();
    keeper = new Scheduler(clock, { due, run: () => run() }, ({ message }) => void failures.push(message));
  });
  afterEach(() => keeper.stop());

  it('runs a task when it is due, and then when it is due again', async () => {
    dates = [START + 1000, START + 5000];
    keeper.look();
    await clock.advance(10_000);
    should(runs).deepEqual([1000, 5000]);
    should(clock.running).equal(0);
  });

  it('runs at once what is overdue, part by part, and leaves others their turn in between', async () => {
    dates = [START - 5000, START - 5000, START];
    keeper.look();
    await settled();
    should(runs).deepEqual([0]);
    await clock.advance(0);
    should(runs).deepEqual([0, 0, 0]);
  });

  it('looks no more often than it may, however often it is told, and at once after a quiet time', async () => {
    const looks: number[] = [];
    const due = async (): Promise<undefined> => void looks.push(clock.now() - START);
    const paced = new Scheduler(clock, { due, run, lookPauseMs: 250 }, () => undefined);
    const tell = async (): Promise<void> => {
      paced.look();
      paced.look();
      await clock.advance(100);
    };
    for (let at = 0; at < 500; at += 100) await tell();
    await clock.advance(1000);
    await tell();
    paced.stop();
    should(looks).deepEqual([0, 250, 500, 1500]);
  });

  it('runs a task with a pause no more often than it may, however much of it is due and however often it is told', async () => {
    const due = async (): Promise<number | undefined> => untilFirst();
    const paced = new Scheduler(clock, { due, run: () => run(), runPauseMs: 50 }, () => undefined);
    dates = [START, START, START, START + 1000];
    paced.look();
    for (let at = 0; at < 150; at += 10) {
      await clock.advance(10);
      paced.look();
    }
    await clock.advance(2000);
    paced.stop();
    should(runs).deepEqual([0, 50, 100, 1000]);
  });

  it('asks for nothing that isn’t due with every SMS: of all gateways once in a while, and only for what it is about', async () => {
    const store = new MemoryStore({ random: Math.random });
    const nextDue = store.nextDue.bind(store);
    const asked: (readonly DueKind[] | undefined)[] = [];
    store.nextDue = (gateways, kinds) => {
      asked.push(kinds);
      return nextDue(gateways, kinds);
    };
    const core = await startScripted({ store });
    await core.clock.advance(1000);
    asked.length = 0;
    for (let at = 0; at < 50; at++) await core.take({ to: String(100_000 + at) });
    const countOf = (kind: DueKind): number => asked.filter((kinds) => kinds?.[0] === kind).length;
    should(asked.every((kinds) => kinds?.length === 1)).be.true();
    for (const kind of ['expiry', 'wait', 'standby'] as const) should(countOf(kind)).be.belowOrEqual(1);
    await core.close();
  });

  it('never blocks the process with a task that does not get done', async () => {
    dates = [START];
    run = async () => void runs.push(clock.now() - START);
    keeper.look();
    // With a loop of its own this would never be reached.
    await settled();
    await settled();
    should(runs).have.length(1);
  });

  it('does nothing while there is nothing in sight, until it is told to look', async () => {
    keeper.look();
    await clock.advance(60_000);
    should(runs).be.empty();
    dates = [START + 61_000];
    keeper.look();
    await clock.advance(1000);
    should(runs).deepEqual([61_000]);
  });

  it('follows a date that has moved, in either direction', async () => {
    dates = [START + 5000];
    keeper.look();
    await settled();
    dates = [START + 1000];
    keeper.look();
    await settled();
    should(clock.running).equal(1);
    await clock.advance(1000);
    should(runs).deepEqual([1000]);
    dates = [START + 5000];
    keeper.look();
    await settled();
    dates = [START + 9000];
    await clock.advance(4000);
    should(runs).deepEqual([1000]);
    await clock.advance(4000);
    should(runs).deepEqual([1000, 9000]);
  });

  it('never runs twice at once, and looks again for what came up meanwhile', async () => {
    let end = (): void => {};
    let atOnce = 0;
    run = async () => {
      atOnce += 1;
      should(atOnce).equal(1);
      dates.shift();
      await new Promise<void>((resolve) => {
        end = resolve;
      });
      runs.push(clock.now() - START);
      atOnce -= 1;
    };
    dates = [START, START];
    keeper.look();
    await settled();
    keeper.look();
    keeper.look();
    end();
    await clock.advance(0);
    end();
    await clock.advance(0);
    should(runs).deepEqual([0, 0]);
  });

  it('sees what came up after it has asked for the date and before it has planned', async () => {
    let answer: (due: number | undefined) => void = () => {};
    let asked = 0;
    const due = (): Promise<number | undefined> => {
      asked += 1;
      return asked > 1
        ? Promise.resolve(untilFirst())
        : new Promise((resolve) => {
            answer = resolve;
          });
    };
    const slow = new Scheduler(clock, { due, run: () => run() }, () => {});
    slow.look();
    dates = [START];
    slow.look();
    answer(undefined);
    await clock.advance(0);
    should(runs).deepEqual([0]);
    slow.stop();
  });

  it('tries again after a failure, in two seconds and not in a loop, whoever tells it to look', async () => {
    dates = [START];
    const works = run;
    run = () => Promise.reject(new Error('the store is away'));
    keeper.look();
    await settled();
    for (let look = 0; look < 10; look++) {
      keeper.look();
      await clock.advance(100);
    }
    should(failures).deepEqual(['the store is away']);
    run = works;
    await clock.advance(1000);
    should(runs).deepEqual([2000]);
    should(clock.running).equal(0);
  });

  it('goes on as well when it could not learn the date', async () => {
    let fails = true;
    const due = async (): Promise<number | undefined> => {
      if (fails) throw new Error('no answer');
      return untilFirst();
    };
    const failing = new Scheduler(clock, { due, run: () => run() }, ({ message }) => void failures.push(message));
    dates = [START];
    failing.look();
    await settled();
    fails = false;
    await clock.advance(2000);
    should(failures).deepEqual(['no answer']);
    should(runs).deepEqual([2000]);
    failing.stop();
  });

  describe('that was stopped', () => {
    it('runs nothing any more, planned or told', async () => {
      dates = [START + 1000];
      keeper.look();
      await settled();
      keeper.stop();
      should(clock.running).equal(0);
      await clock.advance(5000);
      keeper.look();
      await clock.advance(5000);
      should(runs).be.empty();
      should(clock.running).equal(0);
    });

    it('plans nothing after the run that was under way', async () => {
      dates = [START, START, START + 1000];
      keeper.look();
      keeper.stop();
      await clock.advance(5000);
      should(runs.length).be.belowOrEqual(1);
      should(clock.running).equal(0);
    });

    it('stays so after a failure', async () => {
      dates = [START];
      run = () => Promise.reject(new Error('away'));
      keeper.look();
      await settled();
      keeper.stop();
      await clock.advance(5000);
      should(failures).have.length(1);
    });
  });
});
