import should from 'should';
import {
  chosenByCdrFilter,
  type GivenCdrFilter,
  readCdrFilter,
} from '../../../../../lib/messaging/watching/cdr/cdrFilter';
import { refusalOf } from '../../given';

const filter = (fields: Partial<GivenCdrFilter> = {}): GivenCdrFilter => ({
  ...{ ports: undefined, timeAfter: undefined, timeBefore: undefined },
  ...fields,
});
const BERLIN = 'Europe/Berlin';

describe('which call records are asked for', () => {
  it('are all where nothing is said', () => {
    should(readCdrFilter(filter(), BERLIN)).deepEqual({});
  });

  it('are those of some ports between two times, as the gateway writes them', () => {
    const [timeAfter, timeBefore] = ['2026-11-28T09:00:00Z', Date.UTC(2026, 10, 28, 10)];
    should(readCdrFilter(filter({ ports: [0, 2], timeAfter, timeBefore }), BERLIN)).deepEqual({
      ...{ port: [0, 2], time_after: '2026-11-28 10:00:00', time_before: '2026-11-28 11:00:00' },
    });
    should(readCdrFilter(filter({ timeAfter }), BERLIN)).deepEqual({ time_after: '2026-11-28 10:00:00' });
    should(readCdrFilter(filter({ timeBefore }), BERLIN)).deepEqual({ time_before: '2026-11-28 11:00:00' });
  });

  it('may lie in one second, but not between a time and an earlier one', () => {
    const time = '2026-11-28 10:00:00';
    should(readCdrFilter(filter({ timeAfter: time, timeBefore: time }), BERLIN)).have.property('time_before', time);
    const wrong = filter({ timeAfter: time, timeBefore: '2026-11-28 09:59:59' });
    should(refusalOf(() => readCdrFilter(wrong, BERLIN))).match({ field: 'timeBefore', message: /earlier/ });
  });

  it('are named by their field where a time can’t be read', () => {
    for (const field of ['timeAfter', 'timeBefore'])
      should(refusalOf(() => readCdrFilter(filter({ [field]: 'tomorrow' }), BERLIN)).field).equal(field);
  });

  it('leave out what was not meant of the hour that clocks show twice', () => {
    const second = filter({ timeAfter: '2026-10-25T01:10:00Z' });
    const isChosen = chosenByCdrFilter(second, BERLIN);
    should(isChosen({ answered: true, start_date: '2026-10-25 01:59:59' })).be.false();
    should(isChosen({ answered: true, start_date: '2026-10-25 02:30:00' })).be.true();
    should(isChosen({ answered: true })).be.true();
    const first = chosenByCdrFilter(filter({ timeBefore: '2026-10-25T00:10:00Z' }), BERLIN);
    should(
      ['2026-10-25 02:05:00', '2026-10-25 02:15:00'].map((start_date) => first({ answered: true, start_date })),
    ).eql([true, false]);
  });
});
