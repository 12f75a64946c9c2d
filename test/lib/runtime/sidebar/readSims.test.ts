import should from 'should';
import type { Gateway, SimUsage } from '../../../../lib/messaging';
import { readSims } from '../../../../lib/runtime/sidebar/readSims';

const USAGE: SimUsage = {
  ...{ port: 3, slot: 1, iccid: '8999', plan: 'Bulk', recipients: 4, last_ok_iso: null },
  used: [
    { count: 'sms', per: 'day', value: 3, max: 200, resets_iso: '2026-11-30T00:00:00.000Z' },
    { count: 'sms', per: 'card', value: 3, max: 900, resets_iso: null },
  ],
  resting: '2026-11-29T12:00:00.000Z',
  balance: null,
};
const gatewayWith = (known: () => Promise<SimUsage[]>): Gateway => ({ sims: { known } }) as unknown as Gateway;

describe('SIMs on the sidebar', () => {
  it('show what is used, left and when it begins anew, rest and balance; no ICCID leaves for the browser', async () => {
    should(await readSims(gatewayWith(async () => [USAGE]))).eql([
      {
        ...{ port: 3, plan: 'Bulk', resting: Date.UTC(2026, 10, 29, 12), balance: null },
        used: [
          { count: 'sms', per: 'day', value: 3, max: 200, resets: Date.UTC(2026, 10, 30) },
          { count: 'sms', per: 'card', value: 3, max: 900 },
        ],
      },
    ]);
    const { balance: _, ...rest } = USAGE;
    should((await readSims(gatewayWith(async () => [{ ...rest, resting: null }])))[0]).have.keys(
      'port',
      'plan',
      'used',
    );
  });

  it('are none without a queue, or where the store can’t be read', async () => {
    should(await readSims(undefined)).eql([]);
    should(await readSims(gatewayWith(() => Promise.reject(new Error('disk'))))).eql([]);
  });
});
