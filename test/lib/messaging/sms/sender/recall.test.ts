import should from 'should';
import { GatewayError } from '../../../../../lib/gateway-api';
import { startScripted } from '../../../../support/core';

describe('what was begun and hasn’t left when its job is paused', () => {
  it('is taken back: the other half of what was refused together isn’t sent any more, before or after the answer', async () => {
    const core = await startScripted({ settings: { queueLimit: 0 } });
    const { api } = core;
    const sendSms = api.sendSms.bind(api);
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    api.failures = [new GatewayError('BAD_REQUEST', 'one of them is bad', 'refused')];
    api.sendSms = async (request) => {
      const answer = await sendSms(request);
      await gate;
      return answer;
    };
    await core.take({ to: '71, 72, 73, 74' }, { job: 'j' });
    await core.clock.advance(0);
    const numbers = (): string[][] => api.sent.map(({ param }) => param.map(({ number }) => number));
    should(numbers()).eql([
      ['71', '72', '73', '74'],
      ['71', '72'],
    ]);
    const { waiting, held, left } = await core.gateways.jobs.command(['gateway'], { job: 'j' }, 'pause');
    should({ waiting, held }).eql({ waiting: 2, held: 2 });
    should(left.map(({ number, status }) => [number, status])).eql([
      ['71', 'SENDING'],
      ['72', 'SENDING'],
    ]);
    release();
    await core.clock.advance(1000);
    should(numbers()).have.length(2);
    await core.gateways.jobs.command(['gateway'], { job: 'j' }, 'resume');
    await core.clock.advance(0);
    should(numbers().slice(2)).eql([['73', '74']]);
    await core.close();
  });

  it('stays where another job is paused', async () => {
    const core = await startScripted({ settings: { queueLimit: 0 } });
    core.api.failures = [new GatewayError('BAD_REQUEST', 'one of them is bad', 'refused')];
    await core.take({ to: '81' }, { job: 'other' });
    await core.take({ to: '71, 72' }, { job: 'j' });
    const pausing = core.gateways.jobs.command(['gateway'], { job: 'other' }, 'pause');
    await core.clock.advance(0);
    await pausing;
    await core.clock.advance(1000);
    should(core.api.sent.flatMap(({ param }) => param.map(({ number }) => number))).containDeep(['71', '72']);
    await core.close();
  });
});
