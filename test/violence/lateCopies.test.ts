import should from 'should';
import { FastCore } from '../support/violence/FastCore';
import { LeapingClock } from '../support/violence/LeapingClock';
import { startLateWire } from '../support/violence/lateWire';
import { TIMEOUT } from '../support/violence/requests';

const LOGINS = ['none', 'digest'] as const;

describe('an SMS that the gateway gets only some time after its request was given up', () => {
  /** Seconds after the time-out; answers how often it went out, and what was told of it. */
  const sent = async (late: number, login: (typeof LOGINS)[number]) => {
    const clock = new LeapingClock();
    let wire: Awaited<ReturnType<typeof startLateWire>> | undefined;
    const core = await FastCore.start({
      clock,
      simulator: { login },
      client: login === 'none' ? {} : { username: 'admin', password: 'admin' },
      wire: async (url) => {
        wire = await startLateWire(url, { late: (TIMEOUT + late) * 1000, clock });
        return wire.url;
      },
    });
    try {
      const [number = ''] = await core.take();
      await core.pass(TIMEOUT + late + 60);
      const { lost, silent } = await core.judge();
      should([...lost, ...silent]).eql([]);
      return { times: core.simulator.submitted.length, told: core.statuses(number) };
    } finally {
      await core.close();
      wire?.close();
    }
  };

  for (const login of LOGINS) {
    for (const late of [0.1, 1, 5, TIMEOUT - 0.5]) {
      it(`goes out once where it is ${late} s late, which is less than it was waited for (login: ${login})`, async () => {
        const { times, told } = await sent(late, login);
        should(times).equal(1);
        should(told[0]).equal('ACCEPTED');
      });
    }

    for (const late of [30, 120]) {
      it(`isn't lost where it is ${late} s late, but may go out twice (login: ${login})`, async () => {
        should((await sent(late, login)).times).be.within(1, 2);
      });
    }
  }
});
