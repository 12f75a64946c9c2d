import should from 'should';
import {
  loseAnswerAndReboot,
  onAir,
  type Reboot,
  type RebootedCore,
  reboot,
  startBefore,
} from '../support/violence/rebooting';

/** Accepted, answer dropped, the queue lost. */
const LOST: Reboot = {
  ...{ policy: 'hold', answer: 'dropAfter', after: 0, seconds: 20, count: 2, sends: false },
  ...{ losesQueue: true, losesRecords: false, idsStartAgain: false },
};

/** What is tried, all at once: each of them mostly waits. */
const TRIED = {
  hold: LOST,
  fail: { ...LOST, policy: 'fail' },
  resend: { ...LOST, policy: 'resend' },
  keepsQueue: { ...LOST, losesQueue: false, policy: 'resend' },
  forgets: { ...LOST, sends: true, losesRecords: true, idsStartAgain: true },
} satisfies Record<string, Reboot>;

describe('a gateway that accepts an SMS, drops its answer and reboots', () => {
  const tried = new Map<string, Promise<RebootedCore>>();
  before(() => {
    for (const [name, how] of Object.entries(TRIED)) tried.set(name, loseAnswerAndReboot(how));
  });
  after(() => Promise.all([...tried.values()].map(async (one) => (await one).core.close())));

  async function seen(name: keyof typeof TRIED) {
    const { core, numbers } = (await tried.get(name)) as RebootedCore;
    const out = onAir(core.simulator.submitted);
    return {
      timesOnAir: numbers.map((number) => out.filter((one) => one === number).length),
      statuses: numbers.map((number) => core.statuses(number).at(-1)),
      submitted: core.simulator.submitted.filter(({ number }) => numbers.includes(number)).length,
    };
  }

  for (const policy of ['hold', 'fail'] as const) {
    it(`and loses its queue: the SMS is UNKNOWN and never sent again, by "${policy}"`, async () => {
      should(await seen(policy)).eql({ timesOnAir: [0, 0], statuses: ['UNKNOWN', 'UNKNOWN'], submitted: 2 });
    });
  }

  it('and loses its queue: the SMS is sent again and arrives once, by "resend"', async () => {
    const resent = { timesOnAir: [1, 1], statuses: ['DELIVERED', 'DELIVERED'], submitted: 4 };
    should(await seen('resend')).eql(resent);
  });

  it('and keeps its queue: the SMS is found and not sent again, whatever the policy', async () => {
    should(await seen('keepsQueue')).match({ timesOnAir: [1, 1], submitted: 2 });
  });

  it('after the SMS went on air, and forgets everything: the SMS is not sent again', async () => {
    should(await seen('forgets')).match({ timesOnAir: [1, 1], submitted: 2 });
  });
});

describe('a gateway that reboots with SMS it has accepted and answered', () => {
  const seconds = 20;

  for (const count of [1, 64]) {
    it(`is noticed within a minute, with ${count} SMS in its queue`, async () => {
      const core = await startBefore({ policy: 'hold', sends: false }, { queueLimit: 0 });
      try {
        const numbers = await core.take(count);
        await core.until(() => numbers.every((number) => core.statuses(number).length > 0), 30);
        const began = core.clock.now();
        await reboot(core, { seconds });
        const told = () => core.told.filter(({ number, status }) => numbers.includes(number) && status === 'UNKNOWN');
        await core.until(() => told().length === count, 90);
        should(told()).have.length(count);
        const latest = Math.max(...told().map(({ at }) => at)) - began;
        console.log(`      noticed after ${Math.round(latest / 1000)} s, of which the reboot took ${seconds} s`);
        should(latest).be.below(60_000);
        should(core.simulator.submitted).have.length(count + 1);
      } finally {
        await core.close();
      }
    });
  }
});
