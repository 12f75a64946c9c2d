import should from 'should';
import type { GatewayFacts } from '../../../../lib/messaging/health/facts';
import { readingsOf } from '../../../../lib/messaging/health/readings';
import type { SimFacts } from '../../../../lib/messaging/sims/usage';

const valuesOf = (facts: Partial<GatewayFacts>) => readingsOf({ sims: [], ...facts } as GatewayFacts);
const readingOf = (condition: string, facts: Partial<GatewayFacts>) =>
  valuesOf(facts).find((reading) => reading.condition === condition)?.value;
const sim = (more: Partial<SimFacts>): SimFacts => ({ port: 3, iccid: '8943', used: [], ...more }) as SimFacts;

describe('the values of the conditions', () => {
  it('are unknown where nothing is known, and there is none of a SIM or of test SMS', () => {
    const readings = valuesOf({ sims: undefined });
    should(readings.map(({ value }) => value)).eql(readings.map(() => undefined));
    const about = readings.map(({ condition }) => condition as string);
    for (const condition of ['canary', 'sim-resting', 'sim-limit', 'balance-low'])
      should(about).not.containEql(condition);
  });

  it('are the greatest of what waits here and what is stuck in the gateway, urgent SMS apart', () => {
    const facts = { oldest: { high: 5, normal: 7, low: 9 }, stuck: { normal: 8, high: 6 } };
    should(readingOf('oldest-waiting', facts)).equal(9);
    should(readingOf('oldest-waiting-high', facts)).equal(6);
    should(readingOf('oldest-waiting', { oldest: facts.oldest })).equal(9);
    should(readingOf('oldest-waiting-high', { stuck: facts.stuck })).equal(6);
  });

  it('know a clock that is behind from one that is right, and test SMS whose state nobody knows', () => {
    should(readingOf('clock-off', { clockAhead: -90 })).equal(90);
    should(readingOf('clock-off', { clockAhead: 0 })).equal(0);
    should(valuesOf({ canary: { failures: undefined } }).map(({ condition }) => condition)).containEql('canary');
  });

  it('of a SIM are its fullest limit in whole percent, where it has one that isn’t 0', () => {
    const used = [
      { count: 'sms', per: 'day', value: 1, max: 3 },
      { count: 'sms', per: 'month', value: 1, max: 10 },
      { count: 'segments', per: 'day', value: 5, max: 0 },
    ];
    const [resting, limit, ...more] = valuesOf({ sims: [sim({ used } as never)] }).filter(({ sim: of }) => of);
    should(resting).eql({ condition: 'sim-resting', sim: { port: 3, iccid: '8943' }, value: 0 });
    should(limit).match({ condition: 'sim-limit', value: 33 });
    should(more).eql([]);
    const none = [sim({ iccid: undefined, used: used.slice(2), resting: 60 } as never)];
    should(valuesOf({ sims: none }).filter(({ sim: of }) => of)).eql([
      { condition: 'sim-resting', sim: { port: 3 }, value: 60 },
    ]);
  });

  it('of a SIM’s balance count by its own threshold, and are unknown where it can’t be read', () => {
    const balanceOf = (more: object) =>
      valuesOf({ sims: [sim(more)] }).filter(({ condition }) => condition === 'balance-low');
    should(balanceOf({ balance: 1.5, warnBelow: 2 })).match([{ value: 1.5, threshold: 2 }]);
    should(balanceOf({ balance: null, warnBelow: 2 })).match([{ value: undefined, threshold: 2 }]);
    should(balanceOf({ balance: undefined, warnBelow: 2 })).eql([]);
  });
});
