import should from 'should';
import { GatewayError } from '../../../../../lib/gateway-api';
import { startScripted } from '../../../../support/core';

const MINUTE = 60_000;

describe('an SMS whose record is damaged', () => {
  let core: Awaited<ReturnType<typeof startScripted>>;
  afterEach(() => core.close());

  for (const user_id of [0, 2 ** 31 - 1])
    it(`leaves once, whatever the policy, where its record has lost its user_id and shows ${user_id} instead`, async () => {
      core = await startScripted({ settings: { unknownPolicy: 'resend' } });
      core.api.failures = [new GatewayError('UNKNOWN_OUTCOME', 'broke', 'unknown')];
      core.api.nameless = [{ number: '123456', status: 'SENT_OK', port: 0, ref_id: 5, user_id }];
      await core.take({});
      await core.clock.advance(9 * MINUTE);
      should(core.api.sent).have.length(1);
    });

  it('makes room for the others, UNKNOWN, where the records with their user_ids name other numbers all the time', async () => {
    core = await startScripted();
    core.api.results = [];
    await core.take({ to: ['4917012345671', '4917012345672', '4917012345673', '4917012345674', '4917012345675'] });
    const known = (): void => {
      const sent = core.api.sent.flatMap(({ param }) => param);
      core.api.results = sent.map(({ user_id }) => ({ number: '99887766', user_id, status: 'SENT_OK', port: 0 }));
    };
    for (let minute = 0; minute < 30; minute++) {
      known();
      await core.clock.advance(MINUTE);
    }
    should(core.api.sent.flatMap(({ param }) => param)).have.length(5);
    should(core.updates.all.filter(({ status }) => status === 'UNKNOWN')).have.length(5);
  });

  it('is sent where the number of its record is cut short or hidden', async () => {
    for (const number of ['+4917012345', '+491701230000', '0', '-1', '+49170*****']) {
      core = await startScripted();
      await core.take({ to: '+491701234567' });
      await core.clock.advance(0);
      const user_id = core.api.sent[0]?.param[0]?.user_id;
      core.api.results = [{ number, user_id: user_id ?? 0, status: 'SENT_OK', port: 0 }];
      await core.clock.advance(MINUTE);
      should(core.updates.all.map(({ status }) => status)).containEql('SENT_OK');
      await core.close();
    }
    core = await startScripted();
  });
});
