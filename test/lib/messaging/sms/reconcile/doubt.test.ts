import should from 'should';
import type { FaultKind } from '../../../../../simulator';
import { type Core, requestsTo, startCore } from '../../../../support/core';

const SEND = '/api/send_sms';

describe('a submission that goes wrong', () => {
  let core: Core;
  afterEach(() => core.close());

  const withFault = async (fault: FaultKind, ms?: number): Promise<void> => {
    core = await startCore({ pushed: true, simulator: { queuedInResults: false } });
    core.simulator.fault({ fault, times: 1, path: SEND, ms });
  };

  const notTaken: FaultKind[] = ['noPort550', 'http404'];
  for (const fault of notTaken) {
    it(`waits and goes out once after ${fault}`, async () => {
      await withFault(fault);
      const outcome = await core.outcomeOf(await core.take({}));
      should(outcome.ok).be.true();
      should(core.simulator.submitted).have.length(1);
      should(requestsTo(core.simulator, 'send_sms')).equal(2);
    });
  }

  it('waits and goes out once after the gateway refused to connect', async () => {
    await withFault('refuse', 300);
    const outcome = await core.outcomeOf(await core.take({}));
    should(outcome.ok).be.true();
    should(core.simulator.submitted).have.length(1);
    should(await core.states.count(2)).eql(['UNREACHABLE', 'none']);
  });

  const notAccepted: FaultKind[] = ['dropBefore', 'error500', 'html'];
  for (const fault of notAccepted) {
    it(`goes out once after ${fault}, as soon as the gateway's records tell that it wasn't taken`, async () => {
      await withFault(fault);
      const outcome = await core.outcomeOf(await core.take({}), 10_000);
      should(outcome.ok).be.true();
      should(core.simulator.submitted).have.length(1);
      should(outcome.recipients[0]?.history[0]).match({ status: 'QUEUED', by: 'reconcile' });
    });
  }

  const taken: FaultKind[] = ['dropAfter', 'truncate'];
  for (const fault of taken) {
    it(`is found among the gateway's records after ${fault}, and isn't sent again`, async () => {
      core = await startCore({ simulator: { queuedInResults: false } });
      core.simulator.fault({ fault, times: 1, path: SEND });
      const outcome = await core.outcomeOf(await core.take({}));
      should(outcome.ok).be.true();
      should(outcome.recipients[0]?.history[0]).match({ status: 'ACCEPTED', by: 'reconcile' });
      should(core.simulator.submitted).have.length(1);
    });
  }

  it('is REFUSED when the gateway refuses it alone, and named with its reason', async () => {
    core = await startCore({ pushed: true });
    core.simulator.fault({ fault: 'badRequest400', path: SEND });
    const outcome = await core.outcomeOf(await core.take({}));
    should(outcome).match({
      ok: false,
      failed: 1,
      recipients: [{ status: 'REFUSED', error: { code: 'BAD_REQUEST' } }],
    });
  });

  it('is split when it is refused together with others, so that those go out', async () => {
    core = await startCore({ pushed: true, settings: { queueLimit: 0 } });
    core.simulator.fault({ fault: 'badRequest400', path: SEND, times: 3 });
    const outcome = await core.outcomeOf(await core.take({ to: ['71', '72', '73', '74'] }));
    should(outcome.recipients.map(({ status }) => status)).containDeep(['REFUSED']);
    should(outcome).match({ total: 4, failed: 1, reached: 3 });
    should(core.simulator.submitted).have.length(3);
  });
});
