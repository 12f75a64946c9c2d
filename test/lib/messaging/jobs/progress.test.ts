import should from 'should';
import { JobRates, progressOf } from '../../../../lib/messaging/jobs/progress';
import type { JobTally } from '../../../../lib/store';
import { FakeClock, START } from '../../../support/FakeClock';

const SECOND = 1000;
const tally = (fields: Partial<JobTally> = {}): JobTally => ({
  ...{ gateway: 'g1', job: 'j', total: 100, waiting: 60, paused: 0, held: 10, reached: 20, failed: 5, accepted: 40 },
  ...{ sent: 30, delivered: 20, withheld: 2, stopped: 1, undone: 75, isPaused: false, ...fields },
});

describe('how far a job is', () => {
  let clock: FakeClock;
  let rates: JobRates;
  beforeEach(() => {
    clock = new FakeClock();
    rates = new JobRates(clock);
  });
  const stateOf = (tallies: JobTally[], isHeldUp: (gateway: string) => boolean = () => false) =>
    progressOf(tallies, isHeldUp, { rates, clock });

  it('is the sum of what all its gateways know', () => {
    const { progress, ...others } = stateOf([tally(), tally({ gateway: 'g2', isPaused: true, paused: 3 })]);
    should(progress).eql({
      ...{ job: 'j', total: 200, waiting: 120, held: 20, accepted: 80, sent: 60, delivered: 40, failed: 10 },
      ...{ withheld: 4, per_minute: null, eta_iso: null },
    });
    should(others).match({ reached: 40, undone: 150, stopped: 2, paused: 3, isPaused: true });
    should(stateOf([tally()]).isPaused).be.false();
  });

  it('holds all that waits for a gateway that can send nothing', () => {
    const tallies = [tally(), tally({ gateway: 'g2' })];
    should(stateOf(tallies, (gateway) => gateway === 'g2').progress).match({ waiting: 120, held: 70 });
  });

  it('says how many left in a minute and when the rest will have, once that is known', async () => {
    should(stateOf([tally()]).progress).match({ per_minute: null, eta_iso: null });
    await clock.advance(999);
    should(stateOf([tally({ waiting: 59 })]).progress.per_minute).be.null();
    await clock.advance(9001);
    const { per_minute, eta_iso } = stateOf([tally({ waiting: 50 })]).progress;
    should(per_minute).equal(60);
    should(Date.parse(eta_iso ?? '')).equal(START + 10 * SECOND + 50 * SECOND);
  });

  it('counts as left neither what was stopped nor what was withheld', async () => {
    const of = ({ stopped, withheld, ...fields }: { stopped: number; withheld: number; waiting: number }) =>
      stateOf([tally({ ...fields, stopped: tally().stopped + stopped, withheld: tally().withheld + withheld })]);
    of({ stopped: 0, withheld: 0, waiting: 60 });
    await clock.advance(10 * SECOND);
    should(of({ stopped: 20, withheld: 30, waiting: 10 }).progress).match({ per_minute: 0, eta_iso: null });
    await clock.advance(10 * SECOND);
    should(of({ stopped: 20, withheld: 30, waiting: 5 }).progress.per_minute).equal(15);
  });

  for (const [why, fields] of [
    ['nothing has left', { waiting: 60 }],
    ['nothing waits any more', { waiting: 0, held: 0 }],
    ['all that waits is held', { waiting: 30, held: 30 }],
    ['what was on its way has come back', { waiting: 70 }],
  ] as const) {
    it(`doesn’t say when it will be over where ${why}`, async () => {
      stateOf([tally()]);
      await clock.advance(10 * SECOND);
      const { per_minute, eta_iso } = stateOf([tally(fields)]).progress;
      should(per_minute).be.aboveOrEqual(0);
      should(eta_iso).be.null();
    });
  }

  it('is told as soon as something of what waits is free', async () => {
    stateOf([tally()]);
    await clock.advance(10 * SECOND);
    should(stateOf([tally({ waiting: 30, held: 29 })]).progress.eta_iso).be.a.String();
  });

  it('goes by its own gateways: a job of the same name elsewhere has its own rate', async () => {
    stateOf([tally()]);
    stateOf([tally({ gateway: 'g2', waiting: 100 })]);
    stateOf([tally({ job: 'other', waiting: 80 })]);
    await clock.advance(10 * SECOND);
    should(stateOf([tally({ waiting: 50 })]).progress.per_minute).equal(60);
    should(stateOf([tally({ gateway: 'g2', waiting: 60 })]).progress.per_minute).equal(240);
    should(stateOf([tally({ job: 'other', waiting: 60 })]).progress.per_minute).equal(120);
  });
});

describe('how fast a job goes', () => {
  it('is what was seen within the last minute', async () => {
    const clock = new FakeClock();
    const rates = new JobRates(clock);
    const goneAfter = async (seconds: number, gone: number): Promise<number | null> => {
      await clock.advance(seconds * SECOND);
      return rates.note('j', gone);
    };
    should(await goneAfter(0, 0)).be.null();
    should(await goneAfter(30, 30)).equal(60);
    should(await goneAfter(30, 30)).equal(30);
    // What was before the minute counts no more.
    should(await goneAfter(30, 30)).equal(0);
    should(await goneAfter(30, 45)).equal(15);
  });

  it('goes by looks a second apart: of those in between it keeps none', async () => {
    const clock = new FakeClock();
    const rates = new JobRates(clock);
    rates.note('j', 0);
    for (let look = 1; look <= 600; look++) {
      await clock.advance(100);
      rates.note('j', look);
    }
    // A minute back is the first look; after half a minute more, one of the looks in between.
    should(rates.note('j', 600)).equal(600);
    await clock.advance(30_000);
    should(rates.note('j', 600)).equal(300);
  });

  it('is not told by the first second, and has a tenth at most', async () => {
    const clock = new FakeClock();
    const rates = new JobRates(clock);
    rates.note('j', 0);
    await clock.advance(999);
    should(rates.note('j', 5)).be.null();
    await clock.advance(1);
    should(rates.note('j', 5)).equal(300);
    await clock.advance(6 * SECOND);
    should(rates.note('j', 10)).equal(85.7);
  });

  it('keeps the two hundred jobs that were asked for last', async () => {
    const clock = new FakeClock();
    const rates = new JobRates(clock);
    for (let job = 0; job <= 200; job++) rates.note(`j${job}`, 0);
    await clock.advance(2 * SECOND);
    should(rates.note('j1', 2)).equal(60);
    should(rates.note('j0', 2)).be.null();
  });
});
