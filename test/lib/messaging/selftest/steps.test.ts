import should from 'should';
import { type DeliveryStatus, GatewayError, type SmsResult } from '../../../../lib/gateway-api';
import type { SelfTest } from '../../../../lib/messaging/selftest/SelfTest';
import { type SelfTestModel, SelfTestScene, stateOf, WAY } from '../../../support/core/SelfTestModel';
import { type FakeClock, settled } from '../../../support/FakeClock';

const SECOND = 1000;

describe('a self-test', () => {
  let scene: SelfTestScene;
  let clock: FakeClock;
  let gateway: SelfTestModel;
  let run: (test: SelfTest) => Promise<number>;

  beforeEach(() => {
    scene = new SelfTestScene();
    ({ clock, gateway } = scene);
    run = (test) => scene.run(test);
  });

  it('sends five SMS in four requests, and is over with the first look that shows all of it', async () => {
    const test = scene.make();
    await settled();
    gateway.onSms = (text, id) => {
      gateway.deliver(text, id);
      void scene.pushes.tell({ sms: [{ incoming_sms_id: 1, port: WAY.to, number: '1', smsc: '', text }] });
    };
    const started = gateway.iso();
    should(await run(test)).equal(3);
    should(test.report.checks.filter(({ state }) => state !== 'good')).eql([]);
    should(test.report).match({ state: 'done', ...WAY, sms: 5, segments: 6, started, combinesAll: true });
    should([test.running, test.report.problem]).eql([false, undefined]);
    should(gateway.sent.flatMap(({ param }) => param.map(({ user_id }) => user_id))).eql([10, 20, 30, 40, 50]);
    should(scene.turns.filter((turn) => turn === 'sms')).have.length(4);
    should(scene.turns[0]).equal('command of 0,1');
    should(scene.turns.at(-1)).equal('poll');
  });

  it('marks its texts with four characters, so that they are told from those of others', async () => {
    for (const [random, mark] of [
      [0, '0000'],
      [0.5, 'i000'],
      [0.999999, 'zzzy'],
    ] as const) {
      const test = scene.make(random);
      await run(test);
      should(gateway.sent.at(-1)?.text).startWith(`Self-test ${mark} 5/5:`);
    }
  });

  it('counts neither reports nor SMS that were there before, nor what a gateway answers of others', async () => {
    for (let count = 0; count < 30; count++)
      gateway.arrive('Self-test i000 1/5: One request, two texts: this is the first.');
    gateway.reports.push({ port: 0, number: WAY.number, ref_id: 10, status_code: 70, time: 'old' } as DeliveryStatus);
    gateway.onSms = () => undefined;
    gateway.results = [
      { port: 0, number: '1', status: 'SENT_OK', user_id: 999 } as SmsResult,
      { status: 'FAILED' } as SmsResult,
    ];
    const test = scene.make();
    await run(test);
    should(stateOf(test, 'once')).match({ state: 'bad', count: 0 });
    should(stateOf(test, 'reports')).match({ state: 'note', count: 0 });
    should(stateOf(test, 'sent')).match({ state: 'bad', count: 0 });
  });

  it('hears pushes of its own port while it runs, and of no other', async () => {
    const test = scene.make();
    const push = (port: number, text: string) =>
      scene.pushes.tell({ sms: [{ incoming_sms_id: 1, port, number: '1', smsc: '', text }] });
    gateway.onSms = (text, id) => {
      gateway.deliver(text, id);
      void push(id === 10 ? WAY.from : WAY.to, text);
    };
    await run(test);
    should(stateOf(test, 'push')).match({ state: 'note', count: 4 });
    await push(WAY.to, 'Self-test i000 1/5: One request, two texts: this is the first.');
    should(stateOf(test, 'push')).match({ count: 4 });
  });

  it('remembers of invented pushes a thousand, and of each text 500 characters', async () => {
    const test = scene.make();
    gateway.onRequest = async (count) => {
      if (count > 1) return;
      for (let one = 0; one < 1500; one++)
        await scene.pushes.tell({
          sms: [{ incoming_sms_id: 1, port: WAY.to, number: '1', smsc: '', text: `${one} ${'x'.repeat(600)}` }],
        });
      gateway.arrive(`Self-test i000 3/5: ${'x'.repeat(600)}`);
    };
    await run(test);
    const { pushed } = (test as unknown as { watch: { seen: { pushed: Set<string> } } }).watch.seen;
    should(pushed.size).equal(1000);
    should(Math.max(...[...pushed].map(({ length }) => length))).equal(500);
    should(stateOf(test, 'extension')?.detail).have.length(500);
  });

  describe('tells by how much the clock is off', () => {
    const offOf = async (...ahead: (number | 'unknown' | 'sending')[]): Promise<unknown> => {
      gateway.onSms = (text, id) => {
        gateway.deliver(text, id);
        const off = ahead[id / 10 - 1] ?? ahead.at(-1) ?? 0;
        const time_iso = typeof off === 'number' ? gateway.iso(off) : off === 'unknown' ? 'odd' : gateway.iso(-9000);
        const status = off === 'sending' ? 'SENDING' : 'SENT_OK';
        gateway.results = gateway.results.map((one) => (one.user_id === id ? { ...one, time_iso, status } : one));
      };
      const test = scene.make();
      await run(test);
      return stateOf(test, 'clock');
    };

    it('ahead or behind, none where it may be right', async () => {
      const begun = clock.monotonic();
      should(await offOf(0)).match({ state: 'good', seconds: 0 });
      should(await offOf(7200)).match({ state: 'note', seconds: 7197 });
      // It waited no longer for that.
      should(clock.monotonic() - begun).be.below(300 * SECOND);
      should(await offOf(-7200)).match({ state: 'note', seconds: -7199 });
    });

    it('by the record that is nearest: one may tell when it was taken', async () => {
      should(await offOf(-7200, -30, -600)).match({ state: 'good', seconds: -29 });
      should(await offOf(-30, -7200)).match({ state: 'good', seconds: -29 });
    });

    it('and not by one that is being sent, or whose time can’t be read', async () => {
      should(await offOf('sending', 'unknown')).eql({ id: 'clock', state: 'note' });
    });
  });

  describe('waits', () => {
    it('no longer than 90 seconds for what doesn’t come', async () => {
      gateway.onSms = () => undefined;
      const test = scene.make();
      should(await run(test)).be.within(90, 96);
      should(test.report).match({ state: 'done', combinesAll: false });
      should(test.report.checks.map(({ state }) => state).sort()).eql(
        ['good', 'bad', 'bad', 'bad', 'bad', 'bad', 'bad', 'note', 'note', 'note'].sort(),
      );
    });

    it('for longer while something new comes, but never over four minutes', async () => {
      const late: [string, number][] = [];
      gateway.onSms = (text, id) => void late.push([text, id]);
      const test = scene.make();
      clock.after(80 * SECOND, () => gateway.deliver(...(late[0] ?? ['', 0])));
      clock.after(160 * SECOND, () => gateway.deliver(...(late[1] ?? ['', 0])));
      clock.after(230 * SECOND, () => gateway.deliver(...(late[2] ?? ['', 0])));
      should(await run(test)).be.within(239, 244);
      should(stateOf(test, 'sent')).match({ state: 'bad', count: 3 });
    });

    it('for what it can’t be told now: each question is asked again, whatever becomes of the others', async () => {
      const test = scene.make();
      const { querySmsResult } = gateway;
      let looks = 0;
      gateway.querySmsResult = async () => {
        looks += 1;
        if (looks < 3) throw new GatewayError('TIMEOUT', 'slow', 'unknown');
        return querySmsResult.call(gateway);
      };
      const begun = run(test);
      await clock.advance(3 * SECOND);
      should(stateOf(test, 'once')).match({ state: 'good' });
      should(stateOf(test, 'sent')).match({ state: 'open' });
      await begun;
      should(stateOf(test, 'sent')).match({ state: 'good' });
    });

    it('for no end of an inbox that has none: twenty pages a look', async () => {
      const test = scene.make();
      let pages = 0;
      gateway.onRequest = () => {
        gateway.queryIncomingSms = async ({ incoming_sms_id }) => {
          pages += 1;
          return { sms: [{ incoming_sms_id: incoming_sms_id + 1, port: 1, number: '1', smsc: '', text: 'x' }] };
        };
      };
      const over = run(test);
      await clock.advance(3 * SECOND);
      should(pages).equal(20);
      await test.abort();
      await over;
    });
  });
});
