import should from 'should';
import type { ErrorCode, Taken } from '../../../lib/gateway-api';
import type { FaultKind } from '../../../simulator';
import { until } from '../../support/until';
import { closeAll, failureOf, HandClock, oneSms, simulated } from './helpers';

/** Each fault of the simulated gateway: what a sent SMS ends in, what a reading call ends in, and whether the SMS is taken. */
const FAULTS: Record<
  Exclude<FaultKind, 'refuse' | 'slow' | 'fullQueue'>,
  { sms: ErrorCode; taken: Taken; reading: ErrorCode; accepted: number }
> = {
  dropBefore: { sms: 'UNKNOWN_OUTCOME', taken: 'unknown', reading: 'BAD_REPLY', accepted: 0 },
  dropAfter: { sms: 'UNKNOWN_OUTCOME', taken: 'unknown', reading: 'BAD_REPLY', accepted: 1 },
  hang: { sms: 'UNKNOWN_OUTCOME', taken: 'unknown', reading: 'TIMEOUT', accepted: 0 },
  hangAfter: { sms: 'UNKNOWN_OUTCOME', taken: 'unknown', reading: 'TIMEOUT', accepted: 1 },
  truncate: { sms: 'UNKNOWN_OUTCOME', taken: 'unknown', reading: 'BAD_REPLY', accepted: 1 },
  html: { sms: 'UNKNOWN_OUTCOME', taken: 'unknown', reading: 'BAD_REPLY', accepted: 0 },
  http404: { sms: 'BAD_REPLY', taken: 'no', reading: 'BAD_REPLY', accepted: 0 },
  redirect: { sms: 'BAD_REPLY', taken: 'no', reading: 'BAD_REPLY', accepted: 0 },
  error500: { sms: 'GATEWAY_ERROR', taken: 'unknown', reading: 'GATEWAY_ERROR', accepted: 0 },
  noPort550: { sms: 'NO_PORT', taken: 'no', reading: 'NO_PORT', accepted: 0 },
  badRequest400: { sms: 'BAD_REQUEST', taken: 'refused', reading: 'BAD_REQUEST', accepted: 0 },
};

describe('an SMS that meets a fault', () => {
  afterEach(closeAll);

  for (const [fault, expected] of Object.entries(FAULTS) as [
    keyof typeof FAULTS,
    (typeof FAULTS)[keyof typeof FAULTS],
  ][]) {
    it(`${fault}: is ${expected.taken === 'unknown' ? 'in doubt' : 'known not to be taken'}, never sent twice`, async () => {
      for (const login of ['none', 'digest'] as const) {
        const clock = new HandClock();
        const { client, simulator } = await simulated({ login }, { clock });
        await client.querySmsInQueue();
        const before = simulator.requests.length;
        simulator.fault({ fault });
        const calls = [
          failureOf(client.sendSms(oneSms), expected.sms),
          failureOf(client.querySmsInQueue(), expected.reading),
        ];
        if (fault.startsWith('hang')) {
          await until(() => simulator.requests.length === before + 2);
          clock.forward(15_000);
        }
        const [sms] = await Promise.all(calls);
        should(sms?.taken).equal(expected.taken);
        should(simulator.submitted).have.length(expected.accepted);
      }
    });
  }
});
