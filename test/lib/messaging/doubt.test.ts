import should from 'should';
import type { FaultKind } from '../../../simulator';
import { type Core, requestsTo, startCore } from '../../support/core';

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
    it(`is reported UNKNOWN and not sent again after ${fault}`, async () => {
      await withFault(fault);
      const outcome = await core.outcomeOf(await core.take({}));
      should(outcome).match({ ok: false, failed: 1, recipients: [{ status: 'UNKNOWN' }] });
      await core.outcomeOf(await core.take({ to: '88' }));
      should(core.simulator.submitted.map(({ number }) => number)).eql(['88']);
    });
  }

  const accepted: FaultKind[] = ['dropAfter', 'truncate'];
  for (const fault of accepted) {
    it(`is reported UNKNOWN after ${fault}, and later what the poll says became of it`, async () => {
      core = await startCore({ simulator: { queuedInResults: false } });
      core.simulator.fault({ fault, times: 1, path: SEND });
      const id = await core.take({});
      should(await core.outcomeOf(id)).match({ ok: false, recipients: [{ status: 'UNKNOWN' }] });
      const known = await core.updates.first(({ status }) => status === 'DELIVERED', 8_000);
      should(known.history.map(({ status }) => status)).eql(['UNKNOWN', 'DELIVERED']);
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
