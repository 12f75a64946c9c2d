import should from 'should';
import { GatewayError } from '../../../../lib/gateway-api';
import type { SelfTest } from '../../../../lib/messaging/selftest/SelfTest';
import { type SelfTestModel, SelfTestScene, stateOf } from '../../../support/core/SelfTestModel';
import { type FakeClock, settled } from '../../../support/FakeClock';

const SECOND = 1000;

describe('a self-test that', () => {
  let scene: SelfTestScene;
  let clock: FakeClock;
  let gateway: SelfTestModel;
  let run: (test: SelfTest) => Promise<number>;

  beforeEach(() => {
    scene = new SelfTestScene();
    ({ clock, gateway } = scene);
    run = (test) => scene.run(test);
  });

  describe('ends early', () => {
    it('where a port can’t take part, before anything is sent', async () => {
      for (const [ports, why] of [
        [[{ port: 0, reg: 'REGISTER_OK' }], /Port 1 .*not there/],
        [
          [
            { port: 0, reg: 'UNREGISTER' },
            { port: 1, reg: 'REGISTER_OK' },
          ],
          /Port 0 .*UNREGISTER/,
        ],
      ] as const) {
        gateway.ports = [...ports];
        const test = scene.make();
        should(await run(test)).equal(0);
        should(test.report).match({ state: 'done', problem: { code: 'NO_PORT', message: why } });
        should(new Set(test.report.checks.map(({ state }) => state))).eql(new Set(['open']));
      }
      should(gateway.sent).be.empty();
    });

    it('with what asking fails with', async () => {
      gateway.queryIncomingSms = () => Promise.reject(new GatewayError('AUTH_REFUSED', 'no', 'no'));
      const refused = scene.make();
      await run(refused);
      should(refused.report.problem).eql({ code: 'AUTH_REFUSED', message: 'no' });
      gateway.queryIncomingSms = () => Promise.reject(new TypeError('a mistake'));
      const odd = scene.make();
      await run(odd);
      should(odd.report.problem).eql({ code: 'GATEWAY_ERROR', message: 'a mistake' });
      should(gateway.sent).be.empty();
    });

    it('after a refusal: nothing more is sent, and what was taken is still looked at', async () => {
      gateway.onRequest = (count) => {
        if (count === 2) throw new GatewayError('BAD_REQUEST', 'the gateway said 400', 'refused');
      };
      const test = scene.make();
      await run(test);
      should(gateway.sent).have.length(2);
      should(stateOf(test, 'accepted')).eql({ id: 'accepted', state: 'bad', count: 2, detail: 'the gateway said 400' });
      should(stateOf(test, 'pair')).match({ state: 'good' });
      should(test.report.combinesAll).be.true();
    });

    it('at once where nothing was taken', async () => {
      gateway.onRequest = () => {
        throw new GatewayError('BAD_REQUEST', 'the gateway said 400', 'refused');
      };
      should(await run(scene.make())).equal(0);
    });
  });

  describe('is aborted', () => {
    it('stops what it has sent, waits for nothing more, and has no problem', async () => {
      gateway.onSms = () => undefined;
      const test = scene.make();
      const over = run(test);
      await clock.advance(3 * SECOND);
      await test.abort();
      await test.abort();
      await over;
      should(gateway.stopped).eql([1, 2, 3, 4]);
      should(scene.turns.filter((turn) => turn === 'stop')).have.length(4);
      should([test.report.state, test.report.problem, test.running]).eql(['aborted', undefined, false]);
      should(stateOf(test, 'once')).match({ state: 'open' });
    });

    it('stops as well what the gateway takes just then, and sends nothing more', async () => {
      let answer: () => void = () => undefined;
      gateway.onRequest = () =>
        new Promise<void>((resolve) => {
          answer = resolve;
        });
      const test = scene.make();
      const over = run(test);
      await settled();
      await test.abort();
      should(gateway.stopped).be.empty();
      answer();
      await over;
      should([gateway.sent.length, gateway.stopped]).eql([1, [1]]);
      should(test.report.state).equal('aborted');
    });

    it('while it begins sends nothing, and has no problem', async () => {
      let answer: () => void = () => undefined;
      gateway.querySmsDeliverStatus = () =>
        new Promise((resolve) => {
          answer = () => resolve({ result: [] });
        });
      const test = scene.make();
      const over = run(test);
      await settled();
      await test.abort();
      answer();
      await over;
      should([gateway.sent, test.report.problem]).eql([[], undefined]);
    });

    it('can stop nothing where the gateway names no tasks, or says no', async () => {
      gateway.hasTasks = false;
      gateway.onSms = () => undefined;
      const nameless = scene.make();
      const first = run(nameless);
      await clock.advance(3 * SECOND);
      await nameless.abort();
      await first;
      gateway.hasTasks = true;
      gateway.stopSms = () => Promise.reject(new GatewayError('NOT_FOUND', 'gone', 'refused'));
      const late = scene.make();
      const second = run(late);
      await clock.advance(3 * SECOND);
      await late.abort();
      await second;
      should([gateway.stopped, late.report.state]).eql([[], 'aborted']);
    });

    it('after its end stays done', async () => {
      const test = scene.make();
      await run(test);
      await test.abort();
      should([test.report.state, gateway.stopped]).eql(['done', []]);
    });
  });
});
